"""From a plan to a PDF on the disk: pictures out of the vault, pages from Typst, one atomic write."""

import math
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from memorybook.domain.book import BookPlan, CoveredPhotos, Edition, PageSize, Paper, Preset
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.errors import PagesNotMade
from memorybook.rendering import cover_sheet
from memorybook.rendering.pdf import Typesetter
from memorybook.rendering.plan_json import placed_pictures
from memorybook.rendering.preview import each_picture
from memorybook.services import exporting
from memorybook.services.vault import Vault

PRINT_EDGE = 4961
"""Longest side, in pixels, of a picture that has to be made anew for print: A4 at 600 to the inch."""

PRESS_PPI = 600
"""A print service prints no more pixels to the inch: pictures with more of them are made smaller."""

_NEAR = 1.05
"""A JPEG that is larger by so little keeps its own pixels."""

_MM_PER_INCH = 25.4
_AHEAD = 2
"""So many pictures are read, and made anew if they have to be, while another is written."""

Progress = Callable[[int, int], None]


def save_book(
    vault: Vault,
    plan: BookPlan,
    path: Path,
    *,
    created: datetime,
    password: str | None = None,
    booklet: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    last: Callable[[], object] | None = None,
) -> None:
    """Make the PDF of ``plan`` and put it at ``path``. Blocks: never on the window's thread.

    With ``password`` it opens with that alone; with ``booklet`` it is for sheets to be folded.
    ``progress`` is told on this thread how many of how many photographs are in; ``last`` is called when all
    is written and the file has no name yet. Whatever is raised
    (PagesNotMade, PagesNotSaved, StorageFull, MediaDamaged, MediaMissing, BookClosed, or ``ValueError``
    for a password that is none or longer than a PDF can have), no part of a file is left.
    """
    edges = press_edges(plan) if plan.preset is Preset.PRESS else {}
    known = vault.album.printing([each.photo for each in each_picture(plan)])

    def picture(photo: PhotoId) -> bytes:
        edge = edges.get(photo)
        fits = None if edge is None else round(edge * _NEAR)
        return vault.album.printable(
            photo, longest=edge or PRINT_EDGE, fits=fits, known=known.result()[photo]
        )

    pieces = Typesetter().pdf(
        plan,
        pictures=picture,
        created=created,
        password=password,
        booklet=booklet,
        progress=progress,
        cancelled=cancelled,
        ahead=_AHEAD,
    )
    exporting.save_pdf(path, pieces, leftovers=vault.leftovers, last=last)


def press_edges(plan: BookPlan) -> dict[PhotoId, int]:
    """How many pixels the longest side of each picture may have for a print service."""
    edges: dict[PhotoId, int] = {}
    for placed in placed_pictures(plan):
        edge = math.ceil(max(placed.width, placed.height) / _MM_PER_INCH * PRESS_PPI)
        edges[placed.picture.photo] = max(edge, edges.get(placed.picture.photo, 1))
    return edges


def save_cover(
    vault: Vault,
    plan: BookPlan,
    page_count: int,
    paper: Paper,
    path: Path,
    *,
    created: datetime,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Make the cover that goes around a book of ``page_count`` pages: back, spine and front on one sheet.

    Blocks, and raises, as :func:`save_book`.
    """
    known = vault.album.printing([plan.cover.photo] if plan.cover is not None else [])

    def picture(photo: PhotoId) -> bytes:
        return vault.album.printable(
            photo, longest=PRINT_EDGE, fits=PRINT_EDGE, known=known.result()[photo]
        )

    pieces = cover_sheet.pdf(
        plan,
        page_count,
        paper,
        pictures=picture,
        created=created,
        progress=progress,
        cancelled=cancelled,
    )
    exporting.save_pdf(path, pieces, leftovers=vault.leftovers)


def save_with_cover(
    vault: Vault,
    plan: BookPlan,
    page_count: int,
    paper: Paper,
    path: Path,
    cover: Path,
    *,
    created: datetime,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Make the pages and the cover that goes around them: both files are there in the end, or neither.

    Neither has a name while one of them is written; then one gets its name right after the other. ``cover``
    is the name of no file yet. Blocks, and raises, as :func:`save_book`.
    """
    made = False

    def beside() -> None:
        nonlocal made
        save_cover(vault, plan, page_count, paper, cover, created=created, cancelled=cancelled)
        made = True

    try:
        save_book(vault, plan, path, created=created, progress=progress, cancelled=cancelled, last=beside)
    except BaseException:
        if made:  # in nobody's way, so it can be taken back when the other cannot be put in its place
            with suppress(OSError):
                cover.unlink()
        raise


def save_entry(
    vault: Vault,
    entry_id: EntryId,
    path: Path,
    *,
    created: datetime,
    page_size: PageSize = PageSize.A5,
    language: str = "en",
    covered: CoveredPhotos = CoveredPhotos.LEAVE_OUT,
    password: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Make a PDF of one page or letter alone, also of one that is not in the book.

    Blocks, and raises, as :func:`save_book`; PagesNotMade when nothing is on it, LookupError without it.
    """
    edition = Edition(title="", entries=(), page_size=page_size, language=language, covered=covered)
    plan = vault.books.one_page(entry_id, edition).result()
    if not plan.entries:
        raise PagesNotMade
    save_book(
        vault,
        plan,
        path,
        created=created,
        password=password,
        progress=progress,
        cancelled=cancelled,
    )
