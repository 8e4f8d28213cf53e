"""Pages are deleted, brought back and put right again; a kill or a lock in between loses nothing of them."""

import json
import os
import random
import select
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId, VersionId
from memorybook.errors import BookClosed
from memorybook.services.vault import Library, Vault
from tests.books import PASSPHRASE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SEED = 20261121
KILLS = 25
LOCKS = 25
PATIENCE_S = 30.0

State = tuple[str, str]
"""The words of a page, and where it is: "story", "drawer" or "gone"."""


@dataclass
class Told:
    """What is known of each page, and what was on its way to become true."""

    pages: dict[int, State] = field(default_factory=dict)
    versions: dict[int, str] = field(default_factory=dict)
    begun: tuple[int, State] | None = None
    times: int = 0

    def take(self, line: bytes) -> str:
        ((kind, value),) = json.loads(line).items()
        if kind == "begun":
            self.begun = (value[0], (value[1], value[2]))
        elif kind == "done":
            self.begun = None
            self.pages[value[0]] = (value[1], value[2])
            self.times += 1
        elif kind == "version":
            self.versions[value[0]] = value[1]
        return str(kind)


def _kill_one(book: Path, told: Told, chance: random.Random, *, rest: float) -> None:
    seed = str(chance.randrange(1 << 30))
    command = [sys.executable, "-m", "tests.reliability.tidier", str(book), "--seed", seed]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        pipe, left, ready = process.stdout.fileno(), b"", False
        until = time.monotonic() + PATIENCE_S
        while (wait := until - time.monotonic()) > 0:
            if not select.select([pipe], [], [], wait)[0]:
                break
            data = os.read(pipe, 1 << 16)
            assert data, "the program has ended"
            *lines, left = (left + data).split(b"\n")
            if "ready" in [told.take(line) for line in lines]:
                ready, until = True, time.monotonic() + rest
        process.kill()
        assert ready, "the program did not begin"
        *lines, _ = (left + process.stdout.read()).split(b"\n")
        for line in lines:
            told.take(line)


def _wrong(vault: Vault, told: Told) -> list[str]:
    """What is not as it was told; reading what is damaged raises."""
    wrong = []
    drawer = {row.id for row in vault.journal.drawer().result()}
    story = {row.id for row in vault.journal.page(limit=10_000).result().rows}
    for number, state in told.pages.items():
        page = EntryId(number)
        allowed = {state}
        if told.begun is not None and told.begun[0] == number:
            allowed.add(told.begun[1])
        place = "drawer" if page in drawer else "story" if page in story else "gone"
        if place == "gone":
            if all(where != "gone" for _, where in allowed):
                wrong.append(f"page {page} is not there")
            told.pages[number] = (state[0], "gone")
            continue
        body = vault.journal.entry(page, in_drawer=True).result().draft.body
        if (body, place) not in allowed:
            wrong.append(f"page {page} in the {place} is not as it was kept")
        found = {row.id for row in vault.journal.search(body, limit=10_000).result().rows}
        if (page in found) != (place == "story"):
            wrong.append(f"page {page} in the {place}: what is found is not right")
        told.pages[number] = (body, place)
    told.begun = None
    return wrong + _wrong_versions(vault, told, drawer | story)


def _wrong_versions(vault: Vault, told: Told, pages: set[EntryId]) -> list[str]:
    kept = {row.id for page in pages for row in vault.journal.versions(page).result()}
    gone = [number for number in told.versions if number not in kept]
    for number in gone:  # with its page, which was destroyed
        if isinstance(vault.journal.version(VersionId(number)).exception(), LookupError):
            del told.versions[number]
    return [
        f"version {number} is not as it was"
        for number, body in told.versions.items()
        if vault.journal.version(VersionId(number)).result().draft.body != body
    ]


def test_a_kill_loses_nothing_of_what_was_put_away_or_put_right(library: Library, tmp_path: Path) -> None:
    book = tmp_path / "Memory Book"
    library.create(book, PASSPHRASE).close()
    chance, told = random.Random(SEED), Told()  # noqa: S311 - it has to be the same every time
    seen: set[str] = set()
    for number in range(KILLS):
        _kill_one(book, told, chance, rest=chance.uniform(0.01, 0.8))
        vault = library.open(book, PASSPHRASE)
        try:
            assert not _wrong(vault, told), f"kill {number}"
            versions = len(told.versions)
            seen |= {place for _, place in told.pages.values()}
        finally:
            vault.close()
    places = [place for _, place in told.pages.values()]
    print(f"{KILLS} kills, {told.times} things done, {versions} versions as they were; {len(places)} pages,")
    print(f"{places.count('drawer')} of them in the drawer and {places.count('gone')} gone for ever")
    assert {"story", "drawer", "gone"} == seen
    assert told.versions


def test_a_page_that_is_lost_is_noticed(library: Library, tmp_path: Path) -> None:
    """The control: each kind of loss is seen."""
    vault = library.create(tmp_path / "book", PASSPHRASE)
    try:
        entry = vault.journal.keep(None, EntryDraft(body="some words")).result()
        assert entry is not None
        right = (int(entry.id), ("some words", "story"))
        assert _wrong(vault, Told(pages=dict([right]))) == []
        for body, place in (("other", "story"), ("some words", "drawer")):
            assert _wrong(vault, Told(pages={int(entry.id): (body, place)})), (body, place)
        assert _wrong(vault, Told(pages={99: ("x", "story")}))
        vault.journal.delete(entry.id).result()
        assert _wrong(vault, Told(pages=dict([right])))
    finally:
        vault.close()


def test_a_lock_at_any_moment_keeps_what_was_asked_for(library: Library, tmp_path: Path) -> None:
    """Everything that was handed over before the book was closed is in it; what came later says so."""
    chance = random.Random(SEED)  # noqa: S311
    book = tmp_path / "Memory Book"
    vault = library.create(book, PASSPHRASE)
    long = "word " * 400
    pages = [vault.journal.keep(None, EntryDraft(body=f"{long} {n}")).result() for n in range(4)]
    ids = [page.id for page in pages if page is not None]
    refused = 0
    for number in range(LOCKS):
        lock = threading.Timer(chance.uniform(0, 0.05), vault.close_at_once)
        lock.start()
        asked: dict[EntryId, list[Future[object]]] = {page: [] for page in ids}
        for turn in range(60):
            page = ids[turn % 3]
            asked[page].append(vault.journal.keep(page, EntryDraft(body=f"round {number} turn {turn}")))  # type: ignore[arg-type]
            asked[page].append((vault.journal.bring_back if turn % 2 else vault.journal.delete)(page))  # type: ignore[arg-type]
            if chance.random() < 0.5:  # so that the lock comes in between
                asked[page][-1].exception()
        lock.join()
        vault.close()
        vault = library.open(book, PASSPHRASE)
        for page in ids[:3]:
            refused += _check(vault, page, asked[page], number)
        assert vault.journal.entry(ids[3]).result().draft.body.strip() == f"{long} 3".strip()
    vault.close()
    assert refused, "no lock came in between"


def _check(vault: Vault, page: EntryId, asked: list["Future[object]"], number: int) -> int:
    """The last thing that was done to a page is what it says; how many were refused."""
    body: str | None = None
    for future in asked:
        error = future.exception()
        assert error is None or isinstance(error, BookClosed)
        result = None if error else future.result()
        if result is not None and not isinstance(result, bool):
            body = result.draft.body  # type: ignore[attr-defined]
    if body is not None:
        assert vault.journal.entry(page, in_drawer=True).result().draft.body == body, f"lock {number}"
    return sum(future.exception() is not None for future in asked)
