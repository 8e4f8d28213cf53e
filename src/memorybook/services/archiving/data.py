"""The data of an archive: everything the book knows as JSON, in files that are never too large to read."""

import json
from collections.abc import Iterator

from memorybook import __version__, resources
from memorybook.domain.archive import BOOK, FORMAT, SCHEMA, VERSION
from memorybook.domain.backup import BookCounts
from memorybook.services.archiving.gathering import Gathered
from memorybook.services.archiving.originals import ArchivedFile
from memorybook.storage.archive_kinds import KINDS, PAGES

PART_BYTES = 4 << 20
"""A file of data is closed once it is larger than this; one long page may make it larger."""


def files(found: Gathered, made_at: str) -> Iterator[ArchivedFile]:
    """The files of data, with the one last that names the others."""
    parts: list[str] = []
    for page in found.of(PAGES):
        page.setdefault("file", None)
    for kind in KINDS:
        lines: list[bytes] = []
        number = size = 0
        for item in found.of(kind):
            lines.append(_json(item))
            size += len(lines[-1])
            if size > PART_BYTES:
                number += 1
                yield _part(kind.name, number, lines, parts)
                lines, size = [], 0
        if lines:
            yield _part(kind.name, number + 1, lines, parts)
    schema = (resources.folder("archive") / "schema.json").read_bytes()
    yield ArchivedFile(SCHEMA, iter([schema]), is_text=True)
    yield ArchivedFile(BOOK, iter([_book(found, made_at, parts)]), is_text=True)


def _part(kind: str, number: int, lines: list[bytes], parts: list[str]) -> ArchivedFile:
    name = f"data/{kind}-{number}.json"
    parts.append(name)
    return ArchivedFile(name, _written(kind, lines), is_text=True)


def _written(kind: str, lines: list[bytes]) -> Iterator[bytes]:
    head = json.dumps({"format": FORMAT, "version": VERSION, "kind": kind})
    yield f'{head[:-1]}, "items": [\n'.encode()
    for number, line in enumerate(lines):
        yield line if number == 0 else b",\n" + line
    yield b"\n]}\n"


def _book(found: Gathered, made_at: str, parts: list[str]) -> bytes:
    book = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at,
        "made_by": f"Memory Book {__version__}",
        "begun": found.begun,
        "counts": counted(found.counts),
        "numbers": found.numbers,
        "data": parts,
        "left_out": [
            {
                "thing": each.thing.value,
                "id": each.id,
                "title": each.title,
                "day": each.day,
                "lost": each.lost,
            }
            for each in found.damaged
        ],
    }
    return json.dumps(book, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def counted(counts: BookCounts) -> dict[str, object]:
    """How much is in it, as the data say it."""
    return {name: getattr(counts, name) for name in COUNTED} | {"newest": counts.newest}


COUNTED = ("pages", "photos", "recordings", "keepsakes", "days", "babies", "media_bytes")
"""The counts that are numbers."""


def _json(item: object) -> bytes:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
