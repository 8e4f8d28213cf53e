"""What every card is made of that stands alone in the middle of a closed book."""

from PySide6.QtWidgets import QVBoxLayout

from memorybook.ui.core import theme
from memorybook.ui.kit.beginning import Beginning
from memorybook.ui.kit.notice import Notice

CARD_WIDTH = 420


class Card(Beginning):
    """What the cards share: a notice, fields that rest or wait, a way to be emptied.

    ``width_wanted`` is that of the card at 100 %.
    """

    width_wanted = CARD_WIDTH

    def __init__(self, *, name: str) -> None:
        super().__init__()
        px = theme.current().px
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(px(14))
        self.notice = Notice(name=f"{name}-notice", stands=True)

    def rest(self) -> None:
        """Ready for typing again."""
        self.setEnabled(True)

    def work(self) -> None:
        """Wait for an answer; the notice of before no longer holds."""
        self.notice.hide()
        self.setEnabled(False)

    def forget(self) -> None:
        """Empty every field that held a secret."""
