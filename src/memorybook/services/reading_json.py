"""Reads the texts that come with the program from their files, refusing what is not as it should be."""

import json
import re
from pathlib import Path
from typing import Any

ENGLISH = "en"

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def languages(folder: Path, name: str) -> tuple[str, ...]:
    """The codes of the languages that ``name`` can be read in, English first."""
    return ENGLISH, *sorted(path.name.split(".")[1] for path in folder.glob(f"{name}.*.json"))


def translated(folder: Path, name: str, language: str) -> dict[str, str]:
    """The texts of ``name`` in a language, by their ids; none for English and for what there is not.

    Raises ``OSError``, ``ValueError``, ``TypeError`` or ``LookupError`` for a damaged file.
    """
    if language == ENGLISH or language not in languages(folder, name):
        return {}
    texts = json.loads((folder / f"{name}.{language}.json").read_text(encoding="utf-8"))["texts"]
    if not all(isinstance(each, str) and each for each in texts.values()):
        raise TypeError(name)
    return dict(texts)


def text(found: dict[str, Any], key: str, default: str | None = None) -> str:
    """A text of the file; ``TypeError`` when it is something else, ``KeyError`` when it has to be there."""
    value = found[key] if default is None else found.get(key, default)
    if not isinstance(value, str):
        raise TypeError(key)
    return value


def strings(found: object) -> tuple[str, ...]:
    """A list of texts; ``TypeError`` for anything else."""
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise TypeError
    return tuple(found)


def sources(found: object, said: dict[str, str]) -> tuple[str, ...]:
    """Where something is from, the parts between commas in the words that ``said`` has for them.

    A part may stand there with "{year}" in the place of its year; names and addresses stay as they are.
    """
    return tuple(", ".join(_part(part, said) for part in each.split(", ")) for each in strings(found))


def _part(part: str, said: dict[str, str]) -> str:
    if part in said:
        return said[part]
    year = _YEAR.search(part)
    again = said.get(_YEAR.sub("{year}", part, count=1)) if year else None
    return again.replace("{year}", year[0]) if again and year else part
