"""What is wrong with one of the files: its shape, by its schema, and figures that are known to be false."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from memorybook import resources

FOLDER = resources.folder("support")
FILES = tuple(sorted(FOLDER.glob("*.json")))

_SEVENTY = r"(?<!\d)(?:70|seventy|setenta)\s*(?:%|per ?cent|por ciento)?"
_EIGHTY = r"(?:80|eighty|ochenta)(?!\d)"

# Asked of every text, whatever key it stands under, beside what the schema asks of those that are shown.
_FALSE = (
    (r"billion|mil(?:es de)? millones", "no number of pregnancies or births is a billion"),
    (
        rf"{_SEVENTY}\s*(?:-|–|—|to|and|a|y)\s*{_EIGHTY}",
        "it is the share of the miscarriages that are early, and not of the women",
    ),
    (r"(?<![\d.,])2[.,][56]\s*mill", "figures of newborn deaths and stillbirths of a decade ago"),
)


def faults(file: Path, content: Any = None) -> list[str]:
    """Everything that is wrong with ``content``, or with what is in the file; nothing for a good one."""
    if content is None:
        content = json.loads(file.read_text(encoding="utf-8"))
    return [*misshapen(file, content), *false_figures(content)]


def misshapen(file: Path, content: Any) -> list[str]:
    """What the schema of the file does not allow."""
    return [f"{error.json_path}: {error.message}" for error in _validator(file).iter_errors(content)]


def false_figures(content: Any) -> list[str]:
    """Figures that come from a widely copied article and are wrong."""
    return [
        f"{where}: {reason}"
        for where, text in texts(content)
        for wrong, reason in _FALSE
        if re.search(wrong, text, re.IGNORECASE)
    ]


def texts(content: Any, where: str = "$") -> Iterator[tuple[str, str]]:
    """Every text in a file, and where it is."""
    match content:
        case str():
            yield where, content
        case dict():
            for key, value in content.items():
                yield from texts(value, f"{where}.{key}")
        case list():
            for number, value in enumerate(content):
                yield from texts(value, f"{where}[{number}]")


def _validator(file: Path) -> Draft202012Validator:
    name, *language, _ = file.name.split(".")
    schema = FOLDER / "schema" / f"{'translation' if language else name}.json"
    return Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
