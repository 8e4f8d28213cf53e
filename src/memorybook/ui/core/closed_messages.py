"""What is said of a problem while nothing of the book is on the screen, where an open page says otherwise."""

from memorybook.errors import BookMoved, MemoryBookError, StorageFailed, StorageFull
from memorybook.ui.core import messages
from memorybook.ui.core.i18n import tr


def sentence(error: MemoryBookError) -> str:
    """What happened, what is safe, what to do. No words wait to be kept while the book is closed."""
    kind = type(error)
    if kind is BookMoved:
        return tr(
            "The folder of this book is not where it was. Everything that was kept is in it. "
            "Please put the folder back, or connect its drive."
        )
    if kind is StorageFull:
        return tr(
            "There is no room left on this disk. Everything that was kept is safe. "
            "Please free some room and try once more."
        )
    if kind is StorageFailed:
        return tr(
            "The disk did not answer. Everything that was kept is safe. "
            "If the book is on a drive that can be unplugged, please connect it again."
        )
    return messages.sentence(error)
