"""The chips above the list, and the menu behind "More"."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.story import EVERYTHING, Me, StoryFilter
from memorybook.ui.core import theme
from memorybook.ui.core.called import names
from memorybook.ui.core.i18n import month_heading, tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.chosen_chip import ChosenChip
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.story.choosing import Choices
from memorybook.ui.story.naming import LETTERS, active, kind_names, still_there

JUMP_KEY = QKeySequence("Ctrl+G")


class FilterBar(QWidget):
    """``wanted`` carries another :class:`StoryFilter`, ``monthWanted`` a :class:`VagueDate` to go to.

    A choice from the menu stays in sight as a chip; pressing the chip takes it back.
    """

    wanted = Signal(object)
    monthWanted = Signal(object)
    dateWanted = Signal()
    drawerWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = EVERYTHING
        self._choices = Choices()
        self._menu: QMenu | None = None
        self._row = FlowLayout(self, gap=theme.current().px(7))
        self._all = self._chip("all", tr("All"), lambda: self._want(EVERYTHING))
        self._letters = self._chip("letters", tr("Letters"), self._toggle_letters)
        self._photos = self._chip("photos", tr("With photos"), self._toggle_photos)
        self._more = Button(tr("More"), self._open_menu, name="filter-more", variant="chip")
        self._more.setAccessibleDescription(tr("More ways to choose pages, and the way to a date"))
        self._row.addWidget(self._more)
        self._chosen: list[Button] = []
        self._show()

    def _chip(self, key: str, text: str, pressed: Callable[[], object]) -> Button:
        chip = Button(text, pressed, name=f"filter-{key}", variant="chip")
        chip.setCheckable(True)
        self._row.addWidget(chip)
        return chip

    def show_filter(self, wanted: StoryFilter) -> None:
        """Show what is chosen."""
        self._filter = wanted
        self._show()

    def show_choices(self, choices: Choices) -> None:
        """Take other people, babies, tags and months into the menu; others are not asked for any more."""
        self._choices = choices
        self._show()
        if self._menu is not None and not any(sub.isVisible() for sub in self._menu.findChildren(QMenu)):
            self._fill(self._menu)  # opened before everything to choose from had been read
        self._want(still_there(self._filter, choices))

    def _show(self) -> None:
        self._all.setChecked(self._filter.is_everything)
        self._letters.setChecked(self._filter.kinds == LETTERS)
        self._photos.setChecked(self._filter.photos is True)
        had = next((chip.objectName() for chip in self._chosen if chip.hasFocus()), "")
        for chip in self._chosen:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chosen = [
            self._chosen_chip(key, words, rest) for key, words, rest in active(self._filter, self._choices)
        ]
        if had:
            again = next((chip for chip in self._chosen if chip.objectName() == had), self._more)
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def _chosen_chip(self, key: str, words: str, rest: StoryFilter) -> Button:
        chip = ChosenChip(
            words,
            lambda: self._want(rest),
            name=f"filter-on-{key}",
            says=tr("Press to show the other pages again"),
        )
        self._row.insertWidget(self._row.count() - 1, chip)
        chip.show()
        self.setTabOrder(chip, self._more)
        return chip

    def _want(self, wanted: StoryFilter) -> None:
        self._show()  # a chip that was pressed has changed its look before it is known what is shown
        if wanted != self._filter:
            self.wanted.emit(wanted)

    def _toggle_letters(self) -> None:
        on = self._filter.kinds != LETTERS
        self._want(replace(self._filter, kinds=LETTERS if on else frozenset()))

    def _toggle_photos(self) -> None:
        self._want(replace(self._filter, photos=None if self._filter.photos is True else True))

    # the menu

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("filter-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.aboutToHide.connect(self._forget_menu)
        self._menu = menu
        self._fill(menu)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _forget_menu(self) -> None:
        self._menu = None

    def _fill(self, menu: QMenu) -> None:
        """Everything there is to choose from; the entry that was reached is reached still."""
        reached = menu.activeAction().text() if menu.activeAction() is not None else ""
        menu.clear()
        now, choices = self._filter, self._choices
        kinds = [(name, replace(now, kinds=frozenset({kind}))) for kind, name in kind_names().items()]
        self._submenu(menu, tr("Kind"), [(tr("Every kind"), replace(now, kinds=frozenset())), *kinds])
        if choices.people:
            writers = [(person.name, replace(now, author=person.id)) for person in choices.people]
            first = [(tr("Anyone"), replace(now, author=None)), (tr("me"), replace(now, author=Me.ME))]
            self._submenu(menu, tr("Written by"), first + writers)
        if choices.babies:
            babies = [
                (name, replace(now, baby=baby))
                for baby, name in names(choices.babies, choices.word).items()
            ]
            self._submenu(menu, tr("About"), [(tr("Everyone"), replace(now, baby=None)), *babies])
        if choices.tags:
            tags = [(tag, replace(now, tag=tag)) for tag in choices.tags]
            self._submenu(menu, tr("Tag"), [(tr("With any tag or none"), replace(now, tag="")), *tags])
        photos = (
            (tr("With or without photos"), replace(now, photos=None)),
            (tr("With photos"), replace(now, photos=True)),
            (tr("Without photos"), replace(now, photos=False)),
        )
        self._submenu(menu, tr("Photos"), photos)
        books = (
            (tr("All pages"), replace(now, in_book=None)),
            (tr("In our book"), replace(now, in_book=True)),
            (tr("Only me"), replace(now, in_book=False)),
        )
        self._submenu(menu, tr("For whom"), books)
        menu.addSeparator()
        if choices.months:
            self._add_months(menu)
        self._add(menu, tr("Go to a date…"), self.dateWanted.emit).setShortcut(JUMP_KEY)
        menu.addSeparator()
        self._add(menu, tr("Pages put away…"), self.drawerWanted.emit)
        again = [action for action in menu.actions() if action.text() == reached]
        if reached and again:
            menu.setActiveAction(again[0])

    def _submenu(self, menu: QMenu, title: str, entries: Iterable[tuple[str, StoryFilter]]) -> None:
        sub = menu.addMenu(title)
        for text, wanted in entries:
            action = sub.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(wanted == self._filter)
            action.triggered.connect(lambda _, to=wanted: self._want(to))

    def _add_months(self, menu: QMenu) -> None:
        """Years, and their months within; a book of decades would fill the screen with months."""
        to = menu.addMenu(tr("Go to a month"))
        years: dict[int, list[int]] = {}
        for each in self._choices.months:
            years.setdefault(each.year, []).append(each.month)
        for year in sorted(years, reverse=True):
            if not year:
                self._add(to, tr("No year"), lambda: self.monthWanted.emit(VagueDate(None, 12, 31)))
                continue
            within = to.addMenu(QLocale().toString(year).replace(QLocale().groupSeparator(), ""))
            for month in sorted(years[year], reverse=True):
                day = VagueDate(year, month or None)
                text = month_heading(day) if not month else QLocale().standaloneMonthName(month)
                self._add(within, text, partial(self.monthWanted.emit, day))

    def _add(self, menu: QMenu, text: str, act: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda: act())
        return action
