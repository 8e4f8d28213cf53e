"""The printed book: a plan in, real pages on the screen or a PDF for the shelf out."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from memorybook.domain.book import BookPlan, Preset
from memorybook.domain.ids import PhotoId
from memorybook.errors import PagesNotMade
from memorybook.rendering import stand_ins, typesetter
from memorybook.rendering.preview import Preview, each_picture

if TYPE_CHECKING:
    import pikepdf

__all__ = ["Preview", "Typesetter"]


class Typesetter:
    """Makes pages in memory alone. Methods block, for a second or so with a large book; any thread."""

    def pages(self, plan: BookPlan, *, thumbnails: Callable[[PhotoId], bytes]) -> Preview:
        """The pages for the screen. ``thumbnails`` gives small JPEGs. Raises PagesNotMade."""
        return Preview(plan, thumbnails)

    def pdf(
        self,
        plan: BookPlan,
        *,
        pictures: Callable[[PhotoId], bytes],
        created: datetime,
        password: str | None = None,
        booklet: bool = False,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        ahead: int = 0,
    ) -> Iterable[bytes]:
        """A tagged PDF/UA-1 and PDF/A-2a, in pieces to be written one after another.

        The pages are set before this returns; each photograph is asked for when its piece is due, or up to
        ``ahead`` of them before that, on other threads, and no other is held then. ``pictures`` gives RGB
        or grey JPEGs, which go in byte for byte, and are turned as their orientation says.
        ``progress`` is told how many of how many photographs are in; ``cancelled`` is asked before each.
        The same plan, pictures and ``created`` (with a time zone) give the same bytes, unless there is a
        ``password``: then the file is encrypted with AES-256 and is no PDF/A. With ``booklet`` there are
        two pages on each side of a sheet, in the order that folding needs, and nothing is tagged. Pages
        for a print service have their boxes, and are an even number.

        Raises ``ValueError`` for a password that is none or too long; PagesNotMade, here or between the
        pieces, also when it was cancelled or a picture is not as agreed; what ``pictures`` raises passes
        through between the pieces.
        """
        # Reading PDFs again takes a tenth of the program's start to load, and may be needed by nobody today.
        from memorybook.rendering import imposition, press
        from memorybook.rendering.pictures import Frame, Photographs

        def finish(pdf: "pikepdf.Pdf") -> None:
            if plan.preset is Preset.PRESS:
                press.finish(pdf)
            elif booklet:
                imposition.impose(pdf, plan.page_size)

        photographs = {picture.photo: picture for picture in each_picture(plan)}
        files = {
            stand_ins.file_name(picture.photo): stand_ins.wrapped(stand_ins.stand_in(photo), picture)
            for photo, picture in photographs.items()
        }
        if cancelled is not None and cancelled():
            raise PagesNotMade
        frame = Frame(typesetter.pdf(plan, files, created), photographs, finish=finish, secret=password)
        return Photographs(frame, pictures, progress, cancelled, ahead=ahead)

