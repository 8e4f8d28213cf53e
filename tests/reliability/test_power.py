"""The power fails while passphrases are changed: whatever the disk had not been asked to keep may be gone.

What is asked of the disk is recorded, and played through up to a point. Of everything that was not synced
until then, chance decides: a file's content may be there, in part, as zeros, or not at all; a new name may be
there or not. This is harsher than most file systems, and it knows nothing of disks that lie about syncing.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from memorybook import files
from memorybook.errors import MemoryBookError
from memorybook.services.vault import Library
from memorybook.storage import replicas
from tests.reliability.changer import passphrase

pytestmark = pytest.mark.slow

SEED = 20261121
CHANGES = 40
CRASHES = 600

Event = tuple[str, ...]


@dataclass
class Recording:
    """What was asked of the disk, in order; contents by the name they were first written under."""

    events: list[Event] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)


@contextmanager
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recording]:
    """Everything is done as well as recorded."""
    made = Recording()
    write_new, sync, sync_folder, replace = files.write_new, files._sync, files.sync_folder, Path.replace

    def writing(path: Path, data: bytes, mode: int = 0o600) -> None:
        made.contents[path.name] = data
        made.events.append(("write", path.name))
        write_new(path, data, mode)

    def syncing(descriptor: int) -> None:
        sync(descriptor)
        made.events.append(("sync", Path(f"/proc/self/fd/{descriptor}").readlink().name))

    def replacing(path: Path, target: Path) -> Path:
        made.events.append(("rename", path.name, target.name))
        return replace(path, target)

    def syncing_folder(folder: Path) -> None:
        sync_folder(folder)
        made.events.append(("sync folder",))

    with monkeypatch.context() as patched:
        patched.setattr(files, "write_new", writing)
        patched.setattr(files, "_sync", syncing)
        patched.setattr(files, "sync_folder", syncing_folder)
        patched.setattr(Path, "replace", replacing)
        yield made


class Disk:
    """What is on the platter for certain, and what may be."""

    def __init__(self, names: dict[str, bytes], recording: Recording, chance: random.Random) -> None:
        self._contents = {**recording.contents, **{f"old {name}": data for name, data in names.items()}}
        self._synced = {f"old {name}" for name in names}
        self._names = {name: f"old {name}" for name in names}
        self._waiting: list[Event] = []
        self._chance = chance

    def take(self, event: Event) -> None:
        match event:
            case ("sync", name):
                self._synced.add(name)
            case ("rename", _, _):
                self._waiting.append(event)
            case ("sync folder",):
                self._rename(self._waiting)
                self._waiting = []

    def after_the_power_is_back(self) -> dict[str, bytes]:
        self._rename([event for event in self._waiting if self._chance.random() < 0.5])
        return {name: self._found(written) for name, written in self._names.items()}

    def _rename(self, events: Sequence[Event]) -> None:
        for _, written, name in events:
            self._names[name] = written

    def _found(self, written: str) -> bytes:
        data = self._contents[written]
        if written in self._synced:
            return data
        kept = self._chance.randrange(len(data))
        torn = data[:kept] + bytes(len(data) - kept)
        return self._chance.choice([data, b"", data[:kept], bytes(len(data)), torn])


def record(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[str, bytes], Recording]:
    """The key files before, and what changing the passphrase again and again asked of the disk."""
    vault = library.create(folder, passphrase(0))
    before = {name: (folder / name).read_bytes() for name in replicas.NAMES}
    with recorded(monkeypatch) as recording:
        for number in range(1, CHANGES + 1):
            (way,) = vault.ways.all().result()
            vault.ways.change_passphrase(way.id, passphrase(number)).result()
            recording.events.append(("told", str(number)))
    vault.close()
    return before, recording


def crash(
    before: dict[str, bytes], recording: Recording, chance: random.Random, folder: Path, *, synced: bool
) -> tuple[int, int | None]:
    """Lose the power at some point; the last passphrase that was told by then, and the one that opens."""
    disk = Disk(before, recording, chance)
    told = 0
    for event in recording.events[: chance.randrange(len(recording.events) + 1)]:
        if event[0] == "told":
            told = int(event[1])
        elif synced or not event[0].startswith("sync"):
            disk.take(event)
    for name, data in disk.after_the_power_is_back().items():
        (folder / name).write_bytes(data)
    return told, next((number for number in (told + 1, told) if opens(folder, passphrase(number))), None)


def opens(folder: Path, phrase: str) -> bool:
    try:
        return bool(replicas.unlock(folder, phrase))
    except MemoryBookError:
        return False


def test_a_power_cut_leaves_a_passphrase_that_was_told_or_the_next(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the control: without asking the disk to keep anything, people are locked out."""
    before, recording = record(library, tmp_path / "book", monkeypatch)
    kinds = [event[0] for event in recording.events]
    assert kinds[:9] == ["write", "sync", "rename", "sync folder"] * 2 + ["told"]
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    (tmp_path / "after").mkdir()
    left = [crash(before, recording, chance, tmp_path / "after", synced=True) for _ in range(CRASHES)]
    assert all(found is not None for _, found in left)
    careless = [crash(before, recording, chance, tmp_path / "after", synced=False) for _ in range(CRASHES)]
    lost = sum(found is None for _, found in careless)
    print(f"{CRASHES} power cuts in {len(recording.events)} steps: all open, none older than told,")
    ahead = sum(found == told + 1 for told, found in left)
    print(f"{ahead} one ahead; without syncing {lost} are locked out")
    assert lost > CRASHES // 5
