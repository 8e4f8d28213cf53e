"""What is left of a damaged copy, in a new book: the copy is laid out as a book's folder, and salvaged."""

import threading
from pathlib import Path

from memorybook.domain.backup import Told
from memorybook.domain.ids import MediaId
from memorybook.domain.restoring import COPYING, Copy
from memorybook.domain.salvage import SalvageMarks, SalvageReport
from memorybook.errors import CopyDamaged, RestoreNeedsRoom, StorageFull
from memorybook.files import free_bytes, private_folder, translate_os_error, write_new
from memorybook.services.salvaging_book import BookSalvage
from memorybook.storage import copies, finding, placing, restoring
from memorybook.storage.backup_format import media_file
from memorybook.storage.book import MEDIA
from memorybook.storage.copies import Contents, Piece
from memorybook.storage.restoring import Pace


def gather(
    salvaging: BookSalvage,
    copy: Copy,
    to: Path,
    told: Told,
    stop: threading.Event,
    *,
    passphrase: str | None = None,
    words: str | None = None,
    marks: SalvageMarks | None = None,
) -> SalvageReport:
    """Take everything that can be read of ``copy``, of any kind, into a new book in ``to``. Blocks.

    ``to`` is absent or empty. While it lasts there is room needed for two books. Nothing in a copy is trusted
    here; what goes into the new book is proved thing by thing. Told is COPYING, then what salvaging tells.
    Raises NoCopyHere, RestoreNeedsRoom, RestoreStopped, and as
    :meth:`~memorybook.services.salvaging_book.BookSalvage.salvage`; nothing is left behind then.
    """
    contents = finding.contents_of(copy)
    laid_out, held = placing.workshop(to.absolute())
    try:
        try:
            _lay_out(contents, laid_out, Pace(told, stop))
        except StorageFull:
            raise RestoreNeedsRoom from None
        held.release()  # whoever salvages holds it
        return salvaging.salvage(
            laid_out, to, passphrase=passphrase, words=words, told=told, stop=stop, marks=marks
        )
    finally:
        held.release()
        placing.discard(laid_out)


def _lay_out(contents: Contents, folder: Path, pace: Pace) -> None:
    media = contents.media
    if 2 * (contents.size + sum(piece.size for piece in media.values())) > free_bytes(folder):
        raise RestoreNeedsRoom
    restoring.copy_keys(contents, folder, pace)
    try:
        restoring.copy_database(contents, folder, pace)
    except CopyDamaged:
        if not media:
            raise
    private_folder(folder / MEDIA)
    pace.begin(COPYING, sum(piece.size for piece in media.values()))
    for name, piece in media.items():
        _lay_out_one(name, piece, folder / MEDIA, pace)


def _lay_out_one(name: MediaId, piece: Piece, folder: Path, pace: Pace) -> None:
    """As far as it can be read: what is proved of it is found out by whoever reads it there."""
    try:
        write_new(folder / media_file(name), copies.as_far_as_it_goes(piece, pace.advance))
    except OSError as error:
        raise translate_os_error(error) from None
