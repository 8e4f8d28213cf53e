"""A plan of a book as the data that the template reads.

What a person wrote is only ever a string in this data. The template shows strings; it never reads them
as its own language. So nothing that is written can become a command.
"""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any

from memorybook.domain.book import (
    BookPlan,
    PlannedDate,
    PlannedEntry,
    PlannedPicture,
    PlannedRecording,
    Preset,
    Style,
)
from memorybook.domain.book_words import Words, normal_language, words_for
from memorybook.domain.dates_text import in_words
from memorybook.domain.entry import EntryKind
from memorybook.rendering.chapters import parted
from memorybook.rendering.characters import clean
from memorybook.rendering.first_words import with_small_capitals
from memorybook.rendering.measures import GUTTER, MM_PER_POINT, SAFE, Measures, measures_for
from memorybook.rendering.plate_nodes import PlateNodes
from memorybook.rendering.plates import ROW_GAP, Placed, page_wide
from memorybook.rendering.record import RecordPage, baby_page, ceremony_page
from memorybook.rendering.section_nodes import SectionNodes
from memorybook.rendering.sections import beside_text
from memorybook.rendering.written import Node, Writer, shortened

MOST_WITHOUT_CONTENTS = 5
"""A book with more entries than this has a list of them in front."""

_COVER_WIDTH, _COVER_DEPTH = 0.7, 0.4
_SPREADS = ((0.75, True), (0.62, True), (0.62, False), (0.5, False))


def data(plan: BookPlan, written: Callable[[str], str], *, bleed: bool = True) -> bytes:
    """The data for one book, in UTF-8. ``written`` is applied to all that a person wrote."""
    return json.dumps(book(plan, written, bleed=bleed), ensure_ascii=False, sort_keys=True).encode("utf-8")


def book(plan: BookPlan, written: Callable[[str], str], *, bleed: bool = True) -> dict[str, Any]:
    """The same before it is text."""
    return _Composer(plan, written, bleed=bleed).book()


def in_order(plan: BookPlan) -> tuple[PlannedEntry, ...]:
    """The entries in the order of their nodes: as their chapters part them."""
    return tuple(entry for chapter in parted(plan.entries, plan.chapters) for entry in chapter.entries)


def placed_pictures(plan: BookPlan) -> tuple[Placed, ...]:
    """Every picture as large as it is printed, in the order of the pages, the one on the cover first."""
    composer = _Composer(plan, str, bleed=True)
    composer.book()
    return tuple(composer.plates.placed)


def all_text(plan: BookPlan) -> Iterator[str]:
    """Everything a person wrote that will stand on a page, clean."""
    yield from map(clean, (plan.title, plan.subtitle, plan.dedication, plan.colophon))
    for page in _record(plan):
        yield from map(clean, (page.heading, page.below))
        for line in page.lines + page.texts:
            yield from map(clean, (line.label, line.value))
    for date in plan.dates:
        yield from map(clean, (date.label, date.note))
    for entry in plan.entries:
        yield from map(clean, (entry.title, entry.signature, entry.recipient, entry.author))
        yield from (clean(block.text) for block in entry.blocks)
        yield from _text_of_recordings(entry.recordings)
    for keepsake in plan.keepsakes:
        yield from map(
            clean, (keepsake.title, keepsake.kind, keepsake.words, keepsake.kept, keepsake.given_by)
        )
    yield from _text_of_recordings(plan.recordings)
    for picture in all_pictures(plan):
        yield from map(clean, (picture.caption, picture.description, picture.credit))


def all_pictures(plan: BookPlan) -> Iterator[PlannedPicture]:
    """Every picture wherever it is printed, in the order of the pages; some may come twice."""
    if plan.cover is not None:
        yield plan.cover
    for entry in plan.entries:
        yield from entry.pictures
    for keepsake in plan.keepsakes:
        yield from keepsake.pictures
    yield from plan.photos
    yield from plan.covered


def _text_of_recordings(recordings: Iterable[PlannedRecording]) -> Iterator[str]:
    for it in recordings:
        yield from map(clean, (it.title, it.who, it.place, it.words))


def _record(plan: BookPlan) -> Iterator[RecordPage]:
    language = normal_language(plan.language)
    words = words_for(language).record
    yield from (baby_page(baby, words, language) for baby in plan.babies)
    yield from (ceremony_page(ceremony, words, language) for ceremony in plan.ceremonies)


class _Composer:
    def __init__(self, plan: BookPlan, written: Callable[[str], str], *, bleed: bool) -> None:
        self._plan = plan
        self._language = normal_language(plan.language)
        self._words: Words = words_for(self._language)
        self._page: Measures = measures_for(plan, bleed=bleed)
        self._writer = Writer(written)
        album = plan.style is Style.ALBUM
        common = self._writer, self._words, self._language, self._page
        self.plates = PlateNodes(*common, album=album)
        self._sections = SectionNodes(*common, self.plates, album=album)

    def book(self) -> dict[str, Any]:
        plan, page, writer = self._plan, self._page, self._writer
        language, _, region = self._language.partition("-")
        title = writer.line(plan.title)
        cover = self._cover(plan.cover)
        record = [self._record_page(it) for it in _record(plan)]
        entries = list(self._entries())
        named = (str(node["name"]) for node in record + entries)
        with_contents = len(entries) > MOST_WITHOUT_CONTENTS or any(node["chapter"] for node in entries)
        with_contents = with_contents and not plan.alone
        return {
            "language": language,
            "region": region,
            "page": {it.name: getattr(page, it.name) for it in fields(page)}
            | {"measure": page.measure, "depth": page.depth, "safe": SAFE, "style": plan.style.value}
            | {"gutter": GUTTER if plan.preset is Preset.PRESS else 0.0}
            | {"large": plan.large_print and plan.preset is Preset.HOME},
            "name": title or next(filter(None, named), self._words.book),
            "head": shortened(title or self._words.book),
            "spread": self._spread(record, entries),
            # The whole is set at once; what is set by itself is said in memorybook.rendering.parts.
            "first": 1,
            "numbered": True,
            "marked": False,
            "listed": None,
            # A page alone has no cover: its title is that of the file.
            "title": "" if plan.alone else title,
            "subtitle": "" if plan.alone else writer.line(plan.subtitle),
            "alone": plan.alone,
            "cover": cover,
            # At home a whole page of colour is ink and no linen.
            "tinted": plan.preset is not Preset.HOME,
            "even": plan.preset is Preset.PRESS,
            "dedication": [] if plan.alone else writer.lines(plan.dedication),
            "contents": self._words.contents if with_contents else "",
            "record": record,
            "days": self._words.days,
            "dates": [self._date(date) for date in plan.dates],
            "entries": entries,
            "keepsakes": self._sections.keepsakes(plan.keepsakes),
            "photos": self._sections.photos(self._words.photographs, plan.photos),
            "recordings": {
                "heading": self._words.recordings.heading,
                "items": [self._sections.recording(it) for it in plan.recordings],
            },
            "covered": self._sections.photos(self._words.covered, plan.covered, alone=True)
            | {"note": self._words.covered_note},
            "colophon": [] if plan.alone else writer.paragraphs(plan.colophon),
        }

    def _cover(self, picture: PlannedPicture | None) -> Node | None:
        page = self._page
        if picture is None or self._plan.alone:
            return None
        if self._plan.style is Style.ALBUM and page_wide(picture, page) is not None:
            return self.plates.cover(picture, page.width + 2 * page.bleed, page.height)
        return self.plates.cover(picture, page.measure * _COVER_WIDTH, page.depth * _COVER_DEPTH)

    def _date(self, date: PlannedDate) -> Node:
        return {
            "day": in_words(date.day, self._language),
            "label": self._writer.line(date.label) or self._words.day_kinds.get(date.kind, ""),
            "note": self._writer.lines(date.note),
        }

    def _record_page(self, page: RecordPage) -> Node:
        writer = self._writer
        return {
            "name": shortened(writer.line(page.name)),
            "heading": writer.line(page.heading),
            "above": page.above,
            "below": writer.line(page.below),
            "lines": self._sections.facts(page.lines),
            "texts": [
                {"label": writer.line(it.label), "blocks": writer.paragraphs(it.value)} for it in page.texts
            ],
        }

    def _entries(self) -> Iterator[Node]:
        for chapter in parted(self._plan.entries, self._plan.chapters):
            name = self._writer.line(chapter.name)
            for number, entry in enumerate(chapter.entries):
                node = self._entry(entry)
                yield node | {
                    "chapter": name if not number else "",
                    "level": 2 if name else 1,
                    "head": shortened(name or str(node["name"])),
                }

    def _entry(self, entry: PlannedEntry) -> Node:
        writer = self._writer
        day = in_words(entry.day, self._language)
        title = writer.line(entry.title)
        name = writer.line(entry.recipient) if entry.kind is EntryKind.LETTER else ""
        to = self._words.to.format(name=name) if name else ""
        signature = writer.line(entry.signature)
        language, _, region = normal_language(entry.language or self._language).partition("-")
        blocks = writer.blocks(entry.blocks)
        pictures = list(entry.pictures)
        lead = self._lead(pictures)
        above = 1.7 + 1.9 * bool(title) + 1.4 * bool(to) + 2 * bool(signature) + len(entry.recordings)
        room = self._room(entry, above, lead is not None)
        return {
            "day": day,
            "title": title,
            "to": to,
            # What bookmarks and contents call it.
            "name": title or day or to or self._beginning(entry),
            "blocks": with_small_capitals(blocks) if self._plan.style is Style.CLASSIC else blocks,
            "language": language,
            "region": region,
            "signature": signature,
            "lead": lead,
            "plates": self.plates.arranged(
                pictures,
                room,
                below_title=lead is None and not any(clean(block.text).strip() for block in entry.blocks),
            ),
            "recordings": [
                writer.line(beside_text(it, self._words.recordings, self._language))
                for it in entry.recordings
            ],
        }

    def _lead(self, pictures: list[PlannedPicture]) -> Node | None:
        """In an album the first picture, when it is wide, stands above all words; it is taken out."""
        if self._plan.style is not Style.ALBUM or not pictures:
            return None
        plate = page_wide(pictures[0], self._page)
        if plate is None or not plate.pictures[0].together:
            return None
        del pictures[0]
        return self.plates.node(plate)

    def _spread(self, record: list[Node], entries: list[Node]) -> Node:
        """How far apart the lines of the contents stand, so that no few of them are left for another page."""
        plan, page = self._plan, self._page
        em = page.letters * MM_PER_POINT
        sections = (plan.dates, plan.keepsakes, plan.photos, plan.recordings, plan.covered)
        names = [f"{node['name']}  {node['day']}" for node in entries] + [str(it["name"]) for it in record]
        over = sum(int(len(name) * page.letter_width / (0.86 * page.measure)) for name in names)
        parts = sum(1.4 for node in entries if node["chapter"])
        rows = len(names) + parts + sum(map(bool, sections))
        for gap, sunk in _SPREADS:
            room = page.depth - 14 - (1.6 * page.sink if sunk else 0.0)
            if (rows * (1 + gap) + over * 1.22) * em <= room:
                return {"gap": gap, "sunk": sunk}
        return {"gap": _SPREADS[1][0], "sunk": False}

    def _beginning(self, entry: PlannedEntry) -> str:
        """The first words of a page that has neither title nor date."""
        line = self._writer.line
        words = next((line(b.text) for b in entry.blocks if line(b.text)), "")
        if not words:
            words = next((line(p.caption) for p in entry.pictures if line(p.caption)), "")
        if not words:
            return self._words.photograph if entry.pictures else ""
        return shortened(words)

    def _room(self, entry: PlannedEntry, around: float, led: bool) -> float:
        """How much of its last page the text will leave, about, with ``around`` lines above and below it."""
        page = self._page
        per_line = page.measure / page.letter_width
        lines = sum(
            max(1, math.ceil(len(line) / per_line)) for b in entry.blocks for line in b.text.split("\n")
        )
        used = (0.5 * page.depth if led else page.sink) + (lines + around) * page.line_height
        return page.depth - used % page.depth - ROW_GAP - 0.3 * page.line_height
