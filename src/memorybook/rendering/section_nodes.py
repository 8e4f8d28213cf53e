"""Keepsakes, photos by themselves and recordings as nodes for the template."""

import math
from collections.abc import Iterable, Sequence

from memorybook.domain.book import PlannedKeepsake, PlannedPicture, PlannedRecording
from memorybook.domain.book_words import Words
from memorybook.rendering.measures import MM_PER_POINT, Measures
from memorybook.rendering.plate_nodes import PlateNodes
from memorybook.rendering.plates import ROW_GAP, depth_of, true_size
from memorybook.rendering.record import Line
from memorybook.rendering.sections import (
    keepsake_lines,
    keepsake_title,
    recording_line,
    recording_title,
)
from memorybook.rendering.written import Node, Writer, shortened

_HEADING = 11.0  # what is left free below the name of a part
_ROW = 1.62  # from one line of facts to the next, in letters


class SectionNodes:
    """Makes nodes of what follows the story. Depths are estimates: Typst sets the words."""

    def __init__(
        self, writer: Writer, words: Words, language: str, page: Measures, plates: PlateNodes, *, album: bool
    ) -> None:
        self._writer = writer
        self._words = words
        self._language = language
        self._page = page
        self._plates = plates
        self._album = album

    def facts(self, lines: Iterable[Line]) -> list[Node]:
        """Lines of facts: what it is, and what was written."""
        return [{"label": self._writer.line(it.label), **self._writer.text(it.value)} for it in lines]

    def keepsakes(self, keepsakes: Sequence[PlannedKeepsake]) -> Node:
        """What is kept, under its name."""
        page = self._page
        heading = _HEADING + page.letters * MM_PER_POINT
        rooms = {"sunk": page.depth - 1.6 * page.sink - heading, "close": page.depth - heading}
        # Where it stands is decided by the first one, which has to find its place below the heading.
        begins = next(
            (name for name, room in rooms.items() if keepsakes and self._needs(keepsakes[0]) <= room), "alone"
        )
        first = rooms.get(begins, page.depth)
        return {
            "heading": self._words.keepsakes.heading,
            "begins": begins,
            "items": [self._keepsake(it, page.depth if n else first) for n, it in enumerate(keepsakes)],
        }

    def _around(self, keepsake: PlannedKeepsake) -> float:
        """How deep its words are, about, with all that is between them and the pictures."""
        page = self._page
        lines = keepsake_lines(keepsake, self._words.keepsakes, self._language)
        per_line = page.measure / page.letter_width
        text = sum(max(1, math.ceil(len(line) / per_line)) for line in keepsake.words.split("\n"))
        facts = sum(max(1, math.ceil(len(it.value) / (0.66 * per_line))) for it in lines)
        em = page.letters * MM_PER_POINT
        rows = facts * _ROW * em + (0.7 * page.line_height if lines else 0.0)
        return 1.2 * em + text * page.line_height + rows + (2 * ROW_GAP if keepsake.pictures else 0.0)

    def _needs(self, keepsake: PlannedKeepsake) -> float:
        """How deep a page has to be for it: a picture of a size of its own needs all of that."""
        least = [0.4 * self._page.depth if keepsake.pictures else 0.0]
        own = (true_size(picture, self._page) for picture in keepsake.pictures)
        least += [depth_of(placed, self._page) for placed in own if placed is not None]
        # The estimate of words is a cautious one; a name that stands alone after all does little harm.
        return 0.92 * self._around(keepsake) + max(least)

    def _keepsake(self, keepsake: PlannedKeepsake, depth: float) -> Node:
        words, writer = self._words.keepsakes, self._writer
        title = writer.line(keepsake_title(keepsake, words))
        texts = (keepsake.words, keepsake.kept, keepsake.given_by)
        begins = next((writer.line(text) for text in texts if text.strip()), "")
        room = max(depth - self._around(keepsake), 0.4 * self._page.depth)
        return {
            "title": title,
            "name": title or shortened(begins),
            "blocks": writer.paragraphs(keepsake.words),
            "lines": self.facts(keepsake_lines(keepsake, words, self._language)),
            # All of it stays on one page where it can.
            "plates": self._plates.arranged(keepsake.pictures, room, below_title=True),
        }

    def recording(self, recording: PlannedRecording) -> Node:
        """One recording: what it is, and what is known and was written of it."""
        words, writer = self._words.recordings, self._writer
        return {
            "title": writer.line(recording_title(recording, words)),
            "line": writer.line(recording_line(recording, words, self._language)),
            "blocks": writer.paragraphs(recording.words),
        }

    def photos(self, heading: str, pictures: Sequence[PlannedPicture], *, alone: bool = False) -> Node:
        """Plates under a heading of our own, or after a page on which it stands ``alone``."""
        page = self._page
        alone = alone or self._album
        room = page.depth - (0.0 if alone else 1.6 * page.sink + _HEADING + 2 * page.line_height)
        return {
            "heading": heading,
            "begins": "alone" if alone else "sunk",
            "plates": self._plates.arranged(pictures, room, below_title=not alone),
        }
