"""Fetches the pixels of the tiles in sight: the newest wish first, those scrolled away not at all."""

import functools
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QImage, QPainter, QPixmap

from memorybook.domain.ids import PhotoId
from memorybook.errors import BookClosed, MediaMissing, MemoryBookError, PictureDamaged
from memorybook.ui.core import tasks
from memorybook.ui.core.images import image_from

BUDGET = 64 * 1024 * 1024
"""Bytes of pixels that are kept at most, whatever the number of photos; those seen longest ago go first."""

_AT_ONCE = 4


class TileLoader(QObject):
    """Keeps tiles cut to their size, with round corners, as pixels of the screen. GUI thread.

    ``fetch`` gives a small JPEG. ``may`` is asked before one is fetched and again before it is kept: what
    has been covered in between is dropped. ``came`` and ``failed`` tell of one photo.
    """

    came = Signal(object)
    failed = Signal(object, object)

    def __init__(
        self,
        fetch: Callable[[PhotoId], Future[bytes]],
        may: Callable[[PhotoId], bool],
        parent: QObject | None = None,
        *,
        budget: int = BUDGET,
    ) -> None:
        super().__init__(parent)
        self._fetch, self._may, self._budget = fetch, may, budget
        self._kept: OrderedDict[PhotoId, QPixmap] = OrderedDict()
        self._bytes = 0
        self._wishes: list[PhotoId] = []
        self._running: set[PhotoId] = set()
        self._again: set[PhotoId] = set()
        self._given_up: set[PhotoId] = set()
        self._size, self._ratio, self._radius = QSize(), 1.0, 0
        # One thread is enough: decoding holds the interpreter, and two would only take turns.
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="tiles")
        self.destroyed.connect(functools.partial(self._pool.shutdown, wait=False, cancel_futures=True))

    @property
    def held(self) -> int:
        """Bytes of pixels that are kept now."""
        return self._bytes

    def is_settled(self) -> bool:
        """Whether nothing is being fetched."""
        return not self._running and not self._wishes

    def show_at(self, size: QSize, ratio: float, radius: int) -> None:
        """How large tiles are from now on, in pixels at 100 %; ``ratio`` is how many dots one of them has."""
        self._size, self._ratio, self._radius = size, ratio, radius

    def want(self, photos: Sequence[PhotoId]) -> None:
        """Fetch these, in this order, and nothing else that was wanted before and has not begun."""
        dots = self._dots()
        self._wishes = [
            photo
            for photo in photos
            if photo not in self._given_up
            and self._may(photo)
            and ((kept := self._kept.get(photo)) is None or kept.size() != dots)
        ]
        self._begin()

    def pixmap(self, photo: PhotoId) -> QPixmap | None:
        """The tile, or nothing as long as it has not come. It may still be of another size."""
        kept = self._kept.get(photo)
        if kept is not None:
            self._kept.move_to_end(photo)
        return kept

    def forget(self, photos: Sequence[PhotoId]) -> None:
        """Let go of pixels: they are others now, or may not be shown."""
        for photo in photos:
            self._drop(photo)
            self._given_up.discard(photo)
            if photo in self._running:
                self._again.add(photo)

    @property
    def all_kept(self) -> tuple[PhotoId, ...]:
        """The photos whose pixels are kept."""
        return tuple(self._kept)

    def _dots(self) -> QSize:
        return (self._size.toSizeF() * self._ratio).toSize()

    def _begin(self) -> None:
        while self._wishes and len(self._running) < _AT_ONCE:
            photo = self._wishes.pop(0)
            if photo not in self._running and self._may(photo):
                self._running.add(photo)
                self._fetch_one(photo)

    def _fetch_one(self, photo: PhotoId) -> None:
        def failed(error: MemoryBookError) -> None:
            self._running.discard(photo)
            if photo not in self._again:
                self._given_up.add(photo)
                self.failed.emit(photo, error)
            self._again.discard(photo)
            self._begin()

        def fetched(jpeg: bytes) -> None:
            if not self._may(photo):
                self._running.discard(photo)
                self._begin()
                return
            dots, radius, ratio = self._dots(), self._radius * self._ratio, self._ratio
            made = self._pool.submit(tile, jpeg, dots, radius)
            tasks.deliver(made, self, lambda image: drawn(image, ratio), failed)

        def drawn(image: QImage, ratio: float) -> None:
            self._running.discard(photo)
            if photo in self._again:
                self._again.discard(photo)
                self._wishes.insert(0, photo)
            elif self._may(photo):
                image.setDevicePixelRatio(ratio)
                self._keep(photo, QPixmap.fromImage(image))
                self.came.emit(photo)
            self._begin()

        tasks.deliver(_or_gone(self._fetch(photo)), self, fetched, failed)

    def _keep(self, photo: PhotoId, pixmap: QPixmap) -> None:
        self._drop(photo)
        self._kept[photo] = pixmap
        self._bytes += _bytes(pixmap)
        while self._bytes > self._budget and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def _drop(self, photo: PhotoId) -> None:
        pixmap = self._kept.pop(photo, None)
        if pixmap is not None:
            self._bytes -= _bytes(pixmap)


def _or_gone(future: Future[bytes]) -> Future[bytes]:
    """The same, with a photo that was deleted for ever meanwhile as a foreseen problem."""
    answer: Future[bytes] = Future()

    def pass_on(done: Future[bytes]) -> None:
        error = BookClosed() if done.cancelled() else done.exception()
        if isinstance(error, LookupError):
            answer.set_exception(MediaMissing())
        elif error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(done.result())

    future.add_done_callback(pass_on)
    return answer


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4


def tile(jpeg: bytes, size: QSize, radius: float) -> QImage:
    """A JPEG cut to ``size`` in dots, its middle, with round corners. Any thread. Raises PictureDamaged."""
    whole = image_from(jpeg, "jpeg")
    if whole.isNull() or size.isEmpty():
        raise PictureDamaged
    image = whole.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    shown = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    shown.fill(Qt.GlobalColor.transparent)
    brush = QBrush(image)
    painter = QPainter(shown)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corner = QPoint((size.width() - image.width()) // 2, (size.height() - image.height()) // 2)
    painter.setBrushOrigin(corner)
    painter.setBrush(brush)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRect(QPoint(), size), radius, radius)
    painter.end()
    return shown
