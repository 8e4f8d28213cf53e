"""The card of the recovery sheet: what is known of it, the way to it, the way to be rid of it."""

from PySide6.QtCore import Signal

from memorybook.errors import MemoryBookError
from memorybook.services.ways_in import SheetState
from memorybook.ui.core import messages, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.cards import CardButton, SettingsCard
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice
from memorybook.ui.settings.wording import day_words


class SheetCard(SettingsCard):
    """``sheetWanted`` leads to the page, ``withdrawWanted`` to what withdrawing it means."""

    sheetWanted = Signal()
    withdrawWanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Your recovery sheet"), name="settings-sheet")
        self.column.addWidget(
            label(
                tr(
                    "Twelve recovery words on one printed sheet. They open this book when a passphrase is "
                    "forgotten or a file is lost. Keep the sheet where only people you trust can find it."
                ),
                "soft",
            )
        )
        self._state = label("", "small")
        self._state.setObjectName("sheet-state")
        self.column.addWidget(self._state)
        self.notice = Notice(name="sheet-notice", passing=True)
        self.column.addWidget(self.notice)
        buttons = FlowLayout(gap=theme.current().px(10))
        show = CardButton(tr("Show the sheet"), self.sheetWanted.emit, name="show-sheet")
        buttons.addWidget(show)
        self._withdraw = CardButton(
            tr("Withdraw this sheet"), self.withdrawWanted.emit, name="withdraw-sheet", variant="link"
        )
        show.ensurePolished()
        self._withdraw.setMinimumHeight(show.sizeHint().height())
        buttons.addWidget(self._withdraw)
        self.column.addLayout(buttons)

    def show_state(self, state: SheetState) -> None:
        """In words, with the day."""
        if not state.shown:
            text = tr("It has not been made yet.")
        elif not state.confirmed:
            text = tr("On the screen on {day}, and not yet typed back from paper.").format(
                day=day_words(state.shown)
            )
        else:
            text = tr("Shown on {day}, and typed back from paper on {back}.").format(
                day=day_words(state.shown), back=day_words(state.confirmed)
            )
        self._state.setText(text)
        self._withdraw.setVisible(bool(state.shown))

    def show_problem(self, error: MemoryBookError) -> None:
        """What did not work."""
        self.notice.say(messages.sentence(error))
