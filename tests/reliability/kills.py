"""Starts the typist, waits for a moment, kills it, and looks into the book that is left."""

import enum
import itertools
import json
import os
import random
import re
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from memorybook.domain.entry import Entry
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.services import markup
from memorybook.services.vault import Library, Vault
from tests.books import PASSPHRASE

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30.0
_GLANCE_S = 0.0002
_JPEG = b"\xff\xd8\xff"
_NUMBERED = re.compile(r"word(\d+)x(\d+)")


class Moment(enum.Enum):
    """When the program is killed, counted from its first key. Which one exactly, chance decides."""

    ANY = "at any time"
    SAID = "just after the screen has said that a page is kept"
    WRITING = "while a page is being written to the disk"
    FOLDING = "while the log is being folded into the book"


@dataclass
class Told:
    """What the screens have said, over all the processes that wrote in one book."""

    pages: dict[str, str] = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)
    times: int = 0

    def take(self, line: str) -> str:
        """Note one line of the typist; the kind of thing it told."""
        ((kind, value),) = json.loads(line).items()
        self.times += kind != "writing"
        if kind == "kept":
            self.pages[mark(value)] = value
        elif kind == "picture":
            self.pictures.add(value)
        return str(kind)


def mark(text: str) -> str:
    """The first word of a page, which no other page has."""
    return text.split(maxsplit=1)[0]


class Writer:
    """One typist in a process of its own. A context manager: nothing of it is left behind."""

    def __init__(self, book: Path, told: Told, *arguments: str) -> None:
        self._told = told
        command = [sys.executable, "-m", "tests.reliability.typist", str(book), *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        assert self.process.stdout is not None
        self._pipe = self.process.stdout.fileno()
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def listen(self, seconds: float) -> list[str] | None:
        """What kinds of things are told, at the latest after this time; ``None`` at the end of it all."""
        if not select.select([self._pipe], [], [], seconds)[0]:
            return []
        data = os.read(self._pipe, 1 << 16)
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [self._told.take(line.decode()) for line in lines] if data else None

    def hear(self, kind: str, times: int = 1) -> None:
        """Wait until something was told so many times."""
        until = time.monotonic() + PATIENCE_S
        while times > 0:
            kinds = self.listen(until - time.monotonic())
            assert kinds, f"the typist has ended or says nothing (waiting for {kind!r})"
            times -= kinds.count(kind)

    def watch(self, path: Path, times: int) -> None:
        """Wait until a file has changed so many times, looking as often as can be."""
        until = time.monotonic() + PATIENCE_S
        before = _state(path)
        while times > 0:
            assert self.listen(_GLANCE_S) is not None, "the typist has ended"
            assert time.monotonic() < until, f"{path.name} does not change"
            after = _state(path)
            times -= after != before
            before = after

    def kill(self) -> None:
        """As the system does it when memory runs out: nothing can be said or done any more."""
        self.process.send_signal(signal.SIGKILL)
        while self.listen(PATIENCE_S) is not None:
            pass
        assert self.process.wait() == -signal.SIGKILL


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def one_kill(
    book: Path,
    told: Told,
    moment: Moment,
    chance: random.Random,
    *,
    number: int,
    arguments: tuple[str, ...] = (),
) -> None:
    """One typist from its start to its end."""
    seed = chance.randrange(1 << 30)
    numbers = ("--round", str(number), "--seed", str(seed))
    rests = ("--rests",) if moment is Moment.FOLDING else ()
    with Writer(book, told, *numbers, *rests, *arguments) as writer:
        writer.hear("writing")
        match moment:
            case Moment.ANY:
                until = time.monotonic() + chance.uniform(0.02, 4.0)
                while (left := until - time.monotonic()) > 0:
                    assert writer.listen(left) is not None, "the typist has ended"
            case Moment.SAID:
                writer.hear("kept", chance.randint(1, 8))
                writer.listen(chance.uniform(0, 0.004))
            case Moment.WRITING:
                writer.watch(book / "book.db-wal", chance.randint(1, 12))
            case Moment.FOLDING:
                writer.hear("kept")
                writer.watch(book / "book.db", 1)
        writer.kill()


def missing(library: Library, book: Path, told: Told, offered: set[str]) -> list[str]:
    """Open the book and compare. What is wrong with it, in words; damaged pages and pictures raise."""
    vault = library.open(book, PASSPHRASE)
    try:
        pages = _pages(vault)
        named = {mark(text): (entry, text) for entry, text in pages if text.strip()}
        wrong = [f"{name} is not there" for name in told.pages.keys() - named.keys()]
        for name, (entry, text) in named.items():
            if not text.startswith(told.pages.get(name, "")):
                wrong.append(f"{name} has lost words")
            if not _is_unbroken(text):
                wrong.append(f"{name} has a hole")
            if entry.id not in [row.id for row in vault.journal.search(name).result().rows]:
                wrong.append(f"{name} is not found by its words")
        return wrong + _wrong_pictures(vault, told, offered, [entry for entry, _ in pages])
    finally:
        vault.close()


def _pages(vault: Vault) -> list[tuple[Entry, str]]:
    """Every page, compared with its digest on the way, and its words."""
    ids = vault._worker.read(
        lambda connection: [EntryId(row["id"]) for row in connection.execute("SELECT id FROM entry")]
    ).result()
    entries = [vault.journal.entry(entry_id).result() for entry_id in ids]
    return [(entry, markup.plain(entry.draft.body)) for entry in entries]


def _is_unbroken(text: str) -> bool:
    """Whether the numbers of the words follow one another. Only the last word may be unfinished."""
    numbers = [int(number) for _, number in _NUMBERED.findall(text)][:-1]
    return all(after == before + 1 for before, after in itertools.pairwise(numbers))


def _wrong_pictures(vault: Vault, told: Told, offered: set[str], entries: list[Entry]) -> list[str]:
    """Each picture is whole (reading it raises otherwise), one of those that were added, and on a page."""
    rows = vault._worker.read(
        lambda connection: [PhotoId(row["id"]) for row in connection.execute("SELECT id FROM photo")]
    ).result()
    photos = vault.album.photos(rows).result()
    for photo in photos:
        vault.album.original_now(photo.id)
        small = (vault.album.rendition(photo.id).result(), vault.album.thumbnail(photo.id).result())
        assert all(jpeg.startswith(_JPEG) for jpeg in small)
    digests = {photo.digest for photo in photos}
    on_pages = {photo for entry in entries for photo in entry.draft.photos}
    wrong = [f"picture {digest[:8]} is not there" for digest in told.pictures - digests]
    wrong += [f"picture {digest[:8]} is none that was added" for digest in digests - offered]
    return wrong + [f"picture {photo} is on no page" for photo in set(rows) - on_pages]
