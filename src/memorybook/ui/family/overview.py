"""The list of the place: who the book is about, farewells, those who write, and what was put away."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.people import Baby, Ceremony, Person
from memorybook.ui.core import theme
from memorybook.ui.core.called import add_text, heading
from memorybook.ui.core.i18n import tr
from memorybook.ui.family.presenter import Family
from memorybook.ui.family.wording import baby_facts, ceremony_facts
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout, lie_or_stand
from memorybook.ui.kit.labels import label

_NARROW = 460


class _Card(QFrame):
    """One line of the list: what it is, what is known, and in ``actions`` what can be done with it."""

    def __init__(self, name: str, facts: str = "", *, quiet: bool = False) -> None:
        super().__init__()
        self.setProperty("surface", "quiet" if quiet else "card")
        px = theme.current().px
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(px(18), px(10), px(14), px(10))
        self.row.setSpacing(px(6))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addStretch(1)
        words.addWidget(label(name, "strong"))
        if facts:
            words.addWidget(label(facts, "small"))
        words.addStretch(1)
        self.row.addLayout(words, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(px(10))
        self._actions.addStretch(1)
        self.row.addLayout(self._actions)

    def add(self, action: Button) -> None:
        """One more thing that can be done with it."""
        self._actions.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)


class Overview(QWidget):
    """Sends what the person wants; :meth:`show_family` lays everything out anew."""

    addBabyWanted = Signal()
    addCeremonyWanted = Signal()
    addPersonWanted = Signal()
    babyWanted = Signal(int)
    ceremonyWanted = Signal(int)
    moveWanted = Signal(int, int)
    renameWanted = Signal(object)
    removeWanted = Signal(object)
    babyBackWanted = Signal(int)
    ceremonyBackWanted = Signal(int)
    babyGoneWanted = Signal(int, str)
    ceremonyGoneWanted = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self._content = QWidget()
        self._column.addWidget(self._content)

    def show_family(self, family: Family) -> None:
        """List everything; the keyboard stays where it was, as far as that is still there."""
        focused = self._focused_name()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        self._list_babies(column, family)
        self._list_ceremonies(column, family)
        self._list_people(column, family)
        self._list_aside(column, family)
        self._column.replaceWidget(self._content, content)
        self._fit(content)
        self._content.hide()
        self._content.deleteLater()
        self._content = content
        if focused and self.isVisible():
            content.show()
            again = content.findChild(Button, focused)
            if again is not None and not again.isEnabled():  # it has come to an end of the list
                number = focused.rpartition("-")[2]
                again = content.findChild(Button, f"baby-change-{number}")
            gone = content.findChild(Button, "add-baby")  # what had the keyboard is not listed any more
            (again or gone or content).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self._content)

    def _fit(self, content: QWidget) -> None:
        """Where there is little room, what can be done with a line stands below it."""
        for card in content.findChildren(_Card):
            lie_or_stand(card.row, narrow=self.width() < theme.current().px(_NARROW))

    def button(self, name: str) -> Button | None:
        """One of the buttons that are shown; those from before may still be on their way out."""
        return self._content.findChild(Button, name) if name else None

    def _focused_name(self) -> str:
        focused: QWidget | None = self.window().focusWidget()  # also while another window is in front
        inside = focused is not None and self._content.isAncestorOf(focused)
        return focused.objectName() if focused is not None and inside else ""

    def _section(self, column: QVBoxLayout, text: str) -> None:
        if column.count():
            column.addSpacing(theme.current().px(18))
        column.addWidget(label(text, "section"))

    def _add_button(self, column: QVBoxLayout, text: str, wanted: Callable[[], object], *, name: str) -> None:
        row = FlowLayout(gap=theme.current().px(8))
        row.addWidget(Button(text, wanted, name=name, icon="add"))
        column.addLayout(row)

    # who the book is about

    def _list_babies(self, column: QVBoxLayout, family: Family) -> None:
        self._section(column, tr("Who this book is about"))
        ids = [baby.id for baby in family.babies]
        for baby in family.babies:
            ends = (baby.id == ids[0], baby.id == ids[-1])
            column.addWidget(self._baby_card(baby, family.word, first=ends[0], last=ends[1]))
        if not family.babies:
            column.addWidget(
                label(
                    tr(
                        "A name, a date, a weight, who was there: what you want to keep can be written down "
                        "here. One line is enough, and nothing is needed."
                    ),
                    "soft",
                )
            )
        self._add_button(column, add_text(family.word), self.addBabyWanted.emit, name="add-baby")

    def _baby_card(self, baby: Baby, word: str, *, first: bool, last: bool) -> QWidget:
        facts = baby_facts(baby.draft)
        name = heading(baby.draft, word) or facts
        card = _Card(name, facts if facts != name else "")
        if not (first and last):
            for step, icon, says, can in (
                (-1, "up", tr("Move {name} up"), not first),
                (1, "down", tr("Move {name} down"), not last),
            ):
                mover = Button(
                    "",
                    self._mover(baby, step),
                    name=f"baby-{icon}-{baby.id}",
                    variant="quiet",
                    icon=icon,
                    tint="ink_soft",
                    says=says.format(name=name),
                )
                mover.setEnabled(can)
                mover.setToolTip(f"{tr('Up') if step < 0 else tr('Down')}  ({_key(step)})")
                mover.setAccessibleDescription(_key(step))
                card.add(mover)
                shortcut = QShortcut(QKeySequence(_KEYS[step]), card)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(self._mover(baby, step))
        change = _change(name, lambda: self.babyWanted.emit(baby.id), key=f"baby-change-{baby.id}")
        card.add(change)
        return card

    def _mover(self, baby: Baby, step: int) -> Callable[[], None]:
        return lambda: self.moveWanted.emit(baby.id, step)

    # farewells

    def _list_ceremonies(self, column: QVBoxLayout, family: Family) -> None:
        self._section(column, tr("Farewells"))
        for ceremony in family.ceremonies:
            column.addWidget(self._ceremony_card(ceremony))
        self._add_button(column, tr("Add a farewell"), self.addCeremonyWanted.emit, name="add-farewell")

    def _ceremony_card(self, ceremony: Ceremony) -> QWidget:
        name, facts = _ceremony_name(ceremony)
        card = _Card(name, facts)
        key = f"farewell-change-{ceremony.id}"
        change = _change(name, lambda: self.ceremonyWanted.emit(ceremony.id), key=key)
        card.add(change)
        return card

    # those who write

    def _list_people(self, column: QVBoxLayout, family: Family) -> None:
        self._section(column, tr("Those who write, or whose words are here"))
        for person in family.people:
            column.addWidget(self._person_card(person))
        self._add_button(column, tr("Add a name"), self.addPersonWanted.emit, name="add-person")

    def _person_card(self, person: Person) -> QWidget:
        card = _Card(person.name)
        for text, says, wanted, key in (
            (tr("Rename"), tr("Rename {name}"), self.renameWanted, "rename"),
            (tr("Remove"), tr("Remove {name}"), self.removeWanted, "remove"),
        ):
            card.add(
                Button(
                    text,
                    _sender(wanted, person),
                    name=f"person-{key}-{person.id}",
                    variant="link",
                    says=says.format(name=person.name),
                )
            )
        return card

    # what was put away

    def _list_aside(self, column: QVBoxLayout, family: Family) -> None:
        babies = [
            (heading(it.draft, family.word) or baby_facts(it.draft), f"baby-{{}}-{it.id}", int(it.id))
            for it in family.aside.babies
        ]
        farewells = [
            (_ceremony_name(it)[0], f"farewell-{{}}-{it.id}", int(it.id)) for it in family.aside.ceremonies
        ]
        if not babies and not farewells:
            return
        self._section(column, tr("Put away"))
        for listed, back, gone in (
            (babies, self.babyBackWanted, self.babyGoneWanted),
            (farewells, self.ceremonyBackWanted, self.ceremonyGoneWanted),
        ):
            for name, key, number in listed:
                card = _Card(name, quiet=True)
                card.add(
                    Button(
                        tr("Bring back"),
                        _sender(back, number),
                        name=key.format("back"),
                        variant="link",
                        says=tr("Bring back {name}").format(name=name),
                    )
                )
                card.add(
                    Button(
                        tr("Delete for ever…"),
                        _sender(gone, number, name),
                        name=key.format("gone"),
                        variant="link",
                        says=tr("Delete {name} for ever").format(name=name),
                    )
                )
                column.addWidget(card)


_KEYS = {-1: "Alt+Up", 1: "Alt+Down"}


def _key(step: int) -> str:
    return QKeySequence(_KEYS[step]).toString(QKeySequence.SequenceFormat.NativeText)


def _sender(signal: SignalInstance, *values: object) -> Callable[[], None]:
    return lambda: signal.emit(*values)


def _ceremony_name(ceremony: Ceremony) -> tuple[str, str]:
    """What it is called, or what is known of it; and the rest."""
    facts = ceremony_facts(ceremony.draft)
    name = ceremony.draft.label.strip()
    return (name, facts) if name else (facts or tr("A farewell"), "")


def _change(name: str, pressed: Callable[[], object], *, key: str) -> Button:
    return Button(tr("Change"), pressed, name=key, variant="link", says=tr("Change {name}").format(name=name))
