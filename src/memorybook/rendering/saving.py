"""From a plan to a PDF on the disk: pictures out of the vault, pages from Typst, one atomic write."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from memorybook.domain.book import BookPlan
from memorybook.rendering.pdf import Typesetter
from memorybook.services import exporting
from memorybook.services.vault import Vault

PRINT_EDGE = 4961
"""Longest side, in pixels, of a picture that has to be made anew for print: A4 at 600 to the inch."""


def save_book(
    vault: Vault,
    plan: BookPlan,
    path: Path,
    *,
    created: datetime,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Make the PDF of ``plan`` and put it at ``path``. Blocks: never on the window's thread.

    ``progress`` is told on this thread how many of how many photographs are in. Whatever is raised
    (PagesNotMade, PagesNotSaved, StorageFull, MediaDamaged, MediaMissing), no part of a file is left.
    """
    pieces = Typesetter().pdf(
        plan,
        pictures=lambda photo: vault.album.printable(photo, longest=PRINT_EDGE),
        created=created,
        progress=progress,
        cancelled=cancelled,
    )
    exporting.save_pdf(path, pieces)
