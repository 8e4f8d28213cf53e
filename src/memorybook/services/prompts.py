"""Places to start: questions for a blank page, which come with the program."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from memorybook import resources

EVERYTHING = ""
"""The id that stands for all groups together, but for those that are offered only when they are chosen."""


@dataclass(frozen=True, slots=True)
class PromptGroup:
    """Questions about one thing. ``name`` says what a person might want to write about.

    ``when_chosen``: they may hurt somebody who did not ask for them.
    """

    id: str
    name: str
    prompts: tuple[str, ...]
    when_chosen: bool = False


class Prompts:
    """Reads the questions when they are first asked for, once. GUI thread.

    ``language`` is two letters; where there are none in it, they are in English. Where the file cannot be
    read there are none at all: a page can be written without. Within one group none comes back before all
    have been there.
    """

    def __init__(self, language: str, *, chance: random.Random, folder: Path | None = None) -> None:
        self._language = language
        self._chance = chance
        self._folder = folder
        self._ahead: dict[str, list[str]] = {}

    @cached_property
    def groups(self) -> tuple[PromptGroup, ...]:
        """The groups in their order."""
        folder = self._folder or resources.folder("prompts")
        try:
            own = folder / f"{self._language}.json"
            file = own if own.is_file() else folder / "en.json"
            return tuple(map(_group, json.loads(file.read_text(encoding="utf-8"))["groups"]))
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            return ()

    def another(self, group: str = EVERYTHING) -> str:
        """A question of one group; of all of them when there is no such group. Empty when there are none."""
        known = {each.id: each.prompts for each in self.groups}
        gentle = (each.prompts for each in self.groups if not each.when_chosen)
        key = group if group in known else EVERYTHING
        ahead = self._ahead.setdefault(key, [])
        if not ahead:
            ahead += known.get(key) or [prompt for prompts in gentle for prompt in prompts]
            self._chance.shuffle(ahead)
        return ahead.pop() if ahead else ""


def _group(found: Mapping[str, object]) -> PromptGroup:
    identity, name, prompts = found["id"], found["name"], found["prompts"]
    if not (isinstance(identity, str) and isinstance(name, str) and isinstance(prompts, list)):
        raise TypeError
    return PromptGroup(identity, name, tuple(map(str, prompts)), found.get("when_chosen") is True)
