"""Reads CHANGELOG.md, and says the same in the forms that Debian and software centres read."""

import datetime
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from xml.etree import ElementTree

import places

_FILE = places.ROOT / "CHANGELOG.md"
_HEADING = re.compile(r"^## (\S+)(?:\s+\(?(\d{4}-\d\d-\d\d)\)?)?\s*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])|`([^`\n]+)`")


@dataclass(frozen=True)
class Release:
    """One version: when it came, and what is said of it, in paragraphs (text) and lists (tuples of texts)."""

    version: str
    when: datetime.datetime
    parts: tuple[str | tuple[str, ...], ...]


def releases(text: str | None = None) -> tuple[Release, ...]:
    """All versions, the newest first, as in the file. One without a day has the time of the sources."""
    text = _FILE.read_text(encoding="utf-8") if text is None else text
    pieces = _HEADING.split(text)[1:]
    found = tuple(
        Release(version, _when(day), tuple(_parts(body)))
        for version, day, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    )
    if not found:
        raise places.Stopped("CHANGELOG.md names no version")
    return found


def debian(maintainer: str, told: Sequence[Release] | None = None) -> str:
    """A Debian changelog, signed by ``maintainer`` (name and address)."""
    entries = []
    for release in told or releases():
        lines = [f"memorybook ({release.version}-1) unstable; urgency=medium", ""]
        for part in release.parts:
            for text in (part,) if isinstance(part, str) else part:
                mark = "  * " if isinstance(part, str) else "    - "
                lines += textwrap.wrap(text, 79, initial_indent=mark, subsequent_indent=" " * len(mark))
        entries.append("\n".join([*lines, "", f" -- {maintainer}  {format_datetime(release.when)}"]))
    return "\n\n".join(entries) + "\n"


def appstream(told: Sequence[Release] | None = None) -> ElementTree.Element:
    """The ``releases`` of AppStream metainfo."""
    root = ElementTree.Element("releases")
    for release in told or releases():
        element = ElementTree.SubElement(
            root, "release", version=release.version, date=release.when.date().isoformat(), type="stable"
        )
        description = ElementTree.SubElement(element, "description")
        for part in release.parts:
            if isinstance(part, str):
                ElementTree.SubElement(description, "p").text = part
            else:
                items = ElementTree.SubElement(description, "ul")
                for text in part:
                    ElementTree.SubElement(items, "li").text = text.rstrip(";.")
    return root


def _when(day: str | None) -> datetime.datetime:
    if day:
        return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(), datetime.UTC)
    return datetime.datetime.fromtimestamp(places.source_date_epoch(), datetime.UTC)


def _parts(body: str) -> list[str | tuple[str, ...]]:
    found: list[str | tuple[str, ...]] = []
    for block in re.split(r"\n\s*\n", body.strip()):
        if block.startswith("- "):
            found.append(tuple(_plain(item) for item in re.split(r"^- ", block, flags=re.MULTILINE)[1:]))
        elif block:
            found.append(_plain(block))
    return found


def _plain(text: str) -> str:
    """Without the marks of Markdown, on one line."""
    return _EMPHASIS.sub(lambda found: found[1] or found[2], " ".join(text.split()))
