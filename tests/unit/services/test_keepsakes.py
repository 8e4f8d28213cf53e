"""Keepsakes kept in a real book and read back, with photos that are there and photos that are put away."""

import io
from concurrent.futures import Future
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.health import Thing
from memorybook.domain.ids import KeepsakeId, PhotoId
from memorybook.domain.keepsake import KINDS, Keepsake, KeepsakeDraft
from memorybook.domain.people import BabyDraft
from memorybook.errors import BookDamaged
from memorybook.services.vault import Library, Vault
from memorybook.storage import keepsakes
from memorybook.storage.connection import Connection
from tests.books import PASSPHRASE

BLANKET = KeepsakeDraft(
    kind="blanket",
    title="The yellow blanket",
    words=" Knitted in a week, \U0001f9f6\nand the last row twice.",
    day=VagueDate(2026, 5, about=True),
    kept="In the blue box",
    given_by="Grandma Jo",
    in_book=False,
)
texts = st.text(max_size=12)
drafts = st.builds(
    KeepsakeDraft,
    kind=st.one_of(st.sampled_from(KINDS), texts),
    title=texts,
    words=texts,
    day=st.one_of(st.just(UNKNOWN), st.builds(VagueDate, st.integers(1, 9999), about=st.booleans())),
    kept=texts,
    given_by=texts,
    in_book=st.booleans(),
)


def kept(future: Future[Keepsake | None]) -> Keepsake:
    keepsake = future.result()
    assert keepsake is not None
    return keepsake


def titles(vault: Vault) -> list[str]:
    return [each.draft.title for each in vault.keepsakes.all().result()]


def told(vault: Vault) -> list[ChangeSet]:
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    return published


@pytest.fixture
def photos(vault: Vault) -> tuple[PhotoId, ...]:
    """Four photos that are in the book."""
    page = vault.journal.keep(None, EntryDraft(body="x")).result()
    assert page is not None
    made = []
    for shade in (40, 90, 140, 190):
        jpeg = io.BytesIO()
        Image.new("RGB", (40, 30), (shade, 0, 0)).save(jpeg, "JPEG")
        made.append(vault.album.add(page.id, jpeg.getvalue()).result().id)
    return tuple(made)


def hide(vault: Vault, *ids: PhotoId, away: bool = True) -> None:
    """Put photos away, or bring them back, in the book's own table."""

    def work(connection: Connection) -> tuple[None, None]:
        for photo in ids:
            connection.execute(
                "UPDATE photo SET deleted_at = :at WHERE id = :id",
                {"at": "2026-11-21T14:02:00Z" if away else None, "id": photo},
            )
        return None, None

    vault.keepsakes._worker.write(work).result()


def test_a_keepsake_is_read_back_as_it_was_written(
    vault: Vault, library: Library, photos: tuple[PhotoId, ...]
) -> None:
    baby = vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
    assert baby is not None
    published = told(vault)
    draft = replace(BLANKET, babies=(baby.id,), photos=(photos[2], photos[0]))
    keepsake = kept(vault.keepsakes.keep(None, draft, origin="keepsakes"))
    assert keepsake.draft == draft
    assert published == [ChangeSet(keepsakes=frozenset({keepsake.id}), origin="keepsakes")]
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.keepsakes.all().result() == (keepsake,)
    again.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drafts)
def test_whatever_is_written_comes_back(vault: Vault, draft: KeepsakeDraft) -> None:
    keepsake = vault.keepsakes.keep(None, draft).result()
    if draft.is_empty:
        assert keepsake is None
    else:
        assert keepsake is not None
        assert keepsake.draft == keepsakes.normal(draft)
        assert vault.keepsakes.all().result()[-1] == keepsake


def test_words_alone_are_enough_and_nothing_is_none(vault: Vault) -> None:
    published = told(vault)
    assert vault.keepsakes.keep(None, KeepsakeDraft(in_book=False)).result() is None
    assert published == []
    words = kept(vault.keepsakes.keep(None, KeepsakeDraft(kept="In the blue box")))
    assert vault.keepsakes.all().result() == (words,)


def test_one_that_was_emptied_is_not_listed_and_says_again_what_is_typed(vault: Vault) -> None:
    keepsake = kept(vault.keepsakes.keep(None, BLANKET))
    kept(vault.keepsakes.keep(keepsake.id, KeepsakeDraft()))
    assert vault.keepsakes.all().result() == ()
    kept(vault.keepsakes.keep(keepsake.id, BLANKET))
    assert [each.id for each in vault.keepsakes.all().result()] == [keepsake.id]


def test_photos_are_put_with_one_behind_the_others(vault: Vault, photos: tuple[PhotoId, ...]) -> None:
    a, b, c, _ = photos
    keepsake = kept(vault.keepsakes.keep(None, replace(BLANKET, photos=(b,))))
    published = told(vault)
    assert vault.keepsakes.put_with(keepsake.id, [c, b, PhotoId(99), a]).result().draft.photos == (b, c, a)
    vault.keepsakes.put_with(keepsake.id, [a]).result()
    assert published == [ChangeSet(keepsakes=frozenset({keepsake.id}))]
    assert isinstance(vault.keepsakes.put_with(KeepsakeId(99), [a]).exception(), LookupError)


def test_it_changes_and_the_same_again_writes_nothing(vault: Vault) -> None:
    keepsake = kept(vault.keepsakes.keep(None, BLANKET))
    published = told(vault)
    changed = replace(BLANKET, kind="grandma’s own word", day=UNKNOWN)
    assert kept(vault.keepsakes.keep(keepsake.id, changed)).draft == changed
    kept(vault.keepsakes.keep(keepsake.id, changed))
    assert len(published) == 1
    assert isinstance(vault.keepsakes.keep(KeepsakeId(99), BLANKET).exception(), LookupError)


def test_a_photo_that_comes_while_words_are_typed_stays(vault: Vault, photos: tuple[PhotoId, ...]) -> None:
    keepsake = kept(vault.keepsakes.keep(None, replace(BLANKET, photos=photos[:2])))
    typed = replace(BLANKET, title="The blanket", photos=(photos[1],))
    assert kept(vault.keepsakes.keep(keepsake.id, typed)).draft.photos == (photos[1], photos[0])
    published = told(vault)
    assert vault.keepsakes.take_off(keepsake.id, photos[0]).result().draft.photos == (photos[1],)
    vault.keepsakes.take_off(keepsake.id, photos[0]).result()
    assert len(published) == 1
    assert len(vault.album.photos(photos).result()) == 4


def test_the_parent_gives_the_order(vault: Vault) -> None:
    a, b, c, d = (kept(vault.keepsakes.keep(None, KeepsakeDraft(title=name))) for name in "ABCD")
    published = told(vault)
    moved = vault.keepsakes.move(d.id, 0).result()
    assert [each.draft.title for each in moved] == ["D", "A", "B", "C"]
    vault.keepsakes.move(a.id, 99).result()
    assert titles(vault) == ["D", "B", "C", "A"]
    vault.keepsakes.move(c.id, 2).result()
    vault.keepsakes.move(d.id, -5).result()
    assert len(published) == 2
    vault.keepsakes.put_away([b.id]).result()
    assert isinstance(vault.keepsakes.move(b.id, 0).exception(), LookupError)
    vault.keepsakes.move(a.id, 1).result()
    vault.keepsakes.bring_back([b.id]).result()
    assert sorted(titles(vault)) == ["A", "B", "C", "D"]
    assert titles(vault).index("D") < titles(vault).index("A") < titles(vault).index("C")


def test_what_was_put_away_waits_and_comes_back_to_its_place(vault: Vault, library: Library) -> None:
    one, two, three = (kept(vault.keepsakes.keep(None, KeepsakeDraft(title=name))) for name in "ABC")
    published = told(vault)
    vault.keepsakes.put_away([two.id], origin="keepsakes").result()
    vault.keepsakes.put_away([two.id]).result()
    assert published == [ChangeSet(keepsakes=frozenset({two.id}), drawer=True, origin="keepsakes")]
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.keepsakes.all().result() == (one, three)
    (waiting,) = again.keepsakes.put_away_rows().result()
    assert (waiting.id, waiting.draft) == (two.id, two.draft)
    assert waiting.deleted_at is not None
    again.keepsakes.bring_back([two.id]).result()
    assert titles(again) == ["A", "B", "C"]
    assert isinstance(again.keepsakes.put_away([KeepsakeId(99)]).exception(), LookupError)
    again.close()


def test_what_is_deleted_for_ever_is_gone_and_its_photos_are_not(
    vault: Vault, photos: tuple[PhotoId, ...]
) -> None:
    baby = vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
    assert baby is not None
    whole = replace(BLANKET, photos=photos, babies=(baby.id,))
    one, two = (kept(vault.keepsakes.keep(None, whole)) for _ in "AB")
    vault.keepsakes.put_away([one.id]).result()
    published = told(vault)
    assert vault.keepsakes.delete_for_ever([one.id, two.id, KeepsakeId(99)]).result() == 1
    assert published == [ChangeSet(keepsakes=frozenset({one.id}), drawer=True)]
    assert vault.keepsakes.put_away_rows().result() == ()
    assert vault.keepsakes.all().result() == (two,)
    assert len(vault.album.photos(photos).result()) == 4


def test_a_photo_that_is_put_away_is_nowhere_and_then_where_it_was(
    vault: Vault, photos: tuple[PhotoId, ...]
) -> None:
    a, b, c, d = photos
    keepsake = kept(vault.keepsakes.keep(None, replace(BLANKET, photos=photos)))
    only = kept(vault.keepsakes.keep(None, KeepsakeDraft(photos=(b,))))
    hide(vault, a, b)
    assert [each.draft.photos for each in vault.keepsakes.all().result()] == [(c, d)]
    stale = kept(vault.keepsakes.keep(keepsake.id, replace(BLANKET, photos=(*photos, PhotoId(99)))))
    assert stale.draft.photos == (c, d)
    changed = replace(BLANKET, title="Another", photos=(d, c))
    assert kept(vault.keepsakes.keep(keepsake.id, changed)).draft == changed
    hide(vault, a, b, away=False)
    first, second = vault.keepsakes.all().result()
    assert first.draft.photos == (a, b, d, c)
    assert (second.id, second.draft.photos) == (only.id, (b,))


def test_a_changed_byte_is_noticed(vault: Vault) -> None:
    keepsake = kept(vault.keepsakes.keep(None, BLANKET))

    def damage(connection: Connection) -> tuple[None, None]:
        connection.execute("UPDATE keepsake SET kept = 'In the red box' WHERE id = :id", {"id": keepsake.id})
        return None, None

    vault.keepsakes._worker.write(damage).result()
    other = kept(vault.keepsakes.keep(None, BLANKET))
    assert vault.keepsakes.all().result() == (other,)
    assert isinstance(vault.keepsakes.keepsake(keepsake.id).exception(), BookDamaged)
    assert [(each.thing, each.id) for each in vault.health.left_out()] == [(Thing.KEEPSAKE, keepsake.id)]
    assert "Grandma" not in repr(keepsake)
