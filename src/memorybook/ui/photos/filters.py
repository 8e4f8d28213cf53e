"""The chips above the grid: the kinds of photos there are, and more ways to choose in a menu."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from memorybook.domain.ids import BabyId
from memorybook.domain.photo import PhotoFilter, PhotoKind
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.chosen_chip import ChosenChip
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.photos.naming import kind_names

ALL = PhotoFilter()
LARGER, SMALLER = QKeySequence("Ctrl++"), QKeySequence("Ctrl+-")


class PhotoChips(QWidget):
    """``wanted`` carries another :class:`PhotoFilter`; the other signals are the menu's other entries.

    Only kinds that some photo has get a chip, so that none is missed. What was chosen from the menu stays in
    sight as a chip; pressing it takes the choice back.
    """

    wanted = Signal(object)
    folderWanted = Signal()
    choosingWanted = Signal()
    sizeWanted = Signal(int)
    drawerWanted = Signal()
    rearranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = ALL
        self._babies: dict[BabyId, str] = {}
        self._any = self._short = False
        self._has: frozenset[PhotoKind] = frozenset()
        self._row = FlowLayout(self, gap=theme.current().px(12), trailing=True)
        self._all = self._chip("all", tr("All"), lambda: self._want(ALL))
        self._kinds = {
            kind: self._chip(kind.value, name, partial(self._toggle, kind))
            for kind, name in kind_names().items()
        }
        self._more = Button(tr("More"), self._open_menu, name="photos-more", variant="chip")
        self._more.setAccessibleDescription(tr("More ways to choose photos, a folder, the size of the tiles"))
        self._row.addWidget(self._more)
        self._chosen: list[Button] = []
        self.show_filter(ALL, frozenset())

    def _chip(self, key: str, text: str, pressed: Callable[[], object]) -> Button:
        chip = Button(text, pressed, name=f"photos-{key}", variant="chip")
        chip.setCheckable(True)
        self._row.addWidget(chip)
        return chip

    def show_filter(self, wanted: PhotoFilter, kinds: frozenset[PhotoKind]) -> None:
        """What is chosen, and the kinds that photos of the book have."""
        self._filter = wanted
        self._any = bool(kinds)
        self._has = kinds & self._kinds.keys()
        for kind, chip in self._kinds.items():
            chip.setChecked(wanted.kind is kind)
        self._show_kinds()
        self._all.setVisible(bool(self._has) or wanted != ALL)
        self._all.setChecked(wanted == ALL)
        had = next((chip.objectName() for chip in self._chosen if chip.hasFocus()), "")
        for chip in self._chosen:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chosen = [self._chosen_chip(*each) for each in self._beyond_chips()]
        if had:
            again = next((chip for chip in self._chosen if chip.objectName() == had), self._more)
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()
        self.rearranged.emit()

    def _show_kinds(self) -> None:
        for kind, chip in self._kinds.items():
            chip.setVisible(kind in self._has and (not self._short or kind is self._filter.kind))

    def keep_short(self, *, short: bool) -> None:
        """Whether there is no room for a chip of every kind: then they are in the menu."""
        if short != self._short:
            self._short = short
            self._show_kinds()

    def line_width(self) -> int:
        """How wide the chips are in one line when all of them are shown, in pixels."""
        kinds = [chip for kind, chip in self._kinds.items() if kind in self._has]
        others = [chip for chip in (self._all, *self._chosen, self._more) if not chip.isHidden()]
        wide = [chip.sizeHint().width() for chip in (*kinds, *others)]
        return sum(wide) + self._row.spacing() * max(len(wide) - 1, 0)

    def height_for(self, width: int) -> int:
        """How high they are in lines of this width, in pixels."""
        return self._row.heightForWidth(width)

    def put(self, *, trailing: bool) -> None:
        """Have lines begin, or end, where the page does."""
        self._row.put(trailing=trailing)

    def show_babies(self, babies: dict[BabyId, str]) -> None:
        """By whom photos can be chosen."""
        self._babies = babies

    def _beyond_chips(self) -> list[tuple[str, str, PhotoFilter]]:
        """What is chosen beyond kinds: a key, its words, and the rest without it."""
        now, found = self._filter, []
        if now.baby is not None and now.baby in self._babies:
            found.append(("baby", self._babies[now.baby], replace(now, baby=None)))
        if now.covered is not None:
            words = tr("Covered") if now.covered else tr("Not covered")
            found.append(("covered", words, replace(now, covered=None)))
        if now.in_book is not None:
            words = tr("In our book") if now.in_book else tr("Only me")
            found.append(("in-book", words, replace(now, in_book=None)))
        return found

    def _chosen_chip(self, key: str, words: str, rest: PhotoFilter) -> Button:
        chip = ChosenChip(
            words,
            lambda: self._want(rest),
            name=f"photos-on-{key}",
            says=tr("Press to show the other photos again"),
        )
        self._row.insertWidget(self._row.count() - 1, chip)
        chip.show()
        self.setTabOrder(chip, self._more)
        return chip

    def _toggle(self, kind: PhotoKind) -> None:
        self._want(replace(self._filter, kind=None if self._filter.kind is kind else kind))

    def _want(self, wanted: PhotoFilter) -> None:
        if wanted == self._filter:  # the press has changed how the chip looks
            self._all.setChecked(wanted == ALL)
            return
        self.wanted.emit(wanted)

    # the menu

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("photos-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = self._filter
        if self._short and self._has:
            kinds = [
                (name, replace(now, kind=kind)) for kind, name in kind_names().items() if kind in self._has
            ]
            self._submenu(menu, tr("Kind"), [(tr("Every kind"), replace(now, kind=None)), *kinds])
        if self._babies:
            everyone = (tr("Everyone"), replace(now, baby=None))
            babies = [(name, replace(now, baby=baby)) for baby, name in self._babies.items()]
            self._submenu(menu, tr("Of whom"), [everyone, *babies])
        if self._any:
            covers = (
                (tr("Covered or not"), replace(now, covered=None)),
                (tr("Covered"), replace(now, covered=True)),
                (tr("Not covered"), replace(now, covered=False)),
            )
            self._submenu(menu, tr("Covered"), covers)
            books = (
                (tr("All photos"), replace(now, in_book=None)),
                (tr("In our book"), replace(now, in_book=True)),
                (tr("Only me"), replace(now, in_book=False)),
            )
            self._submenu(menu, tr("For whom"), books)
            menu.addSeparator()
            self._add(menu, tr("Choose several photos"), self.choosingWanted.emit)
            self._add(menu, tr("Larger tiles"), lambda: self.sizeWanted.emit(1)).setShortcut(LARGER)
            self._add(menu, tr("Smaller tiles"), lambda: self.sizeWanted.emit(-1)).setShortcut(SMALLER)
            menu.addSeparator()
        self._add(menu, tr("Add a folder of photos…"), self.folderWanted.emit)
        self._add(menu, tr("Photos put away…"), self.drawerWanted.emit)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _submenu(self, menu: QMenu, title: str, entries: Iterable[tuple[str, PhotoFilter]]) -> None:
        sub = menu.addMenu(title)
        for text, wanted in entries:
            action = sub.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(wanted == self._filter)
            action.triggered.connect(lambda _, to=wanted: self._want(to))

    def _add(self, menu: QMenu, text: str, act: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda: act())
        return action
