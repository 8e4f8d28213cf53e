"""Several people, several passphrases: each change is whole, says the truth, and leaves the others alone."""

import datetime
import random
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from memorybook.domain.changes import ChangeSet
from memorybook.domain.entry import EntryDraft
from memorybook.errors import (
    BookClosed,
    EnoughWaysIn,
    LastWayIn,
    MemoryBookError,
    RecoveryWordsMistyped,
    RecoveryWordsOther,
    StorageFull,
    WrongPassphrase,
)
from memorybook.services.kdf import KdfCost
from memorybook.services.recovery import RecoveryWords
from memorybook.services.vault import Library, Vault
from memorybook.services.ways_in import WayIn
from memorybook.storage import kdf, keyfile, replicas, ways
from memorybook.storage.kdf import stretch_at
from memorybook.storage.keyfile import KeyFile
from tests.books import FAST, PASSPHRASE
from tests.disks import small_disk

LABEL = "Großmutters Wort"


def _key_file(folder: Path) -> KeyFile:
    first, second = (folder / name for name in replicas.NAMES)
    assert first.read_bytes() == second.read_bytes()
    return keyfile.parse(first.read_bytes())


def _files(folder: Path) -> list[tuple[bytes, int]]:
    return [((folder / name).read_bytes(), (folder / name).stat().st_ino) for name in replicas.NAMES]


def _opens(library: Library, folder: Path, passphrase: str) -> bool:
    try:
        library.open(folder, passphrase).close()
    except WrongPassphrase:
        return False
    return True


def _labels(vault: Vault) -> list[str]:
    return [way.label for way in vault.ways.all().result()]


def _only(vault: Vault) -> WayIn:
    (way,) = vault.ways.all().result()
    return way


def _rewrite(vault: Vault, **more: object) -> None:
    """Give the book key files with something in them that this version does not know, and open it anew."""
    (way,) = replicas.unlock(vault.folder, PASSPHRASE)
    replicas.save(vault.folder, keyfile.seal({**way.key_file.body, **more}, way.seed), way.seed)


def test_a_new_book_has_one_way_in_without_a_label(vault: Vault) -> None:
    way = _only(vault)
    assert (way.kind, way.label) == ("passphrase", "")
    assert way.id == _key_file(vault.folder).slots[0]["kdf"]["salt"]
    assert datetime.datetime.fromisoformat(way.created).tzinfo is datetime.UTC
    assert vault.opened_by == "begun"


def test_one_more_passphrase_opens_the_book_too(library: Library, vault: Vault) -> None:
    added = vault.ways.add_passphrase(f"  {LABEL} ", "the red door").result()
    assert added.label == LABEL
    assert vault.ways.all().result()[1] == added
    vault.close()
    for passphrase in (PASSPHRASE, "the red door"):
        again = library.open(vault.folder, passphrase)
        assert again.opened_by == "passphrase"
        assert _labels(again) == ["", LABEL]
        again.close()
    assert not _opens(library, vault.folder, "the green door")


def test_a_label_is_in_no_file_that_can_be_read(library: Library, vault: Vault) -> None:
    vault.ways.add_passphrase(LABEL, "the red door").result()
    vault.close()
    for path in vault.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert all(LABEL.encode(encoding) not in data for encoding in ("utf-8", "utf-16-le", "latin-1"))


def test_another_passphrase_takes_the_place_of_one_and_nothing_else_changes(
    library: Library, vault: Vault
) -> None:
    vault.journal.keep(None, EntryDraft(title="a page")).result()
    other = vault.ways.add_passphrase("hers", "the red door").result()
    before = _key_file(vault.folder)
    (old,) = replicas.unlock(vault.folder, PASSPHRASE)
    mine = vault.ways.all().result()[0]
    vault.ways.rename(mine.id, "mine").result()
    changed = vault.ways.change_passphrase(mine.id, "the green door").result()
    assert (changed.label, changed.kind) == ("mine", "passphrase")
    assert changed.id != mine.id
    assert vault.ways.all().result() == (changed, other)
    after = _key_file(vault.folder)
    assert after.slots[1] == before.slots[1]
    assert {**after.body, "slots": 0, "generation": 0} == {**before.body, "slots": 0, "generation": 0}
    assert after.generation == before.generation + 1
    (new,) = replicas.unlock(vault.folder, "the green door")
    assert new.seed == old.seed, "it was wrapped anew, not encrypted anew"
    vault.close()
    assert not _opens(library, vault.folder, PASSPHRASE)
    assert _opens(library, vault.folder, "the red door")
    assert _opens(library, vault.folder, "the green door")


def test_a_passphrase_that_opens_the_book_already_may_be_added(library: Library, vault: Vault) -> None:
    added = vault.ways.add_passphrase("again", PASSPHRASE).result()
    assert len(vault.ways.all().result()) == 2
    vault.ways.remove(added.id).result()
    vault.close()
    assert _opens(library, vault.folder, PASSPHRASE)


def test_a_new_label_does_not_touch_the_key_files(vault: Vault) -> None:
    way = _only(vault)
    before = _files(vault.folder)
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    vault.ways.rename(way.id, " mine ").result()
    assert _only(vault) == WayIn(way.id, "passphrase", "mine", way.created)
    assert published == [ChangeSet(preferences=True)]
    vault.ways.rename(way.id, "mine").result()
    assert published == [ChangeSet(preferences=True)]
    assert _files(vault.folder) == before


def test_a_passphrase_that_was_removed_opens_nothing_and_its_label_is_gone(
    library: Library, vault: Vault
) -> None:
    added = vault.ways.add_passphrase(LABEL, "the red door").result()
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    vault.ways.remove(added.id).result()
    assert published == [ChangeSet(preferences=True)]
    assert _labels(vault) == [""]
    assert list(vault._worker.read(ways.notes).result()) == [_only(vault).id]
    vault.close()
    assert not _opens(library, vault.folder, "the red door")
    assert _opens(library, vault.folder, PASSPHRASE)


def test_there_are_never_more_passphrases_than_a_key_file_may_have(library: Library, vault: Vault) -> None:
    for number in range(keyfile.MOST_PASSPHRASES - 1):
        vault.ways.add_passphrase("", f"another one {number}").result()
    before = _files(vault.folder)
    assert isinstance(vault.ways.add_passphrase("", "one too many").exception(), EnoughWaysIn)
    assert _files(vault.folder) == before
    vault.ways.change_passphrase(_ids(vault)[-1], "in the place of one").result()
    vault.close()
    assert _opens(library, vault.folder, "in the place of one")
    assert not _opens(library, vault.folder, "one too many")


def test_the_last_passphrase_stays(library: Library, vault: Vault) -> None:
    added = vault.ways.add_passphrase("", "the red door").result()
    first = vault.ways.all().result()[0]
    vault.ways.remove(first.id).result()
    before = _files(vault.folder)
    assert isinstance(vault.ways.remove(added.id).exception(), LastWayIn)
    assert _files(vault.folder) == before
    vault.close()
    assert _opens(library, vault.folder, "the red door")


def test_slots_and_fields_of_later_versions_outlast_every_change(library: Library, vault: Vault) -> None:
    vault.close()
    slots = list(_key_file(vault.folder).slots)
    strange = [{"type": "card", "x": [1, {"y": 2}]}, {"type": "passphrase", "kdf": {"name": "later"}}]
    slots[0] = {**slots[0]}
    _rewrite(vault, later={"a": 1}, slots=[strange[0], *slots, strange[1]])
    vault = library.open(vault.folder, PASSPHRASE)
    added = vault.ways.add_passphrase("", "the red door").result()
    vault.ways.change_passphrase(_ids(vault)[0], "the green door").result()
    vault.ways.remove(added.id).result()
    body = _key_file(vault.folder).body
    assert body["later"] == {"a": 1}
    assert [slot for slot in body["slots"] if not keyfile.slot_id(slot)] == strange
    assert len(_ids(vault)) == 1
    assert isinstance(vault.ways.remove(_ids(vault)[0]).exception(), LastWayIn)
    vault.close()


def _ids(vault: Vault) -> Sequence[str]:
    return [way.id for way in vault.ways.all().result()]


def test_a_way_in_that_is_not_there_is_not_changed(vault: Vault) -> None:
    before = _files(vault.folder)
    for future in (
        vault.ways.change_passphrase("00", "the red door"),
        vault.ways.rename("00", "x"),
        vault.ways.remove("00"),
        vault.ways.remove("keyring"),
    ):
        assert isinstance(future.exception(), LookupError)
    assert _files(vault.folder) == before


def test_a_passphrase_of_nothing_is_not_taken(vault: Vault) -> None:
    with pytest.raises(ValueError, match="empty"):
        vault.ways.add_passphrase("x", "")
    with pytest.raises(ValueError, match="empty"):
        vault.ways.change_passphrase(_only(vault).id, "")


def test_changes_run_one_after_another(library: Library, vault: Vault) -> None:
    waiting = [vault.ways.add_passphrase(str(n), f"passphrase {n}") for n in range(6)]
    waiting.append(vault.ways.change_passphrase(_ids(vault)[0], "the green door"))
    for each in waiting:
        each.result()
    assert _key_file(vault.folder).generation == 8
    assert _labels(vault) == ["", *map(str, range(6))]
    vault.close()
    assert all(_opens(library, vault.folder, f"passphrase {n}") for n in range(6))
    assert _opens(library, vault.folder, "the green door")
    assert not _opens(library, vault.folder, PASSPHRASE)


def test_nothing_is_changed_after_closing(vault: Vault) -> None:
    way = _only(vault)
    before = _files(vault.folder)
    vault.close()
    futures: list[Future[object]] = [
        vault.ways.all(),
        vault.ways.add_passphrase("", "x"),
        vault.ways.change_passphrase(way.id, "x"),
        vault.ways.rename(way.id, "x"),
        vault.ways.remove(way.id),
        vault.ways.sheet(),
        vault.ways.sheet_state(),
        vault.ways.mark_sheet_shown(),
        vault.ways.confirm_sheet("x"),
    ]
    assert [type(future.exception()) for future in futures] == [BookClosed] * len(futures)
    assert _files(vault.folder) == before


class _Paused:
    """A key derivation that waits until it is told to go on."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, passphrase: str, salt: bytes) -> tuple[bytes, KdfCost]:
        self.begun.set()
        assert self.go_on.wait(30)
        return stretch_at(FAST)(passphrase, salt)


def test_closing_does_not_wait_for_a_key_and_ends_the_change(library: Library, vault: Vault) -> None:
    before = _files(vault.folder)
    paused = _Paused()
    vault.ways._keys._stretch = paused
    change = vault.ways.change_passphrase(_ids(vault)[0], "the red door")
    queued = vault.ways.add_passphrase("", "the green door")
    assert paused.begun.wait(30)
    vault.close()
    assert not change.done()
    paused.go_on.set()
    assert isinstance(change.exception(), BookClosed)
    assert isinstance(queued.exception(), BookClosed)
    for thread in threading.enumerate():
        if thread.name.startswith("memorybook-ways-in"):
            thread.join()
    assert _files(vault.folder) == before
    assert _opens(library, vault.folder, PASSPHRASE)


def test_closing_waits_for_a_change_that_is_being_written(
    library: Library, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, closing = threading.Event(), threading.Event()
    save = replicas.save

    def slow(*what: Any, **more: Any) -> None:
        begun.set()
        assert closing.wait(30)
        save(*what, **more)

    monkeypatch.setattr(replicas, "save", slow)
    change = vault.ways.change_passphrase(_ids(vault)[0], "the red door")
    assert begun.wait(30)
    shutdown = vault.ways._keys._threads.shutdown

    def shutting(**how: bool) -> None:
        assert how == {"wait": True}
        closing.set()
        shutdown(**how)

    monkeypatch.setattr(vault.ways._keys._threads, "shutdown", shutting)
    vault.close()
    assert change.result().kind == "passphrase"
    assert _opens(library, vault.folder, "the red door")
    assert not _opens(library, vault.folder, PASSPHRASE)


def test_a_key_that_comes_out_differently_is_not_used(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _files(vault.folder)
    with monkeypatch.context() as patched:
        patched.setattr(kdf, "derive", lambda *_: bytes(32))  # as a computer with faulty memory would
        error = vault.ways.change_passphrase(_ids(vault)[0], "the red door").exception()
    assert type(error) is MemoryBookError
    assert _files(vault.folder) == before


def test_too_little_memory_is_told(vault: Vault) -> None:
    def none(_passphrase: str, _salt: bytes) -> tuple[bytes, KdfCost]:
        raise MemoryError

    vault.ways._keys._stretch = none
    assert type(vault.ways.add_passphrase("", "x").exception()) is MemoryBookError


def test_a_full_disk_leaves_every_way_in_as_it_was(library: Library, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        before = _files(vault.folder)
        disk.fill()
        error = vault.ways.change_passphrase(_ids(vault)[0], "the red door").exception()
        assert isinstance(error, StorageFull)
        assert _files(vault.folder) == before
        disk.free()
        vault.ways.change_passphrase(_ids(vault)[0], "the red door").result()
        vault.close()
        assert _opens(library, vault.folder, "the red door")


def test_a_change_after_one_that_stopped_halfway_is_above_it(library: Library, vault: Vault) -> None:
    vault.close()
    old = (vault.folder / replicas.NAMES[1]).read_bytes()
    vault = library.open(vault.folder, PASSPHRASE)
    vault.ways.change_passphrase(_ids(vault)[0], "the red door").result()
    vault.close()
    (vault.folder / replicas.NAMES[1]).write_bytes(old)
    vault = library.open(vault.folder, PASSPHRASE)
    vault.ways.change_passphrase(_ids(vault)[0], "the green door").result()
    vault.close()
    assert _key_file(vault.folder).generation == 3
    assert _opens(library, vault.folder, "the green door")
    assert not _opens(library, vault.folder, "the red door")


def test_an_open_book_knows_its_passphrases_without_its_files(library: Library, vault: Vault) -> None:
    vault.ways.add_passphrase("", "the red door").result()
    for name in replicas.NAMES:
        (vault.folder / name).unlink()
    assert vault.admits(PASSPHRASE)
    assert vault.admits("the red door")
    assert not vault.admits("the green door")
    vault.close()
    assert vault.admits(PASSPHRASE)


def test_the_sheet_holds_what_opens_the_book(library: Library, vault: Vault) -> None:
    sheet = vault.ways.sheet().result()
    (way,) = replicas.unlock(vault.folder, PASSPHRASE)
    words = RecoveryWords()
    assert words.read(" ".join(sheet.words)) == words.read(sheet.code) == way.seed.value
    assert not any(word in repr(sheet) for word in sheet.words)


def test_a_sheet_that_was_shown_and_typed_back_is_remembered(library: Library, vault: Vault) -> None:
    state = vault.ways.sheet_state().result()
    assert (state.shown, state.confirmed) == (None, None)
    vault.ways.mark_sheet_shown().result()
    today = datetime.datetime.now().astimezone().date().isoformat()
    state = vault.ways.sheet_state().result()
    assert (state.shown, state.confirmed) == (today, None)
    sheet = vault.ways.sheet().result()
    vault.ways.confirm_sheet("\n".join(sheet.words).upper()).result()
    vault.ways.confirm_sheet(sheet.code.lower()).result()
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.ways.sheet_state().result().confirmed == today
    again.close()


@pytest.mark.parametrize("position", range(12))
def test_the_one_word_that_is_not_on_the_sheet_is_pointed_at(vault: Vault, position: int) -> None:
    sheet = vault.ways.sheet().result()
    kinds: set[type[MemoryBookError]] = set()
    for tried, other in enumerate(random.Random(position).sample(RecoveryWords().words, 2048)):  # noqa: S311
        if tried >= 60 and len(kinds) == 2:  # about one word in sixteen makes another valid sheet
            break
        typed = list(sheet.words)
        if typed[position] == other:
            continue
        typed[position] = other
        error = vault.ways.confirm_sheet(" ".join(typed)).exception()
        assert isinstance(error, RecoveryWordsMistyped | RecoveryWordsOther)
        assert error.position == position
        kinds.add(type(error))
    assert kinds == {RecoveryWordsMistyped, RecoveryWordsOther}
    assert vault.ways.sheet_state().result().confirmed is None


def test_another_sheet_is_not_pointed_at(library: Library, vault: Vault) -> None:
    other = RecoveryWords().sheet(bytes(range(16)))
    for text in (" ".join(other.words), other.code):
        error = vault.ways.confirm_sheet(text).exception()
        assert isinstance(error, RecoveryWordsOther)
        assert error.position is None
    for text in ("", "hello", " ".join(other.words[:11]), other.code[:-1]):
        assert isinstance(vault.ways.confirm_sheet(text).exception(), RecoveryWordsMistyped)
