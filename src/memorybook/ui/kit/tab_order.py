"""Where the keyboard comes to parts that were made later than those around them."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def come_before(parts: Sequence[QWidget], later: QWidget) -> None:
    """Have the keyboard come to ``parts`` right before ``later``; all of them stand in one window.

    Qt orders only what takes the keyboard, and only behind something else.
    """
    before = later.previousInFocusChain()
    while before is not None and before is not later:
        if before.focusPolicy() & Qt.FocusPolicy.TabFocus and before not in parts:
            for earlier, next_one in pairwise([before, *parts]):
                QWidget.setTabOrder(earlier, next_one)
            return
        before = before.previousInFocusChain()
