"""The thread of a book that is being opened, once whatever kept it from opening was put right."""

from memorybook.domain.health import PutRight
from memorybook.errors import BookDamaged, StorageFull
from memorybook.services.changes import Changes
from memorybook.storage import anew, first_page, schema_pages
from memorybook.storage.book import BookFile
from memorybook.storage.origin import Origin
from memorybook.storage.worker import VaultWorker


def started(file: BookFile, changes: Changes, origin: Origin | None = None) -> VaultWorker:
    """A thread that has read the book. Its lock is held.

    With an ``origin`` it can be said once more which book it is. Blocks; for seconds where something was
    damaged. Raises BookDamaged when it cannot be put right, and as :meth:`BookFile.connect`.
    """
    anew.sweep(file.folder)
    try:
        return _working(file, changes)
    except BookDamaged:
        put_right = _put_right(file, origin)
        if put_right is None:
            raise
    worker = _working(file, changes)
    worker.tell_put_right(put_right)
    return worker


def _working(file: BookFile, changes: Changes) -> VaultWorker:
    worker = VaultWorker(file, changes.publish)
    try:
        worker.read(lambda _: None).result()
    except BaseException:
        worker.close()
        raise
    return worker


def _put_right(file: BookFile, origin: Origin | None) -> PutRight | None:
    """What was put right; ``None``, and nothing is changed, when nothing could be.

    Raises what the disk said while it was written.
    """
    if first_page.restore(file):
        return PutRight.FIRST_PAGE
    if schema_pages.restore(file):
        return PutRight.FILE
    try:
        return PutRight.FILE if origin is not None and anew.write(file, origin=origin) else None
    except StorageFull:
        return None
