"""Several things that are done one after the other, and what follows when all of them are."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from memorybook.errors import MemoryBookError
from memorybook.ui.core.delivery import Deliver

T = TypeVar("T")


class Steps:
    """Each :meth:`take` is one of them; ``over`` is called at the end, whatever came of them."""

    def __init__(
        self, deliver: Deliver, failed: Callable[[MemoryBookError], None], over: Callable[[], None]
    ) -> None:
        self._deliver, self._failed, self._over = deliver, failed, over
        self._waiting = 1
        self._whole = True
        self._then: Callable[[], None] = lambda: None

    def take(self, future: Future[T]) -> None:
        """One more of them."""
        self._waiting += 1
        self._deliver(future, lambda _: self._one_less(), self._stumbled)

    def end(self, then: Callable[[], None]) -> None:
        """There are no more; ``then`` is called if all of them succeed."""
        self._then = then
        self._one_less()

    def _stumbled(self, error: MemoryBookError) -> None:
        self._whole = False
        self._failed(error)
        self._one_less()

    def _one_less(self) -> None:
        self._waiting -= 1
        if self._waiting:
            return
        if self._whole:
            self._then()
        self._over()
