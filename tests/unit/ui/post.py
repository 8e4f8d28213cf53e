"""Answers that wait until a test asks for them, as they wait for a busy book or a drive that is asleep."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from memorybook.errors import BookDamaged, MemoryBookError

Asked = tuple[Future[Any], Callable[[Any], None], Callable[[MemoryBookError], None]]


class Post:
    """Stands where presenters deliver; brings answers in the order in which they were asked for."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def __call__(
        self, future: Future[Any], done: Callable[[Any], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        self.asked.append((future, done, failed))

    def arrive(self) -> None:
        """Everything, also what is asked for meanwhile. What failed is raised here."""
        while self.asked:
            self.arrive_one()

    def arrive_one(self) -> None:
        """The next answer alone; one that was cancelled is not heard."""
        future, done, _ = self.asked.pop(0)
        if not future.cancelled():
            done(future.result(timeout=30))

    def fail(self) -> None:
        """None of what was asked for can be read."""
        while self.asked:
            self.asked.pop(0)[2](BookDamaged())
