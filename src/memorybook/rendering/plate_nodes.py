"""Pictures as nodes for the template: file, size in millimetres, words for those who see and who do not."""

from collections.abc import Sequence

from memorybook.domain.book import PlannedPicture
from memorybook.domain.book_words import Words
from memorybook.domain.dates_text import in_words
from memorybook.rendering.characters import clean
from memorybook.rendering.measures import Measures
from memorybook.rendering.plates import Placed, Plate, arrange
from memorybook.rendering.stand_ins import file_name
from memorybook.rendering.written import Node, Writer, is_rtl

_ENDS = (".", "!", "?", "…", "。", "”", ":")


class PlateNodes:
    """Makes nodes of plates, and remembers in ``placed`` every picture and how large it is printed."""

    def __init__(self, writer: Writer, words: Words, language: str, page: Measures, *, album: bool) -> None:
        self._writer = writer
        self._words = words
        self._language = language
        self._page = page
        self._album = album
        self.placed: list[Placed] = []

    def arranged(
        self, pictures: Sequence[PlannedPicture], room: float, *, below_title: bool = False
    ) -> list[Node]:
        """The pictures on plates, in their order; ``room`` as :func:`plates.arrange` takes it."""
        plates = arrange(pictures, self._page, room, below_title=below_title, album=self._album)
        return [self.node(plate) for plate in plates]

    def node(self, plate: Plate) -> Node:
        """One plate."""
        return {
            "beside": plate.side_by_side,
            "edge": plate.edge,
            "pictures": [self._placed(placed) for placed in plate.pictures],
        }

    def cover(self, picture: PlannedPicture, width: float, height: float) -> Node:
        """A picture without words under it, as large as it may be in this room."""
        ratio = max(1, picture.width) / max(1, picture.height)
        width = min(width, height * ratio)
        return self._placed(Placed(picture, width, width / ratio, width, together=True)) | {"caption": []}

    def _placed(self, placed: Placed) -> Node:
        self.placed.append(placed)
        picture = placed.picture
        return {
            "file": file_name(picture.photo),
            "width": round(placed.width, 3),
            "height": round(placed.height, 3),
            "alt": "" if picture.decorative else self._alt(picture),
            "caption": self._caption(picture),
            "slot": round(placed.slot, 3),
            "together": placed.together,
        }

    def _caption(self, picture: PlannedPicture) -> list[str]:
        """What was written of it, and who took it, as one text where they are written the same way."""
        lines = self._writer.lines(picture.caption)
        name = self._writer.line(picture.credit)
        if not name:
            return lines
        credit = self._words.credit.format(name=name)
        if not credit.endswith(_ENDS):
            credit += "."
        if not lines or is_rtl(clean(picture.caption)) or is_rtl(name):
            return [*lines, credit]
        last = lines[-1] if lines[-1].endswith(_ENDS) else f"{lines[-1]}."
        return [*lines[:-1], f"{last} {credit}"]

    def _alt(self, picture: PlannedPicture) -> str:
        """For people who cannot see it: its description, else its caption, else what it is and from when."""
        described = self._writer.line(picture.description) or self._writer.line(picture.caption)
        if described:
            return described
        day = in_words(picture.taken, self._language)
        return f"{self._words.photograph}, {day}" if day else self._words.photograph
