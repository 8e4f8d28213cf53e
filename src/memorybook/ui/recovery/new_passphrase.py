"""The page after the recovery words opened the book: choose a new passphrase, or leave it for later."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.errors import MemoryBookError
from memorybook.services.ways_in import WayIn
from memorybook.ui.core import dialogs, messages, theme
from memorybook.ui.core.i18n import day_text, tr
from memorybook.ui.core.passphrases import Remark
from memorybook.ui.kit.beginning import Beginning
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import RadioButton
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.fields import PassphraseLine, passphrase_remark
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice
from memorybook.ui.recovery import presenter as presenting


class NewPassphrasePage(Beginning):
    """Shows what :class:`NewPassphrasePresenter` says. ``finished`` when the person wants to go on."""

    finished = Signal()
    presenter: presenting.NewPassphrasePresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(width=480)
        outer.addWidget(scroll)
        column = scroll.column
        column.setSpacing(px(14))
        column.addWidget(label(tr("The words opened your book"), "title"))
        self._what = label("", "soft")
        column.addWidget(self._what)
        self._which = QWidget()
        self._choices = QVBoxLayout(self._which)
        self._choices.setContentsMargins(0, 0, 0, 0)
        self._choices.setSpacing(px(4))
        self._choices.addWidget(label(tr("Which passphrase should it take the place of?"), "field"))
        self._group = QButtonGroup(self)
        self._ids: list[str] | None = None
        self._which.hide()
        column.addWidget(self._which)
        self._one = PassphraseLine(tr("Choose a new passphrase"), name="next-passphrase")
        self._again = PassphraseLine(tr("The same once more"), name="next-passphrase-again")
        self._one.line.returnPressed.connect(self._again.setFocus)
        self._again.line.returnPressed.connect(self._keep)
        column.addWidget(self._one)
        column.addWidget(self._again)
        self._backups = label(
            tr(
                "Backups and copies of this book that were made before keep the passphrase they had. "
                "The twelve words stay as they are."
            ),
            "small",
        )
        column.addWidget(self._backups)
        self._notice = Notice(name="next-passphrase-notice", passing=True)
        column.addWidget(self._notice)
        row = QWidget()
        buttons = FlowLayout(row, gap=px(10))
        self._button = Button(
            tr("Use this passphrase"), self._keep, name="next-passphrase-keep", variant="primary"
        )
        self._go_on = Button(
            tr("Go to the book"), self.finished.emit, name="next-passphrase-done", variant="primary"
        )
        self._go_on.hide()
        self._not_now = Button(
            tr("Not now"), self._leave, name="next-passphrase-later", variant="link"
        )
        for button in (self._button, self._go_on, self._not_now):
            buttons.addWidget(button)
        column.addWidget(row)
        column.addStretch(1)
        self._fields = (self._which, self._one, self._again, self._backups, self._button, self._not_now)
        self._button.setEnabled(False)  # until it is known which one it takes the place of
        self.begin_at(self._one)

    def show_ways(self, passphrases: Sequence[WayIn]) -> None:
        """Those that can be replaced, with a choice when there is one; what was chosen stays so."""
        before = self._chosen()
        self._ids = [way.id for way in passphrases]
        self._button.setEnabled(self._one.isEnabled())
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.deleteLater()
        for number, way in enumerate(passphrases):
            choice = RadioButton(_called(way, number), name=f"replace-{number}")
            choice.setChecked(way.id == before or number == 0)
            self._group.addButton(choice, number)
            self._choices.addWidget(choice)
        self._which.setVisible(len(passphrases) > 1)
        if not passphrases:
            self._what.setText(
                tr(
                    "The key files beside your book were made anew, and no passphrase opens it yet. "
                    "Until there is one, the twelve words are the way in."
                )
            )
        else:
            self._what.setText(
                tr(
                    "If the passphrase is forgotten, choose a new one here. It takes the place of the "
                    "old one, which then does not open this book any more."
                )
            )

    def show_remark(self, remark: Remark) -> None:
        """The passphrase cannot be taken yet."""
        self._say(passphrase_remark(remark))

    def show_keeping(self) -> None:
        """The new passphrase is being put into the key files."""
        self._forget()
        self._notice.hide()
        self._rest(resting=False)
        self._button.setText(tr("One moment…"))

    def show_kept(self) -> None:
        """From now on it opens the book."""
        self._rest(resting=True)
        for widget in self._fields:
            widget.hide()
        self._go_on.show()
        self._notice.say(tr("The new passphrase opens your book from now on."))
        self._go_on.setFocus()

    def show_problem(self, error: MemoryBookError) -> None:
        """It was not kept."""
        self._say(messages.sentence(error))

    def _say(self, text: str) -> None:
        self._rest(resting=True)
        self._notice.say(text)
        self._one.setFocus()

    def _rest(self, *, resting: bool) -> None:
        self._button.setText(tr("Use this passphrase"))
        for widget in self._fields:
            widget.setEnabled(resting)
        self._button.setEnabled(resting and self._ids is not None)

    def _chosen(self) -> str | None:
        return self._ids[max(self._group.checkedId(), 0)] if self._ids else None

    def _keep(self) -> None:
        if self._ids is not None:  # one that is added leaves the forgotten one as it is
            self.presenter.keep(self._chosen(), self._one.text(), self._again.text())

    def _forget(self) -> None:
        self._one.forget()
        self._again.forget()

    @property
    def is_unfinished(self) -> bool:
        """Whether a passphrase was begun and is not in use."""
        return self.isVisible() and bool(self._one.text() or self._again.text())

    def tell_dropped(self, back: Callable[[], object]) -> None:
        """The page was left with a passphrase half chosen: say so; ``back`` leads to it again."""
        dialogs.ask(
            self.window(),
            tr("The new passphrase is not in use"),
            tr(
                "What was typed was not kept. Your book opens as before, and with the twelve words. "
                "A passphrase can also be changed later, in the settings."
            ),
            yes=tr("Choose it now"),
            no=tr("Leave it for later"),
            name="passphrase-dropped",
            agreed=back,
        )

    def _leave(self) -> None:
        self._forget()
        self.finished.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the page empties it."""
        super().hideEvent(event)
        self._forget()


def _called(way: WayIn, number: int) -> str:
    """What the passphrase was called, or where it stands, with the day it was made."""
    name = way.label or tr("Passphrase {number}").format(number=number + 1)
    if not way.created:
        return name
    day = day_text(VagueDate.parse(way.created[:10]))
    return tr("{name}, since {day}").format(name=name, day=day)


if TYPE_CHECKING:
    _: type[presenting.NewPassphraseView] = NewPassphrasePage
