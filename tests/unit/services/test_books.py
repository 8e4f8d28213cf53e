"""The plan of a printed book is what is in the vault, in the chosen order."""

import dataclasses
import hashlib
import io
import struct

import pytest
from PIL import Image

from memorybook.domain import jpeg
from memorybook.domain.book import BookPlan, CoveredPhotos, Edition, PageSize, PlannedBaby, PlannedDate
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.ids import BabyId, EntryId
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.people import BabyDraft, CeremonyDraft
from memorybook.domain.wording import WORD
from memorybook.errors import BookClosed
from memorybook.rendering.pdf import Typesetter
from memorybook.services import markup
from memorybook.services.preferences import ME
from memorybook.services.vault import Vault
from tests.corpus import pictures
from tests.unit.rendering.pages import CREATED, digests, images, opened, qpdf_complaints, text

COORDINATES = struct.pack(">6I", 51, 1, 30, 1, 19, 1)
"""The latitude in the EXIF of the pictures here."""


def kept(vault: Vault, **draft: object) -> EntryId:
    entry = vault.journal.keep(None, EntryDraft(**draft), hold_place=True).result()  # type: ignore[arg-type]
    assert entry is not None
    return entry.id


def planned(vault: Vault, *entries: EntryId, **edition: object) -> BookPlan:
    return vault.books.plan(Edition("Wren", entries, **edition)).result()  # type: ignore[arg-type]


def test_entries_come_as_they_are_kept_in_the_order_that_was_chosen(vault: Vault) -> None:
    ellen = vault.people.add("Ellen").result()
    day = VagueDate(2026, 10, about=True)
    first = kept(vault, title="Later", body="One.")
    second = kept(
        vault, body="# A\n\nDear **Wren**,", day=day, kind=EntryKind.LETTER, author=ellen.id, recipient="Wren"
    )
    plan = planned(vault, second, first)
    assert [entry.title for entry in plan.entries] == ["", "Later"]
    letter, entry = plan.entries
    assert (letter.day, letter.kind) == (day, EntryKind.LETTER)
    assert (letter.signature, letter.recipient) == ("Ellen", "Wren")
    assert letter.blocks == markup.parse("# A\n\nDear **Wren**,")
    assert (entry.day, entry.signature, entry.recipient, entry.pictures) == (UNKNOWN, "", "", ())


def test_letters_end_with_the_name_of_the_person_who_keeps_the_book(vault: Vault) -> None:
    letter = kept(vault, body="Dear Wren", kind=EntryKind.LETTER)
    page = kept(vault, body="Words")
    assert [entry.signature for entry in planned(vault, letter, page).entries] == ["", ""]
    vault.preferences.put(ME, " Mum ").result()
    assert [entry.signature for entry in planned(vault, letter, page).entries] == ["Mum", ""]


def test_what_the_person_chose_is_in_the_plan(vault: Vault) -> None:
    plan = planned(vault, subtitle="S", dedication="D", page_size=PageSize.LETTER, language="en-US")
    assert (plan.title, plan.subtitle, plan.dedication) == ("Wren", "S", "D")
    assert (plan.page_size, plan.language, plan.entries, plan.dates) == (PageSize.LETTER, "en-US", (), ())


def keep_baby(vault: Vault, draft: BabyDraft) -> BabyId:
    baby = vault.record.keep_baby(None, draft).result()
    assert baby is not None
    return baby.id


def test_the_babies_that_were_chosen_are_in_the_plan_in_the_parent_s_order(vault: Vault) -> None:
    drafts = [
        BabyDraft(names="Wren", born=VagueDate(2026, 5)),
        BabyDraft(due=VagueDate(2024, about=True)),
        BabyDraft(word="our bean", notes="x"),
        BabyDraft(names="Not chosen"),
        BabyDraft(word="son"),
    ]
    wren, nameless, bean, _, word_alone = (keep_baby(vault, draft) for draft in drafts)
    vault.record.move_baby(bean, 0).result()
    plan = planned(vault, babies=(word_alone, wren, nameless, bean))
    assert plan.babies == (
        PlannedBaby(drafts[2], "our bean"),
        PlannedBaby(drafts[0], "baby"),
        PlannedBaby(drafts[1], "baby"),
    )
    vault.preferences.put(WORD, "pregnancy").result()
    vault.record.remove_baby(wren).result()
    plan = planned(vault, babies=(wren, nameless, bean))
    assert [baby.word for baby in plan.babies] == ["our bean", "pregnancy"]
    assert not planned(vault).babies
    assert not planned(vault).ceremonies


def test_a_farewell_says_whose_it_was_where_there_are_several(vault: Vault) -> None:
    wren = keep_baby(vault, BabyDraft(names="Wren"))
    for draft in (
        CeremonyDraft("Later", VagueDate(2026, 6, 5), baby=wren),
        CeremonyDraft("First", VagueDate(2026, 6), baby=wren),
        CeremonyDraft("For nobody alone"),
        CeremonyDraft("Not chosen"),
    ):
        vault.record.keep_ceremony(None, draft).result()
    chosen = tuple(
        each.id for each in vault.record.ceremonies().result() if each.draft.label != "Not chosen"
    )
    plan = planned(vault, ceremonies=chosen)
    assert [each.draft.label for each in plan.ceremonies] == ["First", "Later", "For nobody alone"]
    assert [each.baby for each in plan.ceremonies] == [None, None, None]
    keep_baby(vault, BabyDraft(names="Robin"))
    plan = planned(vault, ceremonies=chosen)
    whose = PlannedBaby(BabyDraft(names="Wren"), "baby")
    assert [each.baby for each in plan.ceremonies] == [whose, whose, None]
    vault.record.remove_ceremony(chosen[0]).result()
    vault.record.remove_baby(wren).result()
    plan = planned(vault, ceremonies=chosen)
    assert [(each.draft.label, each.baby) for each in plan.ceremonies] == [
        ("Later", None),
        ("For nobody alone", None),
    ]


def test_a_page_with_nothing_on_it_is_left_out(vault: Vault) -> None:
    assert planned(vault, kept(vault), kept(vault, recipient="Wren")).entries == ()


def test_a_page_that_is_no_letter_is_to_nobody(vault: Vault) -> None:
    page = kept(vault, body="Words", recipient="Wren", kind=EntryKind.MEMORY)
    assert planned(vault, page).entries[0].recipient == ""


def test_pictures_come_in_their_order_with_their_words(vault: Vault) -> None:
    page = kept(vault, body="Words")
    first = vault.album.add(page, pictures.jpeg(pictures.motif(30, 20), orientation=6)).result()
    second = vault.album.add(page, pictures.jpeg_grey()).result()
    words = dataclasses.replace(first.draft, caption=" Your hat ", description="A hat, knitted")
    vault.album.keep(first.id, words).result()
    draft = vault.journal.entry(page).result().draft
    vault.journal.keep(page, dataclasses.replace(draft, photos=(second.id, first.id))).result()
    one, two = planned(vault, page).entries[0].pictures
    assert (one.photo, two.photo) == (second.id, first.id)
    assert (two.width, two.height, two.caption, two.description) == (30, 20, "Your hat", "A hat, knitted")
    assert two.taken == VagueDate(2026, 10, 3)
    assert one.taken == UNKNOWN


def test_the_days_we_keep_are_in_the_order_of_the_calendar(vault: Vault) -> None:
    for label, day, note in (
        ("Nobody knows", UNKNOWN, ""),
        ("Due", VagueDate(2026, 10, 3), "The third"),
        ("Every year", VagueDate(None, 1, 5), ""),
        ("", VagueDate(2026, 11, 1), ""),
        (" Spring ", VagueDate(2026), ""),
    ):
        vault.occasions.add(OccasionDraft(label, day, OccasionKind.OTHER, note=note)).result()
    assert planned(vault).dates == (
        PlannedDate(VagueDate(2026), "Spring"),
        PlannedDate(VagueDate(2026, 10, 3), "Due", "The third"),
        PlannedDate(VagueDate(None, 1, 5), "Every year"),
        PlannedDate(UNKNOWN, "Nobody knows"),
    )
    assert planned(vault, with_dates=False).dates == ()


def test_a_day_without_words_is_called_by_its_kind(vault: Vault) -> None:
    due = OccasionDraft(day=VagueDate(2026, 10, 3), kind=OccasionKind.DUE_DATE)
    for day in (due, dataclasses.replace(due, day=UNKNOWN), dataclasses.replace(due, in_book=False)):
        vault.occasions.add(day).result()
    plan = planned(vault)
    assert plan.dates == (PlannedDate(VagueDate(2026, 10, 3), "", "", OccasionKind.DUE_DATE),)
    data = Typesetter().pdf(plan, pictures=lambda _: b"", created=CREATED)
    assert "Due date" in text(b"".join(data))


def test_a_closed_book_makes_no_plan(vault: Vault) -> None:
    vault.close()
    with pytest.raises(BookClosed):
        planned(vault)


def test_from_the_vault_to_the_page(vault: Vault) -> None:
    original = pictures.jpeg(pictures.scene(300, 200), place=False)
    page = kept(vault, title="Wave of light", body="We lit the candle.")
    for data in (
        original,
        pictures.heic(pictures.scene(200, 300, 4)),
        pictures.jpeg_cmyk(),
        pictures.jpeg(orientation=8),
    ):
        vault.album.add(page, data).result()
    plan = planned(vault, page)
    data = b"".join(
        Typesetter().pdf(
            plan, pictures=lambda photo: vault.album.printable(photo, longest=4961), created=CREATED
        )
    )
    assert qpdf_complaints(data) == ""
    assert "Wave of light\nWe lit the candle." in text(data)
    with opened(data) as document:
        assert len(digests(document)) == 4
        assert hashlib.sha256(jpeg.bare(original, 1)).hexdigest() in digests(document)
    preview = Typesetter().pages(plan, thumbnails=lambda photo: vault.album.thumbnail(photo).result())
    assert preview.png(1, 72)[:4] == b"\x89PNG"


def test_no_place_is_in_the_pdf_and_no_pixel_is_changed(vault: Vault) -> None:
    page = kept(vault, body="We lit the candle.")
    given = (pictures.jpeg(pictures.scene(300, 200)), pictures.jpeg_with_iptc((90, b"Canary Wharf")))
    for data in given:
        assert b"Canary Wharf" in data
        vault.album.add(page, data).result()
    written = b"".join(
        Typesetter().pdf(
            planned(vault, page),
            pictures=lambda photo: vault.album.printable(photo, longest=10),
            created=CREATED,
        )
    )
    assert qpdf_complaints(written) == ""
    assert COORDINATES in given[0]
    for told in (COORDINATES, b"Canary Wharf", b"Exif", b"8BIM"):
        assert told not in written
    with opened(written) as document:
        printed = [image.read_raw_bytes() for image in images(document)]
    assert sorted(map(pixels, printed)) == sorted(map(pixels, given))


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).tobytes()


def test_covered_photos_stay_out_unless_they_are_asked_for(vault: Vault) -> None:
    page = kept(vault, title="The lamp")
    alone = kept(vault)
    seen = vault.album.add(page, pictures.jpeg(pictures.scene(80, 60, seed=1))).result().id
    covered = vault.album.add(page, pictures.jpeg(pictures.scene(80, 60, seed=2))).result().id
    assert vault.album.add(alone, pictures.jpeg(pictures.scene(80, 60, seed=2))).result().id == covered
    vault.album.cover([covered], covered=True).result()
    (entry,) = planned(vault, page, alone).entries
    assert [picture.photo for picture in entry.pictures] == [seen]
    entry, other = planned(vault, page, alone, covered=CoveredPhotos.IN_PLACE).entries
    assert [(it.photo, it.covered) for it in entry.pictures] == [(seen, False), (covered, True)]
    assert [it.photo for it in other.pictures] == [covered]
