"""What was chosen for a printed book is in its plan, and what must not be is not, whatever was chosen."""

import pytest

from memorybook.domain.book import (
    BookPlan,
    Chapters,
    CoveredPhotos,
    Edition,
    PageSize,
    Paper,
    PlannedKeepsake,
    PlannedRecording,
    Preset,
    Style,
)
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.ids import BabyId, CeremonyId, EntryId, KeepsakeId, PhotoId, RecordingId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.people import BabyDraft, CeremonyDraft
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.domain.recording import RecordingDraft, RecordingKind
from memorybook.services.preferences import ME
from memorybook.services.vault import Vault
from tests import recordings
from tests.unit.services.photos import one, small


def planned(vault: Vault, **edition: object) -> BookPlan:
    entries = edition.pop("entries", ())
    return vault.books.plan(Edition("Wren", entries, **edition)).result()  # type: ignore[arg-type]


def page(vault: Vault, title: str = "", body: str = "", **draft: object) -> EntryId:
    entry = vault.journal.keep(
        None, EntryDraft(title, body, **draft), hold_place=True  # type: ignore[arg-type]
    ).result()
    assert entry is not None
    return entry.id


def photo(vault: Vault, seed: int, draft: PhotoDraft | None = None) -> PhotoId:
    found: Photo = one(vault, small(seed))
    if draft is not None:
        vault.album.keep(found.id, draft).result()
    return found.id


def keepsake(vault: Vault, **draft: object) -> KeepsakeId:
    kept = vault.keepsakes.keep(None, KeepsakeDraft(**draft)).result()  # type: ignore[arg-type]
    assert kept is not None
    return kept.id


def recording(vault: Vault, draft: RecordingDraft, seed: int = 0) -> RecordingId:
    sound = recordings.wav(recordings.tone(0.2, 8000, hertz=100.0 + seed))
    account = vault.recordings.bring([sound]).done.result()
    (found,) = account.ids
    vault.recordings.keep(found, draft).result()
    return found


def test_keepsakes_are_in_their_order_with_their_pictures_and_their_true_size(vault: Vault) -> None:
    feet = photo(vault, 1, PhotoDraft("Your feet ", "Two prints", VagueDate(2026, 5), taken_by=" Ellen "))
    vault.album.measure(feet, 18.0).result()
    prints = keepsake(
        vault,
        kind="prints",
        title=" Feet ",
        words="Ink\n",
        day=VagueDate(2026, 5),
        kept="Box",
        given_by="Ellen",
        photos=(feet,),
    )
    test = keepsake(vault, words="In a sock")
    only_picture = keepsake(vault, photos=(photo(vault, 2, PhotoDraft(in_book=False)),))
    plan = planned(vault, keepsakes=(test, only_picture, prints))
    assert [each.words for each in plan.keepsakes] == ["In a sock", "Ink"]
    (picture,) = plan.keepsakes[1].pictures
    assert plan.keepsakes[1] == PlannedKeepsake(
        "Feet", "prints", VagueDate(2026, 5), "Ink", "Box", "Ellen", (picture,)
    )
    assert (picture.photo, picture.per_mm, picture.credit) == (feet, 18.0, "Ellen")
    assert (picture.caption, picture.description, picture.decorative) == ("Your feet", "Two prints", False)
    (marked,) = planned(vault, keepsakes=(prints,), decorative=frozenset({feet})).keepsakes[0].pictures
    assert marked.decorative


def test_recordings_are_named_on_their_page_and_where_they_were_chosen(vault: Vault) -> None:
    day = VagueDate(2026, 3, 27)
    heart = recording(
        vault, RecordingDraft(" Your heart", RecordingKind.HEARTBEAT, day, "Sam", "Third floor", "n ")
    )
    hidden = recording(vault, RecordingDraft("Not printed", in_book=False), 1)
    with_words = page(vault, "The scan", recordings=(hidden, heart))
    alone = page(vault, recordings=(heart,))
    nothing = page(vault, recordings=(hidden,))
    plan = planned(vault, entries=(with_words, alone, nothing), recordings=(hidden, heart, RecordingId(99)))
    length = plan.recordings[0].length
    assert length
    said = PlannedRecording("Your heart", "heartbeat", day, "Sam", "Third floor", "n", length)
    assert plan.recordings == (said,)
    assert [entry.recordings for entry in plan.entries] == [(said,), (said,)]
    vault.recordings.put_away([heart]).result()
    plan = planned(vault, entries=(with_words, alone), recordings=(heart,))
    assert (plan.recordings, [entry.title for entry in plan.entries]) == ((), ["The scan"])
    assert plan.entries[0].recordings == ()


def test_photos_stand_by_themselves_when_nothing_else_brings_them(vault: Vault) -> None:
    on_page, with_thing, alone, other = (photo(vault, n) for n in range(4))
    entry = page(vault, "A page", photos=(on_page, other))
    thing = keepsake(vault, title="Thing", photos=(with_thing,))
    every = (other, alone, with_thing, on_page, alone)
    plan = planned(vault, entries=(entry,), keepsakes=(thing,), photos=every)
    assert [it.photo for it in plan.photos] == [alone]
    plan = planned(vault, photos=every)
    assert [it.photo for it in plan.photos] == [other, alone, with_thing, on_page]
    # left out of its page, and chosen by itself
    plan = planned(vault, entries=(entry,), photos=(other,), left_out=frozenset({other, with_thing}))
    assert [it.photo for it in plan.entries[0].pictures] == [on_page]
    assert [it.photo for it in plan.photos] == [other]
    plan = planned(vault, keepsakes=(thing,), left_out=frozenset({with_thing}))
    assert plan.keepsakes[0].pictures == ()


@pytest.mark.parametrize("where", CoveredPhotos)
def test_covered_photos_are_left_out_put_last_or_left_in_place(vault: Vault, where: CoveredPhotos) -> None:
    seen = photo(vault, 0)
    first, second, third = (photo(vault, n, PhotoDraft(f"{n}", covered=True)) for n in (1, 2, 3))
    entry = page(vault, "A page", photos=(first, seen))
    thing = keepsake(vault, title="Thing", photos=(second, first))
    plan = planned(
        vault, entries=(entry,), keepsakes=(thing,), photos=(third, first), cover=third, covered=where
    )

    def ids(pictures: object) -> list[PhotoId]:
        return [it.photo for it in pictures]  # type: ignore[attr-defined]

    in_place = where is CoveredPhotos.IN_PLACE
    assert ids(plan.entries[0].pictures) == ([first, seen] if in_place else [seen])
    assert ids(plan.keepsakes[0].pictures) == ([second, first] if in_place else [])
    assert ids(plan.photos) == ([third] if in_place else [])
    assert ids(plan.covered) == ([first, second, third] if where is CoveredPhotos.LAST else [])
    assert (plan.cover is not None) is in_place
    alone = vault.books.one_page(entry, Edition("", (), covered=where)).result()
    assert ids(alone.entries[0].pictures + alone.covered) == {
        CoveredPhotos.LEAVE_OUT: [seen],
        CoveredPhotos.LAST: [seen, first],
        CoveredPhotos.IN_PLACE: [first, seen],
    }[where]


def test_nothing_that_is_not_in_the_book_is_printed_whatever_the_edition_says(vault: Vault) -> None:
    secret = "nobody else reads this"
    hidden = photo(vault, 1, PhotoDraft(secret, in_book=False))
    page(vault, secret, secret, in_book=False, photos=(photo(vault, 2, PhotoDraft("on a page of mine")),))
    unheard = recording(vault, RecordingDraft(secret, in_book=False))
    page(vault, "Seen", photos=(hidden,), recordings=(unheard,))
    keepsake(vault, title=secret, in_book=False)
    vault.record.keep_baby(None, BabyDraft(secret, in_book=False)).result()
    vault.record.keep_ceremony(None, CeremonyDraft(secret, in_book=False)).result()
    vault.occasions.add(OccasionDraft(secret, VagueDate(2026), in_book=False)).result()
    numbers = range(1, 20)
    plan = planned(
        vault,
        entries=tuple(map(EntryId, numbers)),
        photos=(hidden,),
        keepsakes=tuple(map(KeepsakeId, numbers)),
        recordings=tuple(map(RecordingId, numbers)),
        babies=tuple(map(BabyId, numbers)),
        ceremonies=tuple(map(CeremonyId, numbers)),
        cover=hidden,
        covered=CoveredPhotos.IN_PLACE,
    )
    assert [entry.title for entry in plan.entries] == ["Seen"]
    assert plan == BookPlan("Wren", "", "", "en", PageSize.A5, plan.entries, ())
    assert plan.entries[0].pictures == ()


def test_a_farewell_does_not_name_a_baby_that_is_for_the_parent_alone(vault: Vault) -> None:
    secret, other = (
        vault.record.keep_baby(None, BabyDraft(name, in_book=name != "Wren")).result()
        for name in ("Wren", "Robin")
    )
    assert secret is not None
    assert other is not None
    kept = [
        vault.record.keep_ceremony(None, CeremonyDraft(label, baby=baby.id)).result()
        for label, baby in (("In the garden", secret), ("At home", other))
    ]
    plan = planned(vault, ceremonies=tuple(each.id for each in kept if each is not None))
    named = {each.draft.label: each.baby for each in plan.ceremonies}
    assert named["In the garden"] is None
    assert named["At home"] is not None


def test_what_is_gone_since_it_was_chosen_is_passed_over(vault: Vault) -> None:
    kept, gone = page(vault, "Kept"), page(vault, "Gone")
    away, thing = photo(vault, 1), keepsake(vault, title="Gone")
    vault.journal.delete(gone).result()
    vault.album.put_away([away]).result()
    vault.keepsakes.put_away([thing]).result()
    chosen: dict[str, object] = {
        "entries": (gone, kept, EntryId(99), kept),
        "photos": (away, PhotoId(99)),
        "keepsakes": (thing, KeepsakeId(99)),
        "cover": PhotoId(99),
    }
    plan = planned(vault, **chosen)
    assert [entry.title for entry in plan.entries] == ["Kept"]
    assert (plan.photos, plan.keepsakes, plan.cover) == ((), (), None)
    vault.journal.bring_back(gone).result()
    vault.album.bring_back([away]).result()
    vault.keepsakes.bring_back([thing]).result()
    plan = planned(vault, **chosen)
    assert [entry.title for entry in plan.entries] == ["Gone", "Kept"]
    assert (len(plan.photos), len(plan.keepsakes)) == (1, 1)


def test_everything_that_is_chosen_for_the_whole_book_is_in_the_plan(vault: Vault) -> None:
    front = photo(vault, 1)
    plan = planned(
        vault,
        subtitle=" S ",
        dedication="D",
        colophon=" Made in May ",
        cover=front,
        style=Style.CLASSIC,
        chapters=Chapters.PERSON,
        preset=Preset.PRESS,
        paper=Paper.PHOTO,
        large_print=True,
        booklet=True,
        page_size=PageSize.SQUARE,
        language="de",
    )
    assert (plan.title, plan.subtitle, plan.dedication, plan.colophon) == ("Wren", "S", "D", "Made in May")
    assert (plan.style, plan.chapters, plan.preset, plan.paper) == (
        Style.CLASSIC, Chapters.PERSON, Preset.PRESS, Paper.PHOTO
    )
    assert (plan.large_print, plan.booklet) == (True, True)
    assert (plan.page_size, plan.language) == (PageSize.SQUARE, "de")
    assert plan.cover is not None
    assert plan.cover.photo == front


def test_every_page_knows_who_wrote_it_and_in_which_language(vault: Vault) -> None:
    vault.preferences.put(ME, " Mum ").result()
    sam = vault.people.add("Sam").result()
    mine = page(vault, body="We lit the candle at seven, and I read your name out loud to all of them.")
    his = page(
        vault,
        "Brief",
        "Wir haben die Kerze angezündet und deinen Namen gesagt, als wir am Fenster waren.",
        kind=EntryKind.LETTER,
        author=sam.id,
    )
    plan = planned(vault, entries=(mine, his))
    assert [(it.author, it.signature, it.language) for it in plan.entries] == [
        ("Mum", "", ""), ("Sam", "Sam", "de")
    ]
    plan = planned(vault, entries=(mine, his), language="de-AT")
    assert [it.language for it in plan.entries] == ["en", ""]


def test_a_page_that_was_changed_is_read_anew(vault: Vault) -> None:
    edited, other = page(vault, "One", "The *first* words."), page(vault, "Two", "The same.")
    before = planned(vault, entries=(edited, other))
    assert planned(vault, entries=(edited, other)) == before
    french = "Nous avons dit ton nom, et ce n’était pas dans un couloir."
    vault.journal.keep(edited, EntryDraft("One", french)).result()
    after = planned(vault, entries=(other, edited))
    assert after.entries[0] == before.entries[1]
    assert after.entries[1].blocks[0].text.startswith("Nous")
    assert after.entries[1].language == "fr"


def test_one_page_alone_has_nothing_else_and_may_be_for_the_parent_alone(vault: Vault) -> None:
    vault.occasions.add(OccasionDraft("A day", VagueDate(2026))).result()
    hidden = photo(vault, 1, PhotoDraft(in_book=False))
    letter = page(
        vault, "Mine", "Dear Wren", kind=EntryKind.LETTER, recipient="Wren", in_book=False, photos=(hidden,)
    )
    edition = Edition("For Wren", (), dedication="D", page_size=PageSize.A4, style=Style.CLASSIC)
    plan = vault.books.one_page(letter, edition).result()
    assert [(it.title, it.recipient, it.pictures) for it in plan.entries] == [("Mine", "Wren", ())]
    assert plan == BookPlan(
        "", "", "", "en", PageSize.A4, plan.entries, (), style=Style.CLASSIC, alone=True
    )
    assert vault.books.one_page(page(vault), edition).result().entries == ()
    vault.journal.delete(letter).result()
    with pytest.raises(LookupError):
        vault.books.one_page(letter, edition).result()
