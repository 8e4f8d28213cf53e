"""What kind of page it is, from whom, to whom and about whom: chips above the title, out of the way."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.ids import BabyId, PersonId
from memorybook.domain.people import Baby, Person
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.called import heading
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import tool_tip
from memorybook.ui.write.asking import ask_name, ask_tags


def kind_text(kind: EntryKind) -> str:
    """What a kind of page is called on its chip."""
    return {
        EntryKind.ENTRY: tr("A page"),
        EntryKind.LETTER: tr("A letter"),
        EntryKind.MEMORY: tr("A memory"),
        EntryKind.READING: tr("A reading"),
        EntryKind.WORDS: tr("Someone’s words"),
    }[kind]


def names_of(babies: Sequence[Baby], word: str) -> dict[BabyId, str]:
    """What each is called in a list; two that are called the same are told apart by a day that is known.

    Where names alone are used, one without a name goes by the day, and without a day is not offered.
    """
    called = {baby.id: heading(baby.draft, word) for baby in babies}
    names = list(called.values())
    for baby in babies:
        days = (baby.draft.died, baby.draft.born, baby.draft.due, baby.draft.learned)
        day = next((i18n.day_text(day) for day in days if day.is_known), "")
        name = called[baby.id]
        if day and not name:
            called[baby.id] = day
        elif day and names.count(name) > 1:
            called[baby.id] = tr("{name}, {date}").format(name=name, date=day)
    return {baby: name for baby, name in called.items() if name}


class EntryChips(QWidget):
    """A chip for each thing that is chosen, and one for more. ``changed`` when something is chosen.

    ``moreWanted`` carries the menu of the page to be filled further, before it is shown.
    """

    changed = Signal()
    moreWanted = Signal(QMenu)

    def __init__(
        self, add_person: Callable[[str, Callable[[Person], None]], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._add_person = add_person
        self._people: dict[PersonId, str] = {}
        self._me = ""
        self._babies: dict[BabyId, str] = {}
        self._known_tags: Sequence[str] = ()
        self._chosen = EntryDraft()
        row = FlowLayout(self, gap=theme.current().px(10), trailing=True)
        self._kind = self._chip("entry-kind", self._choose_kind, on=True)
        self._from = self._chip("entry-from", self._choose_author)
        self._to = self._chip("entry-to", self._ask_recipient)
        self._about = self._chip("entry-about", self._choose_babies)
        self._tags = self._chip("entry-tags", self._ask_tags)
        self._only_me = self._chip("entry-only-me", lambda: self._take(in_book=True))
        self._only_me.setToolTip(tr("Put this page into books that are made, too"))
        self._more = Button(
            "",
            self._open_more,
            name="entry-more",
            variant="quiet",
            icon="more",
            tint="ink_soft",
            says=tr("More about this page"),
        )
        for chip in (self._kind, self._from, self._to, self._about, self._tags, self._only_me, self._more):
            row.addWidget(chip)
        self._show()

    def _chip(self, name: str, pressed: Callable[[], object], *, on: bool = False) -> Button:
        chip = Button("", pressed, name=name, variant="chip")
        chip.setCheckable(on)
        return chip

    # in and out

    def show_values(self, draft: EntryDraft) -> None:
        """Show what is chosen for a page, without announcing a change."""
        self._chosen = draft
        self._show()

    def values(self, draft: EntryDraft) -> EntryDraft:
        """``draft`` with what is chosen here."""
        chosen = self._chosen
        return replace(
            draft,
            kind=chosen.kind,
            author=chosen.author,
            recipient=chosen.recipient,
            babies=chosen.babies,
            tags=chosen.tags,
            in_book=chosen.in_book,
        )

    def show_people(self, people: Sequence[Person], me: str) -> None:
        """The names that can be chosen as writer; ``me`` is the own name, empty without one."""
        self._me = me.strip()
        self._people = {person.id: person.name for person in people}
        self._show()

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        """Who a page can be about."""
        self._babies = names_of(babies, word)
        self._show()

    def show_known_tags(self, tags: Sequence[str]) -> None:
        """The tags other pages have."""
        self._known_tags = tags

    def _show(self) -> None:
        chosen = self._chosen
        self._set(self._kind, kind_text(chosen.kind))
        self._kind.setChecked(True)
        writer = self._people.get(chosen.author) if chosen.author is not None else None
        self._set(self._from, tr("From: {name}").format(name=writer or self._me or tr("me")))
        whom = chosen.recipient
        self._set(self._to, tr("To: {name}").format(name=whom) if whom else tr("To…"))
        self._to.setVisible(chosen.kind is EntryKind.LETTER or bool(whom))
        names = [self._babies[baby] for baby in chosen.babies if baby in self._babies]
        self._set(self._about, tr("About: {names}").format(names=_together(names)))
        self._about.setVisible(bool(names))
        self._set(self._tags, tr("Tags: {names}").format(names=_together(chosen.tags)))
        self._tags.setVisible(bool(chosen.tags))
        self._set(self._only_me, tr("Only for me"))
        self._only_me.setVisible(not chosen.in_book)

    def _set(self, chip: Button, text: str) -> None:
        shown = chip.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, theme.current().px(200))
        chip.setText(shown.replace("&", "&&"))
        chip.setAccessibleName(text)
        if chip is not self._only_me:
            chip.setToolTip(tool_tip(text) if shown != text else "")

    def _take(self, **values: object) -> None:
        self._chosen = replace(self._chosen, **values)  # type: ignore[arg-type]  # names of its own fields
        self._show()
        self.changed.emit()

    # choosing

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName(name)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _choose_kind(self) -> None:
        self._kind.setChecked(True)
        menu = self._menu("entry-kind-menu")
        for kind in EntryKind:
            action = menu.addAction(kind_text(kind))
            action.triggered.connect(lambda _, chosen=kind: self._take(kind=chosen))
        _pop_up(menu, self._kind)

    def _choose_author(self) -> None:
        menu = self._menu("entry-from-menu")
        self._add_writer(menu.addAction(self._me.replace("&", "&&") or tr("me")), None)
        for person, name in self._people.items():
            self._add_writer(menu.addAction(name.replace("&", "&&")), person)
        menu.addSeparator()
        menu.addAction(tr("Someone else…"), self._ask_author)
        _pop_up(menu, self._from)

    def _add_writer(self, action: QAction, person: PersonId | None) -> None:
        action.triggered.connect(lambda: self._take(author=person))

    def _ask_author(self) -> None:
        def chosen(person: Person) -> None:
            self._people[person.id] = person.name
            self._take(author=person.id)

        ask_name(
            self,
            tr("Who wrote this?"),
            tr("Name, as they would like it"),
            "",
            name="ask-writer",
            taken=lambda name: self._add_person(name, chosen) if name else None,
        )

    def _ask_recipient(self) -> None:
        ask_name(
            self,
            tr("Who is it to?"),
            tr("A name, or any words"),
            self._chosen.recipient,
            name="ask-recipient",
            taken=lambda name: self._take(recipient=name),
            offered=list(self._babies.values()),
        )

    def _choose_babies(self) -> None:
        menu = self._menu("entry-about-menu")
        self._add_babies(menu)
        _pop_up(menu, self._about)

    def _add_babies(self, menu: QMenu) -> None:
        for baby, name in self._babies.items():
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(baby in self._chosen.babies)
            action.triggered.connect(lambda on, chosen=baby: self._set_about(chosen, on=on))

    def _set_about(self, baby: BabyId, *, on: bool) -> None:
        others = tuple(each for each in self._chosen.babies if each != baby)
        self._take(babies=(*others, baby) if on else others)

    def _ask_tags(self) -> None:
        ask_tags(self, self._chosen.tags, self._known_tags, lambda tags: self._take(tags=tags))

    def _open_more(self) -> None:
        menu = self._menu("entry-more-menu")
        if len(self._babies) == 1:
            self._add_babies(menu)
            (only,) = menu.actions()
            only.setText(tr("About {name}").format(name=only.text()))
        elif self._babies:
            self._add_babies(menu.addMenu(tr("Who it is about")))
        menu.addAction(tr("Tags…"), self._ask_tags)
        only_me = menu.addAction(tr("Only for me"))
        only_me.setCheckable(True)
        only_me.setChecked(not self._chosen.in_book)
        only_me.triggered.connect(lambda on: self._take(in_book=not on))
        self.moreWanted.emit(menu)
        _pop_up(menu, self._more)


def _pop_up(menu: QMenu, below: Button) -> None:
    """Below its chip, and not beyond the edge of the window."""
    place = below.mapToGlobal(below.rect().bottomLeft())
    window = below.window().frameGeometry()
    place.setX(max(window.left(), min(place.x(), window.right() - menu.sizeHint().width())))
    menu.popup(place)


def _together(names: Sequence[str]) -> str:
    return QLocale().createSeparatedList(list(names))
