"""Makes pixels of our own JPEGs, away from the thread of the window."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from memorybook.errors import MediaDamaged, MemoryBookError
from memorybook.ui.core import tasks
from memorybook.ui.core.images import image_from


class PixelReader(QObject):
    """One thread. Only the answer to the last question is given; those before it are dropped. GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        pool = self._pool = ThreadPoolExecutor(1, thread_name_prefix="photo")
        self._asked = 0
        self.destroyed.connect(lambda: pool.shutdown(wait=False, cancel_futures=True))

    def read(
        self, jpeg: bytes, come: Callable[[QImage], None], failed: Callable[[MemoryBookError], None]
    ) -> None:
        """Call ``come`` with the pixels, or ``failed`` for what is no picture after all."""
        self._asked += 1
        asked = self._asked

        def answer(image: QImage) -> None:
            if asked == self._asked:
                come(image)

        def refuse(error: MemoryBookError) -> None:
            if asked == self._asked:
                failed(error)

        tasks.deliver(self._pool.submit(_pixels, jpeg), self, answer, refuse)

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._asked += 1


def _pixels(jpeg: bytes) -> QImage:
    """Raises MediaDamaged."""
    image = image_from(jpeg, "jpeg")
    if image.isNull():
        raise MediaDamaged
    return image
