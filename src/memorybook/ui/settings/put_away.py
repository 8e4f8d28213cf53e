"""The card that leads to what was put away: it waits inside the book."""

from PySide6.QtCore import Qt, Signal

from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.cards import CardButton, SettingsCard
from memorybook.ui.kit.labels import label


class PutAwayCard(SettingsCard):
    """``wanted`` leads to the drawer."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Put away"), name="settings-put-away")
        self.column.addWidget(
            label(
                tr("What you put away waits in a drawer in this book, and nothing leaves it by itself."),
                "soft",
            )
        )
        show = CardButton(tr("Open the drawer"), self.wanted.emit, name="open-drawer")
        self.column.addWidget(show, 0, Qt.AlignmentFlag.AlignLeading)
