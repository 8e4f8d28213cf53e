"""Editions of the printed book kept in a real vault, read back, and what has come since."""

import dataclasses
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memorybook.domain import edition_text
from memorybook.domain.book import Chapters, CoveredPhotos, Edition, PageSize, Paper, Preset, Purpose, Style
from memorybook.domain.changes import ChangeSet
from memorybook.domain.edition_text import Choices
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import BabyId, CeremonyId, EditionId, EntryId, KeepsakeId, PhotoId, RecordingId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.material import Came, Part
from memorybook.domain.people import BabyDraft, CeremonyDraft
from memorybook.domain.photo import PhotoDraft
from memorybook.errors import BookDamaged
from memorybook.services import choosing
from memorybook.services.vault import Library, Vault
from memorybook.storage.connection import Connection
from memorybook.storage.digest import digest_of
from tests.books import PASSPHRASE
from tests.unit.services.photos import one, published, small

WHOLE = Edition(
    "For Wren",
    (EntryId(3), EntryId(1)),
    "May 2026",
    "For all who were there",
    with_dates=False,
    page_size=PageSize.SQUARE,
    language="de-AT",
    babies=(BabyId(2),),
    ceremonies=(CeremonyId(1),),
    covered=CoveredPhotos.LAST,
    photos=(PhotoId(9), PhotoId(4)),
    left_out=frozenset({PhotoId(7)}),
    decorative=frozenset({PhotoId(8), PhotoId(2)}),
    smaller=frozenset({PhotoId(9), PhotoId(2)}),
    keepsakes=(KeepsakeId(5),),
    recordings=(RecordingId(6),),
    cover=PhotoId(4),
    colophon="Made at the kitchen table “in May”\n\U0001f56f\ufe0f",
    style=Style.ALBUM,
    chapters=Chapters.PERSON,
    preset=Preset.PRESS,
    paper=Paper.PHOTO,
    large_print=True,
    booklet=True,
    with_password=True,
    sizes=frozenset({(Purpose.HOME, PageSize.LETTER), (Purpose.KEEP, PageSize.A4)}),
)
ids = st.lists(st.integers(1, 2**40), max_size=6, unique=True).map(tuple)
texts = st.text(max_size=12)
made = st.builds(
    Edition,
    texts,
    ids,
    texts,
    texts,
    babies=ids,
    ceremonies=ids,
    photos=ids,
    keepsakes=ids,
    recordings=ids,
    left_out=ids.map(frozenset),
    decorative=ids.map(frozenset),
    smaller=ids.map(frozenset),
    cover=st.none() | st.integers(1, 99),
    colophon=texts,
    sizes=st.dictionaries(st.sampled_from(Purpose), st.sampled_from(PageSize)).map(
        lambda sizes: frozenset(sizes.items())
    ),
    **{
        name: st.sampled_from(list(kind))
        for name, kind in (
            ("page_size", PageSize),
            ("covered", CoveredPhotos),
            ("style", Style),
            ("chapters", Chapters),
            ("preset", Preset),
            ("paper", Paper),
        )
    },
    **{name: st.booleans() for name in ("with_dates", "large_print", "booklet", "with_password")},
)


def test_every_choice_is_kept() -> None:
    plain = Edition("", ())
    names = [it.name for it in dataclasses.fields(Edition)]
    assert [it for it in names if getattr(WHOLE, it) == getattr(plain, it)] == []
    choices = Choices(WHOLE, frozenset({(Part.PHOTOS, 4), (Part.BABIES, 1)}))
    assert edition_text.read(edition_text.write(choices)) == choices


def test_what_was_kept_before_sizes_were_has_none() -> None:
    before = json.loads(edition_text.write(Choices(WHOLE)))
    del before["edition"]["sizes"]
    assert edition_text.read(json.dumps(before)).edition == dataclasses.replace(WHOLE, sizes=frozenset())


def test_each_purpose_has_the_size_that_was_set_for_it_last() -> None:
    kept = Edition("", (), page_size=PageSize.LETTER)
    press = kept.for_purpose(Purpose.PRESS, (PageSize.A5, PageSize.SIX_NINE), PageSize.A5)
    assert (press.preset, press.page_size) == (Preset.PRESS, PageSize.A5), "Letter is not to be had there"
    press = dataclasses.replace(press, page_size=PageSize.SIX_NINE)
    home = press.for_purpose(Purpose.BOOKLET, (PageSize.A5, PageSize.DIGEST), PageSize.DIGEST)
    assert (home.preset, home.booklet, home.page_size) == (Preset.HOME, True, PageSize.DIGEST)
    again = home.for_purpose(Purpose.KEEP, tuple(PageSize), PageSize.A5)
    assert (again.preset, again.booklet, again.page_size) == (Preset.KEEP, True, PageSize.LETTER)
    assert again.for_purpose(Purpose.PRESS, tuple(PageSize), PageSize.A5).page_size == PageSize.SIX_NINE
    flat = again.for_purpose(Purpose.HOME, (PageSize.A4, PageSize.LETTER), PageSize.A4)
    assert (flat.booklet, flat.page_size) == (False, PageSize.LETTER), "the size stays where it can"


@settings(max_examples=60)
@given(made)
def test_what_is_written_is_read_again(edition: Edition) -> None:
    text = edition_text.write(Choices(edition))
    assert edition_text.read(text) == Choices(edition)
    assert edition_text.write(edition_text.read(text)) == text


def spoiled() -> list[str]:
    good = json.loads(edition_text.write(Choices(WHOLE)))
    inner = good["edition"]
    worse = [
        {**good, "version": 2},
        {**good, "version": True},
        {**good, "more": 1},
        {"version": 1, "edition": inner},
        {**good, "known": {**good["known"], "entries": "12"}},
        *(
            {**good, "edition": {**inner, name: value}}
            for name, value in (
                ("title", 3),
                ("with_dates", 1),
                ("entries", [1, "2"]),
                ("entries", [True]),
                ("left_out", {"1": 2}),
                ("cover", "4"),
                ("style", "loud"),
                ("page_size", None),
                ("author", "x"),
                ("sizes", ["a4"]),
                ("sizes", {"loft": "a4"}),
                ("sizes", {"home": "a99"}),
            )
        ),
        {**good, "edition": {name: value for name, value in inner.items() if name != "colophon"}},
    ]
    return ["", "{", "[]", "null", "[" * 100_000, *map(json.dumps, worse)]


@pytest.mark.parametrize("text", spoiled(), ids=lambda text: text[-40:])
def test_anything_else_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"\A(not|another version of) an edition\Z|is not a valid") as caught:
        edition_text.read(text)
    assert "Wren" not in str(caught.value)


def test_an_edition_comes_back_when_the_book_is_opened_again(vault: Vault, library: Library) -> None:
    told = published(vault)
    kept = vault.editions.keep(None, " For Grandma ", WHOLE, origin="book").result()
    assert (kept.name, kept.edition, kept.deleted_at) == (" For Grandma ", WHOLE, None)
    assert told == [ChangeSet(editions=True, origin="book")]
    assert vault.editions.keep(kept.id, kept.name, WHOLE).result() == kept
    assert len(told) == 1
    assert "Wren" not in repr(kept)
    assert "Grandma" not in repr(kept)
    folder = vault.folder
    vault.close()
    again = library.open(folder, PASSPHRASE)
    try:
        assert again.editions.all().result() == (kept,)
        assert again.editions.get(kept.id).result() == kept
    finally:
        again.close()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=8), made)
def test_the_vault_gives_back_what_it_was_given(vault: Vault, name: str, edition: Edition) -> None:
    kept = vault.editions.keep(None, name, edition).result()
    assert (kept.name, kept.edition) == (name, edition)
    assert vault.editions.keep(kept.id, name, edition).result() == kept


def test_doubled_things_and_broken_letters_are_put_right(vault: Vault) -> None:
    twice = Edition("\ud83d", (EntryId(2), EntryId(1), EntryId(2)), colophon="\ud83d\udd6f")
    kept = vault.editions.keep(None, "\udd6f", twice).result()
    assert (kept.edition.title, kept.edition.colophon, kept.name) == ("\ufffd", "\U0001f56f", "\ufffd")
    assert kept.edition.entries == (2, 1)


def test_editions_can_be_put_away_brought_back_and_deleted_for_ever(vault: Vault) -> None:
    first, second = (vault.editions.keep(None, name, Edition(name, ())).result() for name in ("One", "Two"))
    told = published(vault)
    vault.editions.put_away([first.id]).result()
    vault.editions.put_away([first.id]).result()
    assert [it.name for it in vault.editions.all().result()] == ["Two"]
    (away,) = vault.editions.put_away_rows().result()
    assert (away.name, away.deleted_at is not None) == ("One", True)
    assert vault.editions.delete_for_ever([second.id]).result() == 0
    vault.editions.bring_back([first.id]).result()
    assert {it.name for it in vault.editions.all().result()} == {"One", "Two"}
    vault.editions.put_away([first.id]).result()
    assert vault.editions.delete_for_ever([first.id, first.id]).result() == 1
    assert vault.editions.put_away_rows().result() == ()
    assert told == [ChangeSet(editions=True, drawer=True)] * 4
    for ask in (
        lambda: vault.editions.get(first.id),
        lambda: vault.editions.keep(first.id, "x", WHOLE),
        lambda: vault.editions.since(first.id),
        lambda: vault.editions.put_away([EditionId(99)]),
    ):
        with pytest.raises(LookupError):
            ask().result()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE edition SET name = 'Other'",
        "UPDATE edition SET choices = replace(choices, 'For Wren', 'For Bear')",
        "UPDATE edition SET choices = '{}'",
        "UPDATE edition SET created_at = '2020-01-01T00:00:00Z'",
    ],
)
def test_an_edition_that_is_not_as_it_was_kept_is_not_shown(vault: Vault, change: str) -> None:
    kept = vault.editions.keep(None, "Name", WHOLE).result()
    vault.editions.keep(None, "Another", WHOLE).result()

    def work(connection: Connection) -> tuple[None, None]:
        connection.execute(f"{change} WHERE id = :id", {"id": kept.id})
        return None, None

    vault._worker.write(work).result()
    assert [each.name for each in vault.editions.all().result()] == ["Another"]
    assert vault.books.material().result().damaged_editions == 1
    for ask in (
        lambda: vault.editions.get(kept.id),
        lambda: vault.editions.since(kept.id),
        lambda: vault.editions.keep(kept.id, "New", WHOLE),
    ):
        with pytest.raises(BookDamaged):
            ask().result()


def test_a_text_that_was_never_written_is_damage_although_its_digest_is_right(vault: Vault) -> None:
    kept = vault.editions.keep(None, "Name", WHOLE).result()

    def work(connection: Connection) -> tuple[None, None]:
        text = '{"version":1}'
        connection.execute(
            "UPDATE edition SET choices = :text, digest = :digest",
            {"text": text, "digest": digest_of(kept.changed_at, "Name", text)},
        )
        return None, None

    vault._worker.write(work).result()
    assert vault.editions.all().result() == ()
    with pytest.raises(BookDamaged):
        vault.editions.get(kept.id).result()


def page(vault: Vault, title: str, **draft: object) -> EntryId:
    entry = vault.journal.keep(None, EntryDraft(title, **draft)).result()  # type: ignore[arg-type]
    assert entry is not None
    return entry.id


def thing(vault: Vault, title: str, **draft: object) -> KeepsakeId:
    kept = vault.keepsakes.keep(None, KeepsakeDraft(title=title, **draft)).result()  # type: ignore[arg-type]
    assert kept is not None
    return kept.id


def test_what_came_since_is_what_was_not_there_to_be_chosen(vault: Vault) -> None:
    chosen, left = page(vault, "Chosen"), page(vault, "Left out on purpose")
    mine = page(vault, "Mine", in_book=False)
    away = page(vault, "Deleted by mistake")
    vault.journal.delete(away).result()
    kept = vault.editions.keep(None, "One", Edition("Wren", (chosen,))).result()
    assert not vault.editions.since(kept.id).result()

    vault.journal.keep(left, EntryDraft("Left out on purpose, mended")).result()
    assert vault.editions.since(kept.id).result() == Came()
    vault.journal.keep(mine, EntryDraft("Mine, and theirs")).result()
    vault.journal.bring_back(away).result()
    on_new, on_chosen, with_thing, alone, hidden = (one(vault, small(n)).id for n in range(5))
    vault.album.keep(hidden, PhotoDraft(in_book=False)).result()
    new = page(vault, "New", photos=(on_new,))
    vault.journal.keep(chosen, EntryDraft("Chosen", photos=(on_chosen,))).result()
    box = thing(vault, "Box", photos=(with_thing,))
    thing(vault, "Papers", in_book=False)
    baby = vault.record.keep_baby(None, BabyDraft("Wren")).result()
    vault.record.keep_baby(None, BabyDraft(word="bean")).result()
    farewell = vault.record.keep_ceremony(None, CeremonyDraft("In the garden")).result()
    assert baby is not None
    assert farewell is not None
    came = vault.editions.since(kept.id).result()
    assert came == Came((mine, away, new), (alone,), (box,), (), (baby.id,), (farewell.id,))
    assert len(came) == 7

    whole = choosing.choose(kept.edition, vault.books.material().result(), came.keys)
    assert set(whole.entries) == {chosen, mine, away, new}
    assert (whole.photos, whole.keepsakes, whole.babies) == ((alone,), (box,), (baby.id,))
    vault.editions.keep(kept.id, "One", whole).result()
    assert not vault.editions.since(kept.id).result()
    # taken out again, it is something that was decided
    vault.editions.keep(kept.id, "One", kept.edition).result()
    assert not vault.editions.since(kept.id).result()


def test_what_was_looked_through_and_left_is_not_offered_again(vault: Vault) -> None:
    kept = vault.editions.keep(None, "One", Edition("Wren", ())).result()
    new = page(vault, "New")
    vault.editions.keep(kept.id, "Renamed", kept.edition).result()
    assert vault.editions.since(kept.id).result().keys == ((Part.ENTRIES, new),)
    told = published(vault)
    seen = vault.editions.keep(kept.id, "Renamed", kept.edition, seen=True).result()
    assert (seen.edition, len(told)) == (kept.edition, 1)
    assert not vault.editions.since(kept.id).result()
    vault.journal.delete(new).result()
    vault.editions.keep(kept.id, "Renamed", kept.edition, seen=True).result()
    vault.journal.bring_back(new).result()
    assert not vault.editions.since(kept.id).result()
