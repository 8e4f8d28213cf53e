"""Copies of a large book: how long they take, how much memory, and how soon one that is stopped has stopped.

    python -m tests.benchmarks.large_book [--photos 2000] [--videos 3] [--gib 5] [--pages 0] [--folder DIR]
    python -m tests.benchmarks.large_book --book DIR [--runs 5]

Every step runs in a process of its own, so that its greatest memory is known. The book is made of small
pictures in large files: it is the files that are copied. ``--pages`` writes so many pages besides those with
pictures. Needs about three times the room of the book; all of it is removed at the end. Not a part of the
benchmark table: it takes a quarter of an hour.

With ``--book`` the book is made in DIR once, and kept there: a second run begins with the next copies.
``--runs`` is how many of these are made, each after one new page; the middle one is told.
"""

import argparse
import json
import os
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from memorybook.domain.backup import AutomaticCopy, Step
from memorybook.domain.entry import EntryDraft
from memorybook.errors import MemoryBookError
from memorybook.services.restoring import ByPassphrase
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests import recordings
from tests.benchmarks import books, machine
from tests.benchmarks.books import PASSPHRASE, QUICK, picture

ROOT = Path(__file__).parents[2]
_SEGMENT = 65_533
_AT_ONCE = 12
_VIDEO_SHARE = 0.25


class Progress:
    """Counts what is told, and sees that it goes forward."""

    def __init__(self) -> None:
        self.steps = 0
        self.longest = 0.0
        self._last = time.monotonic()
        self._seen: dict[str, int] = {}
        self.back = 0

    def __call__(self, step: Step) -> None:
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last)
        self._last = now
        self.back += step.done < self._seen.get(step.stage, 0)
        self._seen[step.stage] = step.done
        self.steps += 1


def photograph(number: int, size: int) -> bytes:
    """A JPEG like no other, with so many bytes: those of a camera's own notes, which nobody looks into."""
    data = picture(number)
    filled = bytearray(data[:2])
    while len(filled) + len(data) < size:
        filled += b"\xff\xfe" + struct.pack(">H", _SEGMENT + 2) + os.urandom(_SEGMENT)
    return bytes(filled + data[2:])


def film(path: Path, size: int) -> None:
    """A short video in a file of this size: behind it stands room that no player looks into."""
    with path.open("wb") as file:
        file.write(recordings.video())
        left = size - file.tell()
        file.write(struct.pack(">I4sQ", 1, b"free", left))
        while left > 16:
            block = os.urandom(min(1 << 20, left - 16))
            file.write(block)
            left -= len(block)


def build(folder: Path, library: Library, photos: int, videos: int, size: int, pages: int) -> None:
    """The book, with a page for every eight photos, and so many more."""
    vault = library.create(folder / "Memory Book", PASSPHRASE)
    each = int(size * (1 - _VIDEO_SHARE) / photos)
    waiting = []
    page = None
    for number in range(photos):
        if number % 8 == 0:
            page = vault.journal.keep(None, EntryDraft(body=f"Page {number}. " * 60)).result()
        assert page is not None
        waiting.append(vault.album.add(page.id, photograph(number, each)))
        if len(waiting) >= _AT_ONCE:
            waiting.pop(0).result()
    for future in waiting:
        future.result()
    source = folder / "film.mp4"
    if pages:
        books._write(vault, pages, books.SEED)
    for _ in range(videos):
        film(source, int(size * _VIDEO_SHARE / videos))
        account = vault.recordings.bring([source], told=lambda _: None).done.result()
        assert account.ids, "a video was not taken in"
    source.unlink()
    vault.close()


def first(vault: Vault, folder: Path, progress: Progress) -> dict[str, float]:
    (folder / "copies").mkdir(exist_ok=True)
    place = vault.backups.add_place(folder / "copies").result()
    return timed(lambda: vault.backups.copy(place.id, progress, threading.Event()).result())


def following(vault: Vault, folder: Path, progress: Progress) -> dict[str, float]:
    place = vault.backups.add_place(folder / "copies").result()
    vault.journal.keep(None, EntryDraft(body="One new page.")).result()
    return timed(lambda: vault.backups.copy(place.id, progress, threading.Event()).result())


def by_itself(vault: Vault, folder: Path, progress: Progress) -> dict[str, float]:
    """As it is made at rest and at closing: whether one is due is asked first."""
    backups = vault.backups
    for each in backups.places().result():
        is_ours = each.folder == folder / "copies"
        backups.set_automatic(each.id, is_ours).result()
    vault.journal.keep(None, EntryDraft(body="One more new page.")).result()
    found: list[AutomaticCopy] = []
    took = timed(lambda: found.extend(backups.automatic(threading.Event(), progress).result()))
    assert [each.problem for each in found] == [None]
    return took


def asked(vault: Vault, folder: Path, progress: Progress) -> dict[str, float]:
    """Whether a copy is due, right after the book was opened and after one new page."""
    took = timed(lambda: vault.backups.due().result())
    vault.journal.keep(None, EntryDraft(body="And one.")).result()
    again = timed(lambda: vault.backups.due().result())
    return max(took, again, key=lambda each: each["seconds"])


def saved(vault: Vault, folder: Path, progress: Progress) -> dict[str, float]:
    """One page, while a copy is being made."""
    place = vault.backups.add_place(folder / "copies").result()
    begun = threading.Event()

    def told(step: Step) -> None:
        progress(step)
        begun.set()

    copying = vault.backups.copy(place.id, told, threading.Event())
    begun.wait(60)
    took = timed(lambda: vault.journal.keep(None, EntryDraft(body="Typed meanwhile.")).result())
    copying.result()
    return took


def stopped(vault: Vault, folder: Path, progress: Progress) -> dict[str, float]:
    """Next copies, each stopped somewhere else on its way: the longest that one went on."""
    place = vault.backups.add_place(folder / "copies").result()
    longest = 0.0
    for part in range(1, 20):
        vault.journal.keep(None, EntryDraft(body=f"Stopped {part}.")).result()
        ends = threading.Event()
        copying = vault.backups.copy(place.id, Progress(), ends)
        with suppress(TimeoutError):
            copying.exception(0.05 * part)
        began = time.monotonic()
        ends.set()
        copying.exception()
        longest = max(longest, time.monotonic() - began)
    return {"seconds": longest}


def verify(vault: Vault, folder: Path, progress: Progress) -> dict[str, float]:
    place = vault.backups.add_place(folder / "copies").result()
    found = []
    took = timed(
        lambda: found.append(vault.backups.verify(place.id, progress, threading.Event()).result())
    )
    assert found[0].is_whole
    return took


def health(vault: Vault, folder: Path, progress: Progress) -> dict[str, float]:
    found = []
    took = timed(
        lambda: found.append(vault.health.check(progress, threading.Event(), deep=True).result())
    )
    assert found[0].is_whole
    return took


def stop(vault: Vault, folder: Path, progress: Progress) -> dict[str, float]:
    """A first copy to another place, stopped in the middle."""
    (folder / "others").mkdir(exist_ok=True)
    place = vault.backups.add_place(folder / "others").result()
    ends = threading.Event()
    far = threading.Event()

    def told(step: Step) -> None:
        progress(step)
        if step.stage == "files" and step.done > step.total // 10:
            far.set()

    copying = vault.backups.copy(place.id, told, ends)
    far.wait(60)
    began = time.monotonic()
    ends.set()
    refused = copying.exception()
    took = time.monotonic() - began
    assert isinstance(refused, MemoryBookError), "it was finished before it could be stopped"
    left = [path for path in (folder / "others").glob("*/snapshots/*") if not path.name.startswith(".")]
    assert not left
    return {"seconds": took}


def restore(library: Library, folder: Path, progress: Progress) -> dict[str, float]:
    copy = library.restoring.find(folder / "copies")[0]
    found = []
    took = timed(
        lambda: found.append(
            library.restoring.take(
                copy, folder / "Brought back", ByPassphrase(PASSPHRASE), progress, threading.Event()
            )
        )
    )
    assert found[0].is_whole
    library.restoring.put_in_place(found[0])
    library.open(folder / "Brought back", PASSPHRASE).close()
    return took


def timed(work: Callable[[], object]) -> dict[str, float]:
    began, busy = time.monotonic(), time.process_time()
    work()
    return {"seconds": time.monotonic() - began, "busy": time.process_time() - busy}


NEXT = "next copy after one new page"

STEPS: dict[str, Callable[[Vault, Path, Progress], dict[str, float]]] = {
    "first copy": first,
    NEXT: following,
    "the same, by itself": by_itself,
    "whether one is due": asked,
    "a save while one is made": saved,
    "next copies, stopped": stopped,
    "first copy, stopped": stop,
    "verify": verify,
    "look through, every file": health,
}


def one(step: str, folder: Path, given: argparse.Namespace) -> dict[str, float]:
    """Run a step here."""
    progress = Progress()
    with Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=QUICK)
        if step == "build":
            size = int(given.gib * (1 << 30))
            figures = timed(lambda: build(folder, library, given.photos, given.videos, size, given.pages))
        elif step == "restore":
            figures = restore(library, folder, progress)
        else:
            opening = time.monotonic()
            vault = library.open(folder / "Memory Book", PASSPHRASE)
            opening = time.monotonic() - opening
            try:
                figures = {**STEPS[step](vault, folder, progress), "open": opening}
            finally:
                vault.close()
    figures["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**figures, "told": progress.steps, "longest silence": progress.longest, "back": progress.back}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=2_000)
    parser.add_argument("--videos", type=int, default=3)
    parser.add_argument("--gib", type=float, default=5.0)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--book", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(one(given.step, given.folder, given)))
        return 0
    print(machine.description(), flush=True)
    if given.book:
        given.book.mkdir(parents=True, exist_ok=True)
        measure(given, given.book, (*STEPS, "restore"))
        shutil.rmtree(given.book / "Brought back", ignore_errors=True)
        shutil.rmtree(given.book / "others", ignore_errors=True)
        return 0
    with tempfile.TemporaryDirectory(prefix="memorybook-large-", dir=given.folder) as name:
        measure(given, Path(name), (*STEPS, "restore"))
    return 0


def measure(given: argparse.Namespace, folder: Path, steps: Sequence[str]) -> None:
    """Build the book in ``folder`` unless it is there, and print what each step takes."""
    if not (folder / "Memory Book" / "book.db").exists():
        tell(given, folder, "build")
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        database = (folder / "Memory Book" / "book.db").stat().st_size
        print(f"{'':32}{size / (1 << 30):8.2f} GiB, {database / (1 << 20):.0f} MiB in book.db", flush=True)
    for step in steps:
        if step == "first copy" and (folder / "copies").is_dir():
            continue
        tell(given, folder, step, given.runs if step in (NEXT, "the same, by itself") else 1)


def tell(given: argparse.Namespace, folder: Path, step: str, runs: int = 1) -> None:
    """Print the middle one of so many runs, in seconds."""
    arguments = [f"--{name}={getattr(given, name)}" for name in ("photos", "videos", "gib", "pages")]
    command = [sys.executable, "-m", "tests.benchmarks.large_book", *arguments, "--step", step]
    found = []
    for _ in range(runs):
        done = subprocess.run(
            [*command, "--folder", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            print(f"{step}: failed", flush=True)
            return
        found.append(json.loads(done.stdout))
    found.sort(key=lambda each: each["seconds"])
    figures = found[len(found) // 2]
    assert not any(each["back"] for each in found), "what was told went back"
    busy = f"{figures['busy']:6.2f} s of a processor" if "busy" in figures else " " * 23
    more = f"  told {figures['told']} times, silent for {figures['longest silence']:.2f} s at most"
    span = f"  ({found[0]['seconds']:.2f}-{found[-1]['seconds']:.2f})" if runs > 1 else ""
    print(
        f"{step:32}{figures['seconds']:8.2f} s  {busy}  {figures['memory']:5.0f} MiB{span}"
        f"{more if figures['told'] else ''}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
