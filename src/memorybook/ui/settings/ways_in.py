"""The card of the passphrases: whose they are, since when, and what can be done with each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.cards import CardButton, SettingsCard
from memorybook.ui.kit.flow import FlowLayout, lie_or_stand
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.tab_order import come_before
from memorybook.ui.settings.presenter import WayRow
from memorybook.ui.settings.wording import day_words, way_name

_NARROW = 420  # below this width, at 100 %, what can be done stands under the name


class WayLine(QWidget):
    """One passphrase. Each signal is a wish; what it means is asked elsewhere."""

    changeWanted = Signal()
    renameWanted = Signal()
    removeWanted = Signal()

    def __init__(self, row: WayRow, number: int) -> None:
        super().__init__()
        px = theme.current().px
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        name = way_name(row.label)
        words.addWidget(label(name, "strong"))
        since = day_words(row.since)
        if since:
            words.addWidget(label(tr("since {day}").format(day=since), "small"))
        self._across.addLayout(words, 1)
        self._links = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._links.setSizePolicy(policy)
        links = FlowLayout(self._links, gap=px(8))
        self._across.addWidget(self._links)
        actions = [
            ("change", tr("Change"), tr("Change the passphrase: {name}"), self.changeWanted),
            ("rename", tr("Rename"), tr("Rename the passphrase: {name}"), self.renameWanted),
        ]
        if not row.last:
            actions.append(("remove", tr("Remove"), tr("Remove the passphrase: {name}"), self.removeWanted))
        self._length = -px(8)
        for key, text, says, wanted in actions:
            button = CardButton(
                text,
                wanted.emit,
                name=f"{key}-way-{number}",
                variant="link",
                says=says.format(name=name),
            )
            links.addWidget(button)
            button.ensurePolished()
            self._length += button.sizeHint().width() + px(8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.current().px(_NARROW)
        lie_or_stand(self._across, narrow=narrow)
        self._links.setMinimumWidth(0 if narrow else self._length)


class WaysCard(SettingsCard):
    """Signals carry the id of a passphrase, and the name it has on the screen or its label."""

    addWanted = Signal()
    changeWanted = Signal(str, str)
    renameWanted = Signal(str, str)
    removeWanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(tr("Ways into this book"), name="settings-ways")
        self.column.addWidget(
            label(
                tr(
                    "Each passphrase opens the whole book. Someone who shares it with you can have one of "
                    "their own."
                ),
                "soft",
            )
        )
        self._lines = QWidget()
        self.column.addWidget(self._lines)
        self._remark = label("", "small")
        self._remark.setObjectName("ways-remark")
        self._remark.hide()
        self.column.addWidget(self._remark)
        self.notice = Notice(name="ways-notice", passing=True)
        self.column.addWidget(self.notice)
        self._add = CardButton(
            tr("Add a passphrase for someone"), self.addWanted.emit, name="add-way", icon="add"
        )
        self.column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_ways(self, ways: Sequence[WayRow]) -> None:
        """List them in the order they came."""
        had = next((each.objectName() for each in self.findChildren(CardButton) if each.hasFocus()), "")
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(10))
        for number, row in enumerate(ways, start=1):
            column.addWidget(surface("rule"))
            column.addWidget(self._line(row, number))
        if ways:
            column.addWidget(surface("rule"))
        before, self._lines = self._lines, lines
        self.column.replaceWidget(before, lines)
        lines.show()  # now, and not with the next layout: the keyboard may be waiting for one of them
        before.hide()
        before.deleteLater()
        self._put_in_order()
        self._remark.setText(_remark(len(ways)))
        self._remark.setVisible(len(ways) < 2)
        self._keep_focus(had)

    def wait(self) -> None:
        """Something is about to change; the lines rest until they are shown anew."""
        self._lines.setEnabled(False)

    def _line(self, row: WayRow, number: int) -> WayLine:
        line = WayLine(row, number)
        name = way_name(row.label)
        line.changeWanted.connect(lambda: self.changeWanted.emit(row.id, name))
        line.renameWanted.connect(lambda: self.renameWanted.emit(row.id, row.label))
        line.removeWanted.connect(lambda: self.removeWanted.emit(row.id, name))
        return line

    def _put_in_order(self) -> None:
        """Qt would have the keyboard come to lines that are made later after everything else."""
        come_before(self._lines.findChildren(CardButton), self.notice.findChildren(Button)[0])

    def _keep_focus(self, name: str) -> None:
        """The lines are new ones: leave the keyboard where the person had it."""
        if name:
            found = self._lines.findChild(CardButton, name)
            (found if found is not None else self._add).setFocus()


def _remark(count: int) -> str:
    if count == 0:
        return tr("No passphrase opens this book at present. The twelve words do. Please add a passphrase.")
    return tr("This is the only passphrase, so it cannot be removed. Another one can be added first.")
