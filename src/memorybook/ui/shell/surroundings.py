"""What an open book needs from the application around it."""

import datetime
from typing import Protocol

from memorybook.rendering.pdf import Typesetter
from memorybook.services.support import Support
from memorybook.services.vault import Library
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.tasks import Background


class Surroundings(Protocol):
    """What an open book needs from the application around it."""

    device: DeviceSettings
    background: Background
    library: Library

    @property
    def typesetter(self) -> Typesetter:
        """What makes pages of a book."""

    @property
    def support(self) -> Support:
        """What the support pane says."""

    def now(self) -> datetime.datetime:
        """The present moment, local."""

    def elapsed(self) -> float:
        """Seconds on a clock that goes on while the computer sleeps."""

    def restyle(self) -> None:
        """Dress the application as the device settings say."""
