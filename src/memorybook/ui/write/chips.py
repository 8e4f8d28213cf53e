"""What kind of page it is, from whom, to whom: chips above the title, out of the way."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from memorybook.domain.entry import EntryKind
from memorybook.domain.ids import PersonId
from memorybook.domain.people import Person
from memorybook.ui.core import theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label, tool_tip


def kind_text(kind: EntryKind) -> str:
    """What a kind of page is called on its chip."""
    return {
        EntryKind.ENTRY: tr("A page"),
        EntryKind.LETTER: tr("A letter"),
        EntryKind.MEMORY: tr("A memory"),
        EntryKind.READING: tr("A reading"),
        EntryKind.WORDS: tr("Someone’s words"),
    }[kind]


class EntryChips(QWidget):
    """Three chips, each opening a short menu or a line to type in. ``changed`` when one is set."""

    changed = Signal()

    def __init__(
        self, add_person: Callable[[str, Callable[[Person], None]], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._add_person = add_person
        self._people: dict[PersonId, str] = {}
        self.kind = EntryKind.ENTRY
        self.author: PersonId | None = None
        self.recipient = ""
        row = FlowLayout(self, gap=theme.current().px(10), trailing=True)
        self._kind_chip = Button("", self._choose_kind, name="entry-kind", variant="chip")
        self._kind_chip.setCheckable(True)
        self._kind_chip.setChecked(True)
        self._from_chip = Button("", self._choose_author, name="entry-from", variant="chip")
        self._to_chip = Button("", self._ask_recipient, name="entry-to", variant="chip")
        for chip in (self._kind_chip, self._from_chip, self._to_chip):
            row.addWidget(chip)
        self._show()

    def show_values(self, kind: EntryKind, author: PersonId | None, recipient: str) -> None:
        """Set all three without announcing a change."""
        self.kind, self.author, self.recipient = kind, author, recipient
        self._show()

    def show_people(self, people: Sequence[Person]) -> None:
        """The names that can be chosen as writer."""
        self._people = {person.id: person.name for person in people}
        self._show()

    def _show(self) -> None:
        self._set(self._kind_chip, kind_text(self.kind))
        self._kind_chip.setChecked(True)
        writer = self._people.get(self.author) if self.author is not None else None
        self._set(self._from_chip, tr("From: {name}").format(name=writer or tr("me")))
        whom = self.recipient
        self._set(self._to_chip, tr("To: {name}").format(name=whom) if whom else tr("To…"))
        self._to_chip.setVisible(self.kind is EntryKind.LETTER or bool(whom))

    def _set(self, chip: Button, text: str) -> None:
        shown = chip.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, theme.current().px(200))
        chip.setText(shown.replace("&", "&&"))
        chip.setAccessibleName(text)
        chip.setToolTip(tool_tip(text) if shown != text else "")

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName(name)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _choose_kind(self) -> None:
        self._kind_chip.setChecked(True)
        menu = self._menu("entry-kind-menu")
        for kind in EntryKind:
            action = menu.addAction(kind_text(kind))
            action.triggered.connect(lambda _, chosen=kind: self._take(kind=chosen))
        _pop_up(menu, self._kind_chip)

    def _choose_author(self) -> None:
        menu = self._menu("entry-from-menu")
        self._add_writer(menu.addAction(tr("me")), None)
        for person, name in self._people.items():
            self._add_writer(menu.addAction(name.replace("&", "&&")), person)
        menu.addSeparator()
        menu.addAction(tr("Someone else…"), self._ask_author)
        _pop_up(menu, self._from_chip)

    def _add_writer(self, action: QAction, person: PersonId | None) -> None:
        action.triggered.connect(lambda: self._take(author=person, writer=True))

    def _take(
        self, *, kind: EntryKind | None = None, author: PersonId | None = None, writer: bool = False
    ) -> None:
        if kind is not None:
            self.kind = kind
        if writer:
            self.author = author
        self._show()
        self.changed.emit()

    def _ask_author(self) -> None:
        def chosen(person: Person) -> None:
            self._people[person.id] = person.name
            self._take(author=person.id, writer=True)

        _ask_name(
            self,
            tr("Who wrote this?"),
            tr("Name, as they would like it"),
            "",
            "ask-writer",
            lambda name: self._add_person(name, chosen) if name else None,
        )

    def _ask_recipient(self) -> None:
        def take(name: str) -> None:
            self.recipient = name
            self._show()
            self.changed.emit()

        _ask_name(
            self, tr("Who is it to?"), tr("A name, or any words"), self.recipient, "ask-recipient", take
        )


def _pop_up(menu: QMenu, below: Button) -> None:
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))


def _ask_name(
    parent: QWidget, title: str, caption: str, text: str, name: str, taken: Callable[[str], object]
) -> None:
    sheet = Sheet(parent, title, name=name)
    line = LabelledLine(caption, name=f"{name}-line")
    line.line.setText(text)
    sheet.column.addWidget(line)
    sheet.column.addWidget(label(tr("It may stay empty."), "small"))

    def keep() -> None:
        sheet.accept()
        taken(line.text().strip())

    sheet.add_button(tr("Not now"), sheet.reject, name=f"{name}-no")
    sheet.add_button(tr("Done"), keep, name=f"{name}-done", primary=True)
    sheet.open()
    line.line.setFocus()
