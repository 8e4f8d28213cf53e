"""What is said of a picture is kept whole, found by its words, and decides what the grid shows."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.edit import Crop, Edit
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo, PhotoDraft, PhotoFilter, PhotoKind
from memorybook.errors import BookDamaged
from memorybook.services.vault import Library, Vault
from memorybook.storage import photos
from memorybook.storage.connection import Connection
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.unit.services.photos import baby, bring, one, page_of, published, rows, small

texts = st.text(max_size=12)
drafts = st.builds(
    PhotoDraft,
    caption=texts,
    description=texts,
    taken=st.one_of(st.just(UNKNOWN), st.builds(VagueDate, st.integers(1, 9999), about=st.booleans())),
    taken_by=texts,
    who=texts,
    kind=st.sampled_from(PhotoKind),
    covered=st.booleans(),
    in_book=st.booleans(),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(draft=drafts)
def test_what_is_said_is_read_back(vault: Vault, draft: PhotoDraft) -> None:
    photo = one(vault, small(1))
    kept = vault.album.keep(photo.id, draft).result()
    assert kept.draft == photos.normal(draft)
    assert vault.album.photos([photo.id]).result() == (kept,)


def test_it_is_there_when_the_book_is_opened_again(vault: Vault, library: Library) -> None:
    photo = one(vault)
    draft = PhotoDraft(
        caption="By the lake",
        description="Two chairs",
        taken=VagueDate(2026, 5, about=True),
        taken_by="Grandma Jo",
        who="Ada and Sam",
        kind=PhotoKind.HOSPITAL,
        babies=(baby(vault, "Wren"), baby(vault, "Robin"))[::-1],
        covered=True,
        in_book=False,
    )
    kept = vault.album.keep(photo.id, draft).result()
    assert kept.draft == draft
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.album.photos([photo.id]).result() == (kept,)
    again.close()


def test_saying_the_same_again_tells_nobody(vault: Vault) -> None:
    photo = one(vault)
    told = published(vault)
    draft = replace(photo.draft, caption="By the lake", babies=(baby(vault, "Wren"),) * 2)
    del told[:]
    kept = vault.album.keep(photo.id, draft, origin="photos").result()
    assert told == [ChangeSet(photos=frozenset({photo.id}), origin="photos")]
    assert vault.album.keep(photo.id, draft).result() == kept
    assert vault.album.measure(photo.id, kept.per_mm).result() == kept
    assert vault.album.edit(photo.id, Edit()).result() == kept
    vault.album.cover([photo.id], covered=False).result()
    assert len(told) == 1


def test_its_pages_are_found_by_its_words_alone_while_it_is_shown(vault: Vault) -> None:
    page = page_of(vault)
    photo = vault.album.add(page, small(1)).result()
    vault.album.keep(photo.id, PhotoDraft(caption="By the lake", description="Two chairs")).result()
    assert [row.id for row in vault.journal.search("lake").result().rows] == [page]
    vault.album.put_away([photo.id]).result()
    assert vault.journal.search("lake").result().rows == ()
    vault.album.bring_back([photo.id]).result()
    assert [row.id for row in vault.journal.search("chair").result().rows] == [page]
    vault.album.keep(photo.id, PhotoDraft()).result()
    assert vault.journal.search("lake").result().rows == ()


def test_the_grid_begins_with_the_newest_day(vault: Vault) -> None:
    ids = bring(vault, *(small(n) for n in range(4))).added
    days = (VagueDate(2020, 5), VagueDate(2026, 5, 3), VagueDate(2026, 5), VagueDate(1999))
    for photo, day in zip(ids, days, strict=True):
        vault.album.keep(photo, PhotoDraft(taken=day)).result()
    assert rows(vault) == [ids[1], ids[2], ids[0], ids[3]]
    undated = vault.album.keep(ids[3], PhotoDraft()).result()
    assert undated.taken == UNKNOWN
    assert rows(vault)[0] == ids[3]  # it came in today
    vault.album.keep(ids[0], PhotoDraft(taken=VagueDate(2026, 5))).result()
    assert rows(vault) == [ids[3], ids[1], ids[2], ids[0]]


def test_the_grid_shows_what_is_asked_for(vault: Vault) -> None:
    wren, robin = baby(vault, "Wren"), baby(vault, "Robin")
    scan, hand, later, away = bring(vault, *(small(n) for n in range(4))).added
    for photo, draft in {
        scan: PhotoDraft(kind=PhotoKind.ULTRASOUND, babies=(wren, robin), covered=True),
        hand: PhotoDraft(kind=PhotoKind.PRINTS, babies=(robin,), in_book=False),
        later: PhotoDraft(kind=PhotoKind.NONE),
        away: PhotoDraft(kind=PhotoKind.ULTRASOUND, babies=(wren,), covered=True),
    }.items():
        vault.album.keep(photo, draft).result()
    vault.album.put_away([away]).result()

    def shown(**only: object) -> set[PhotoId]:
        return {row.id for row in vault.album.rows(PhotoFilter(**only)).result()}  # type: ignore[arg-type]

    assert shown() == {scan, hand, later}
    assert shown(kind=PhotoKind.ULTRASOUND) == {scan}
    assert shown(kind=PhotoKind.NONE) == {later}
    assert shown(baby=robin) == {scan, hand}
    assert shown(baby=wren, covered=True) == {scan}
    assert shown(covered=False) == {hand, later}
    assert shown(in_book=False) == {hand}
    assert shown(in_book=True, covered=True) == {scan}


def test_a_row_says_what_the_grid_paints(vault: Vault) -> None:
    photo = one(vault, pictures.jpeg(pictures.scene(60, 40)))
    vault.album.keep(photo.id, PhotoDraft("By the lake", "B", kind=PhotoKind.LATER)).result()
    vault.album.edit(photo.id, Edit(turn=90, crop=Crop(0, 0, 5_000, 10_000))).result()
    (row,) = vault.album.rows().result()
    assert (row.caption, row.description, row.kind) == ("By the lake", "B", PhotoKind.LATER)
    assert (row.covered, row.in_book, row.taken) == (False, True, UNKNOWN)
    assert (row.width, row.height) == (40, 30)
    assert "lake" not in repr(row)


def test_several_are_covered_at_once(vault: Vault) -> None:
    ids = bring(vault, *(small(n) for n in range(3))).added
    vault.album.keep(ids[0], PhotoDraft(caption="The first", covered=True)).result()
    told = published(vault)
    vault.album.cover(ids, covered=True, origin="photos").result()
    assert told == [ChangeSet(photos=frozenset(ids[1:]), origin="photos")]
    assert all(photo.covered for photo in vault.album.photos(ids).result())
    vault.album.cover(ids, covered=False).result()
    first, *others = vault.album.photos(ids).result()
    assert first.draft == PhotoDraft(caption="The first")
    assert not any(photo.covered for photo in others)


def test_a_measure_is_kept_and_taken_back(vault: Vault) -> None:
    photo = one(vault)
    told = published(vault)
    assert vault.album.measure(photo.id, 11.811, origin="large").result().per_mm == 11.811
    assert told == [ChangeSet(photos=frozenset({photo.id}), origin="large")]
    (kept,) = vault.album.photos([photo.id]).result()
    assert kept == replace(photo, per_mm=11.811)
    assert vault.album.measure(photo.id, None).result().per_mm is None
    for wrong in (0, -1.0, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="measure"):
            vault.album.measure(photo.id, wrong)


def test_one_that_is_not_there(vault: Vault) -> None:
    gone = PhotoId(9)
    for future in (
        vault.album.keep(gone, PhotoDraft()),
        vault.album.measure(gone, 1.0),
        vault.album.edit(gone, Edit(turn=90)),
        vault.album.cover([gone], covered=True),
        vault.album.put_away([gone]),
        vault.album.bring_back([gone]),
        vault.album.original_rendition(gone),
        vault.album.sharp(gone, longest=100),
    ):
        assert isinstance(future.exception(), LookupError)
    assert vault.album.delete_for_ever([gone]).result() == 0


@pytest.mark.parametrize("column", ["caption", "covered", "taken_by", "kind", "taken", "edit"])
def test_what_was_changed_by_damage_is_not_read_as_if_it_had_been_written(vault: Vault, column: str) -> None:
    photo = one(vault)

    def damage(connection: Connection) -> tuple[None, None]:
        connection.execute(f"UPDATE photo SET {column} = '1'")  # noqa: S608
        return None, None

    vault._worker.write(damage).result()
    assert isinstance(vault.album.photos([photo.id]).exception(), BookDamaged)


def test_what_is_said_of_it_is_not_in_its_repr(vault: Vault) -> None:
    kept: Photo = vault.album.keep(
        one(vault).id, PhotoDraft("caption1", "description1", taken_by="by1", who="who1")
    ).result()
    assert not any(word in repr(kept) for word in ("caption1", "description1", "by1", "who1"))
    assert kept.digest == hashlib.sha256(pictures.jpeg()).hexdigest()
