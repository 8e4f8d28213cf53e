"""Writes, cuts, deletes and brings back without end, and tells what has been kept, until somebody kills it.

    python -m tests.reliability.tidier BOOK --seed S

One JSON line to the standard output before and one after each thing it does, at once and without a buffer:
``{"begun": [id, body, place]}`` with what the page is going to be, and ``{"done": ...}`` with the same.
``place`` is "story", "drawer" or "gone". ``{"version": [id, body]}`` is an earlier version that is kept.
"""

import argparse
import json
import os
import random
import sys
from dataclasses import replace
from pathlib import Path

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import FAST, PASSPHRASE

_STANDARD_OUTPUT = 1
_WAYS = {"begin": 3, "write": 10, "cut": 4, "delete": 3, "return": 2, "restore": 4, "destroy": 1}


def say(what: str, value: object) -> None:
    os.write(_STANDARD_OUTPUT, json.dumps({what: value}).encode() + b"\n")


class Tidier:
    """Does one thing after another, each when the one before it is on the disk."""

    def __init__(self, vault: Vault, seed: int) -> None:
        self._journal = vault.journal
        self._chance = random.Random(seed)  # noqa: S311 - it has to be the same every time
        rows = self._journal.page(limit=10_000).result().rows
        self._story = [row.id for row in rows]
        self._drawer = [row.id for row in self._journal.drawer().result()]

    def turn(self) -> None:
        (way,) = self._chance.choices(list(_WAYS), list(_WAYS.values()))
        if way == "begin" or len(self._story) < 3:
            self._begin()
        elif way == "write":
            self._keep(lambda body: f"{body} {self._words(8)}")
        elif way == "cut":
            self._keep(lambda body: body[: len(body) // 3])
        elif way == "delete":
            page = self._chosen(self._story)
            self._do(page, self._body(page), "drawer")
            self._story.remove(page)
            self._drawer.append(page)
        elif way == "restore":
            self._restore(self._chosen(self._story))
        elif self._drawer:
            page = self._chosen(self._drawer)
            self._do(page, self._body(page), "gone" if way == "destroy" else "story")
            self._drawer.remove(page)
            if way == "return":
                self._story.append(page)

    def _begin(self) -> None:
        entry = self._journal.keep(None, EntryDraft(body=self._words(60))).result()
        assert entry is not None
        say("done", [entry.id, entry.draft.body, "story"])
        self._story.append(entry.id)

    def _keep(self, change) -> None:  # type: ignore[no-untyped-def]  # from one text to another
        page = self._chosen(self._story)
        draft = self._journal.entry(page).result().draft
        after = replace(draft, body=change(draft.body) or "x")
        say("begun", [page, after.body, "story"])
        self._journal.keep(page, after).result()
        say("done", [page, after.body, "story"])
        for row in self._journal.versions(page).result()[:1]:
            say("version", [row.id, self._journal.version(row.id).result().draft.body])

    def _restore(self, page: EntryId) -> None:
        rows = self._journal.versions(page).result()
        if rows:
            version = self._journal.version(self._chance.choice(rows).id).result()
            say("begun", [page, version.draft.body, "story"])
            self._journal.bring_version_back(version.id).result()
            say("done", [page, version.draft.body, "story"])

    def _do(self, page: EntryId, body: str, place: str) -> None:
        say("begun", [page, body, place])
        if place == "drawer":
            assert self._journal.delete(page).result()
        elif place == "story":
            assert self._journal.bring_back(page).result()
        else:
            assert self._journal.delete_for_ever([page]).result() == 1
        say("done", [page, body, place])

    def _chosen(self, pages: list[EntryId]) -> EntryId:
        return self._chance.choice(pages)

    def _body(self, page: EntryId) -> str:
        return self._journal.entry(page, in_drawer=True).result().draft.body

    def _words(self, number: int) -> str:
        return " ".join(f"word{self._chance.randrange(500)}" for _ in range(number))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("book", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    given = parser.parse_args()
    with Decoder() as decoder:
        vault = Library(decoder=decoder, clock=SystemClock(), kdf=FAST).open(given.book, PASSPHRASE)
        tidier = Tidier(vault, given.seed)
        say("ready", None)
        while True:
            tidier.turn()


if __name__ == "__main__":
    sys.exit(main())
