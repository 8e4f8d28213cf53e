"""How far something long is, and the way to stop it: told by one thread, looked at by another."""

import threading

from memorybook.domain.backup import Step


class Course:
    """One long piece of work. ``told`` and ``stop`` are what a service is given; any thread."""

    def __init__(self) -> None:
        self.step = Step("", 0, 0)
        self.stop = threading.Event()

    def told(self, step: Step) -> None:
        """It is so far."""
        self.step = step

    @property
    def is_stopping(self) -> bool:
        """Whether it was asked to go on no further."""
        return self.stop.is_set()
