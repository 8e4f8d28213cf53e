"""The printed book: a plan in, real pages on the screen or a PDF for the shelf out."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from memorybook.domain.book import BookPlan, Preset
from memorybook.domain.ids import PhotoId
from memorybook.errors import PagesNotMade
from memorybook.rendering import stand_ins, typesetter
from memorybook.rendering.pictures import Photographs
from memorybook.rendering.preview import Preview, each_picture

if TYPE_CHECKING:
    import pikepdf

    from memorybook.rendering.frame import Frame

__all__ = ["Preview", "Typesetter"]


class Typesetter:
    """Makes pages in memory alone. Methods block, for a second or so with a large book; any thread."""

    def pages(
        self,
        plan: BookPlan,
        *,
        thumbnails: Callable[[PhotoId], bytes],
        before: Preview | None = None,
    ) -> Preview:
        """The pages for the screen, none of which is set yet. ``thumbnails`` gives small JPEGs.

        What is as it was in ``before`` is not set again. Raises PagesNotMade.
        """
        return Preview(plan, thumbnails, before=before)

    def prepare(self, plan: BookPlan) -> None:
        """Work out what the PDF of this book needs: it is made sooner when it is asked for next.

        Raises PagesNotMade.
        """
        typesetter.prepare(plan, stand_ins.files(each_picture(plan)))

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

        The pages are set on a thread of its own while the pieces are asked for; each photograph is asked for
        when its piece is due, or up to ``ahead`` of them before that, on other threads, and no other is held
        then. ``pictures`` gives RGB
        or grey JPEGs, which go in byte for byte, and are turned as their orientation says.
        ``progress`` is told how many of how many photographs are in; ``cancelled`` is asked before each.
        The same plan, pictures and ``created`` (with a time zone) give the same bytes, unless there is a
        ``password``: then the file is encrypted with AES-256 and is no PDF/A. With ``booklet`` there are
        two pages on each side of a sheet, in the order that folding needs, and nothing is tagged. Pages
        for a print service have their boxes, and are an even number.

        Raises ``ValueError`` for a password that is none or too long. Between the pieces: PagesNotMade, also
        when it was cancelled or a picture is not as agreed, and what ``pictures`` raises.
        """
        if password is not None:
            from memorybook.rendering.password import normal

            normal(password)

        def finish(pdf: "pikepdf.Pdf") -> None:
            from memorybook.rendering import imposition, press

            if plan.preset is Preset.PRESS:
                press.finish(pdf)
            elif booklet:
                imposition.impose(pdf, plan.page_size)

        planned = {picture.photo: picture for picture in each_picture(plan)}

        def frame() -> "Frame":
            typeset = typesetter.pdf(plan, stand_ins.files(planned.values()), created)
            # What reads PDFs again takes a tenth of the program's start to load, and may be needed by nobody
            # today.
            from memorybook.rendering.frame import Frame

            return Frame(typeset, tuple(planned), finish=finish, secret=password)

        if cancelled is not None and cancelled():
            raise PagesNotMade
        return Photographs(
            frame,
            tuple(planned.values()),
            pictures,
            progress,
            cancelled,
            encrypted=password is not None,
            ahead=ahead,
        )
