"""A disk that loses its power: plays a recording up to a point, then lets chance decide what was kept.

What was synced is there. Of every write that was not, chance keeps it, drops it, or keeps some of its sectors
of 512 bytes, whatever came before or after it: nothing is in order. Names are kept up to some point in their
order, as a journal does it; syncing a folder keeps its names and those before. Syncing a file does not keep
its name. This is harsher than the file systems in use, and it knows nothing of disks that lie about syncing.
"""

import os
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.reliability.shim import Event

_SECTOR = 512

_Write = tuple[int, bytes | None]
"""Where, and what; ``None`` cuts or lengthens the file."""


@dataclass
class _File:
    kept: bytearray = field(default_factory=bytearray)
    waiting: list[_Write] = field(default_factory=list)


_Entry = _File | None
"""A folder is ``None``."""


def _put(content: bytearray, write: _Write) -> None:
    offset, data = write
    if data is None:
        del content[offset:]
        content.extend(bytes(offset - len(content)))
        return
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class Disk:
    """What is on the platter for certain, and what waits to get there."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._numbers: dict[int, _File] = {}
        self._names: dict[str, _Entry] = {self._root: None}
        self._seen: dict[str, _Entry] = dict(self._names)
        self._waiting: list[tuple[Event, _Entry]] = []
        for path in sorted(root.rglob("*")):
            entry = None if path.is_dir() else _File(bytearray(path.read_bytes()))
            self._names[str(path)] = self._seen[str(path)] = entry
            if entry is not None:
                self._numbers[path.stat().st_ino] = entry

    def take(self, event: Event) -> None:
        """One event. Marks are nothing to a disk."""
        match event.kind:
            case "W":
                self._numbers[event.number].waiting.append((event.offset, event.data))
            case "T":
                self._numbers[event.number].waiting.append((event.offset, None))
            case "S":
                file = self._numbers[event.number]
                for write in file.waiting:
                    _put(file.kept, write)
                file.waiting.clear()
            case "D":
                self._sync_names(event.path)
            case "M":
                pass
            case _:
                self._name(event)

    def _name(self, event: Event) -> None:
        entry: _Entry = None
        if event.kind in "CN":
            entry = self._numbers[event.number] = _File()
        elif event.kind == "L":
            entry = self._numbers[event.number]
        if event.kind != "N":
            self._waiting.append((event, entry))
            _apply(self._seen, event, entry)

    def _sync_names(self, folder: str) -> None:
        last = 0
        for place, (event, _) in enumerate(self._waiting, 1):
            parents = {os.path.dirname(path) for path in (event.path, event.target) if path}  # noqa: PTH120
            if folder in parents:
                last = place
        for event, entry in self._waiting[:last]:
            _apply(self._names, event, entry)
        del self._waiting[:last]

    def after_the_power_is_back(self, chance: random.Random, to: Path) -> None:
        """Put what is found then into ``to``, a new folder. The disk itself goes on as if nothing was."""
        names = dict(self._names)
        for event, entry in self._waiting[: chance.randint(0, len(self._waiting))]:
            _apply(names, event, entry)
        shutil.rmtree(to, ignore_errors=True)
        found: dict[int, bytes] = {}
        for path, entry in sorted(names.items()):
            place = to / os.path.relpath(path, self._root)
            if entry is None:
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
                continue
            if id(entry) not in found:
                found[id(entry)] = _found(entry, chance)
            place.write_bytes(found[id(entry)])


def _apply(names: dict[str, _Entry], event: Event, entry: _Entry) -> None:
    match event.kind:
        case "C" | "F" | "L":
            names[event.path] = entry
        case "U" | "Q":
            names.pop(event.path, None)
        case "R":
            if event.path in names:
                moved = [path for path in names if path == event.path or path.startswith(f"{event.path}/")]
                for path in moved:
                    names[event.target + path[len(event.path) :]] = names.pop(path)


def _found(file: _File, chance: random.Random) -> bytes:
    """The content: what was synced, and of the rest what chance kept."""
    if not file.waiting:
        return bytes(file.kept)
    content = bytearray(file.kept)
    manner = chance.choice(["all", "none", "some", "some", "torn", "torn"])
    for offset, data in file.waiting:
        if manner == "all" or (manner != "none" and chance.random() < 0.5):
            if manner == "torn" and data is not None:
                for start in range(0, len(data), _SECTOR):
                    if chance.random() < 0.5:
                        _put(content, (offset + start, data[start : start + _SECTOR]))
            else:
                _put(content, (offset, data))
    return bytes(content)


def crashes(
    root: Disk, recorded: Sequence[Event], points: int, chance: random.Random, to: Path
) -> Iterator[tuple[int, list[str]]]:
    """Lose the power at so many points, one after another: how many events there were, and the marks so far.

    What is found then is in ``to`` until the next one is asked for.
    """
    chosen = sorted(chance.randrange(len(recorded) + 1) for _ in range(points))
    marks: list[str] = []
    done = 0
    for point in chosen:
        for event in recorded[done:point]:
            root.take(event)
            if event.kind == "M":
                marks.append(event.path)
        done = point
        root.after_the_power_is_back(chance, to)
        yield point, list(marks)
