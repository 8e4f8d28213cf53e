"""The make-a-book screen: the choices on one side, the open book on the other."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from memorybook.domain.book import PageSize
from memorybook.domain.entry import EntryRow
from memorybook.domain.ids import EntryId
from memorybook.errors import MemoryBookError
from memorybook.ui.book import presenter as presenting
from memorybook.ui.book.check_list import CheckList
from memorybook.ui.book.spread import Spread
from memorybook.ui.core import dialogs, i18n, messages, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.kit.notice import Notice

_PAUSE_MS = 250
_ID = Qt.ItemDataRole.UserRole + 1


class BookPage(QWidget):
    """Shows what :class:`BookPresenter` says."""

    presenter: presenting.BookPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "linen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._filling = self._saving = False
        self._folder = Path.home()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.presenter.typeset())
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._panel = self._make_panel()
        across.addWidget(self._panel)
        across.addLayout(self._make_preview(), 1)

    def _make_panel(self) -> QFrame:
        px = theme.current().px
        panel = surface("panel")
        outer = QVBoxLayout(panel)
        outer.setContentsMargins(0, 0, 0, px(20))
        scroll = ScrollColumn()
        scroll.set_margins(px(26), px(24), px(26), px(12))
        outer.addWidget(scroll, 1)
        column = scroll.column
        column.addWidget(label(tr("Make a book"), "title"))
        self._title = LabelledLine(tr("Title on the cover"), name="book-title")
        self._dedication = LabelledLine(tr("A line inside, if you like"), name="book-dedication")
        for line in (self._title, self._dedication):
            line.line.textChanged.connect(self._changed)
            column.addWidget(line)
        self._choices = QWidget()
        choices = QVBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        self._count = label(tr("What goes in"), "field")
        self._count.setObjectName("book-count")
        head.addWidget(self._count, 1)
        head.addWidget(
            Button(
                tr("All"),
                lambda: self._check_all(on=True),
                name="book-all",
                variant="link",
                says=tr("Choose every page"),
            )
        )
        head.addWidget(
            Button(
                tr("None"),
                lambda: self._check_all(on=False),
                name="book-none",
                variant="link",
                says=tr("Leave every page out"),
            )
        )
        choices.addLayout(head)
        self._model = QStandardItemModel(self)
        self._model.itemChanged.connect(self._changed)
        self._list = CheckList()
        self._list.setObjectName("book-entries")
        self._list.setAccessibleName(tr("What goes in"))
        self._list.setProperty("surface", "card")
        self._list.setModel(self._model)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumHeight(px(210))
        self._list.toggled.connect(self._toggle)
        choices.addWidget(self._list, 1)
        column.addWidget(self._choices, 1000)
        self._nothing = label(tr("What you write can be chosen here."), "soft")
        column.addWidget(self._nothing)
        self._dates = QCheckBox(tr("The days you keep"))
        self._dates.setObjectName("book-dates")
        self._dates.setChecked(True)
        self._dates.toggled.connect(self._changed)
        column.addWidget(self._dates)
        column.addWidget(label(tr("Page"), "field"))
        column.addLayout(self._sizes())
        note = surface("quiet")
        held = QVBoxLayout(note)
        held.setContentsMargins(px(14), px(10), px(14), px(10))
        held.addWidget(
            label(
                tr(
                    "The PDF is an ordinary file that anyone holding it can open. "
                    "It leaves the locked book only when you save it."
                ),
                "small",
            )
        )
        column.addWidget(note)
        self._notice = Notice(name="book-notice")
        column.addWidget(self._notice)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(26), 0, px(26), 0)
        self._save = Button(tr("Save as PDF…"), self._choose_place, name="save-pdf", variant="primary")
        foot.addWidget(self._save)
        outer.addLayout(foot)
        theme.current().changed.connect(self._fit)
        return panel

    def _sizes(self) -> FlowLayout:
        chips = FlowLayout(gap=theme.current().px(8))
        self._size_group = QButtonGroup(self)
        self._size_group.setExclusive(True)
        names = {PageSize.A5: tr("A5 book"), PageSize.A4: tr("A4"), PageSize.LETTER: tr("Letter")}
        for number, size in enumerate(PageSize):
            chip = Button(names[size], name=f"book-size-{size.value}", variant="chip")
            chip.setCheckable(True)
            chip.setChecked(size is PageSize.A5)
            self._size_group.addButton(chip, number)
            chips.addWidget(chip)
        self._size_group.idClicked.connect(self._changed)
        return chips

    def _make_preview(self) -> QVBoxLayout:
        px = theme.current().px
        column = QVBoxLayout()
        column.setContentsMargins(px(12), px(20), px(12), px(20))
        self._spread = Spread()
        self._spread.pagesWanted.connect(self._want)
        self._spread.turned.connect(self._show_place)
        column.addWidget(self._spread, 1)
        self._empty = label(tr("Choose what goes in, and the pages appear here."), "soft")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._empty, 1)
        turning = QHBoxLayout()
        turning.addStretch(1)
        self._before = Button(
            "",
            lambda: self._spread.turn(-1),
            name="book-before",
            variant="quiet",
            icon="previous",
            tint="ink_soft",
            says=tr("Turn back"),
        )
        self._place = label("", "soft", wraps=False)
        self._place.setObjectName("book-place")
        self._after = Button(
            "",
            lambda: self._spread.turn(1),
            name="book-after",
            variant="quiet",
            icon="next",
            tint="ink_soft",
            says=tr("Turn over"),
        )
        for widget in (self._before, self._place, self._after):
            turning.addWidget(widget)
        turning.addStretch(1)
        column.addLayout(turning)
        self._show_place()
        return column

    def _fit(self) -> None:
        self._panel.setFixedWidth(min(theme.current().px(344), max(self.width() * 45 // 100, 280)))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands over its own event
        self._fit()

    # what the presenter says

    def show_entries(self, rows: Sequence[EntryRow], title: str) -> None:
        """What can go in. A choice made before stays, new pages come in as they are marked."""
        self._filling = True
        before = {self._id(item): item.checkState() for item in self._items()}
        self._model.clear()
        for row in rows:
            when = i18n.short_day(row.day)
            text = row.title or row.excerpt or tr("A photo")
            item = QStandardItem(f"{when} · {text}" if when else text)
            marked = Qt.CheckState.Checked if row.in_book else Qt.CheckState.Unchecked
            item.setCheckState(before.get(row.id, marked))
            item.setCheckable(False)  # the whole line is the target, see CheckList
            item.setData(row.id, _ID)
            item.setData(
                ", ".join(p for p in (i18n.day_text(row.day), text) if p), Qt.ItemDataRole.AccessibleTextRole
            )
            self._model.appendRow(item)
        if not self._title.text():
            self._title.line.setText(title)
        self._filling = False
        self._choices.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._show_count()

    def choices(self) -> presenting.Choices:
        """What is set on the screen now."""
        return presenting.Choices(
            title=self._title.text().strip(),
            dedication=self._dedication.text().strip(),
            chosen=frozenset(
                self._id(item) for item in self._items() if item.checkState() is Qt.CheckState.Checked
            ),
            with_dates=self._dates.isChecked(),
            page_size=list(PageSize)[self._size_group.checkedId()],
        )

    @property
    def is_drawn(self) -> bool:
        """Whether every page in view has been drawn."""
        return self._spread.is_drawn

    def show_nothing_chosen(self) -> None:
        """There is nothing to make pages of."""
        self._spread.clear()

    def show_page_count(self, count: int) -> None:
        """The pages have been made anew."""
        self._spread.show_count(count, self.choices().page_size.value)

    def show_page(self, index: int, png: bytes) -> None:
        """One page, counted from 0."""
        self._spread.show_page(index, png)

    def show_saving(self, done: int, total: int) -> None:
        """The PDF is being made; so many photographs of so many are in."""
        self._saving = True
        self._notice.hide()
        self._save.setEnabled(False)
        making = tr("Making the PDF…")
        self._save.setText(tr("Photo {done} of {total}…").format(done=done, total=total) if done else making)

    def show_saved(self, path: Path) -> None:
        """The PDF is where it was asked for."""
        self._rest()
        self._notice.say(
            tr("Saved as {name}. This file is not locked: keep it where you would keep a letter.").format(
                name=path.name
            )
        )

    def show_problem(self, error: MemoryBookError) -> None:
        """Pages or the PDF could not be made."""
        self._rest()
        self._notice.say(messages.sentence(error))

    def _rest(self) -> None:
        self._saving = False
        self._save.setEnabled(bool(self._spread.shown()))
        self._save.setText(tr("Save as PDF…"))

    # what the person does

    def _items(self) -> list[QStandardItem]:
        return [self._model.item(row) for row in range(self._model.rowCount())]

    @staticmethod
    def _id(item: QStandardItem) -> EntryId:
        return EntryId(item.data(_ID))

    def _toggle(self, row: int) -> None:
        item = self._model.item(row)
        checked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    def _check_all(self, *, on: bool) -> None:
        self._filling = True
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._filling = False
        self._changed()

    def _changed(self) -> None:
        if not self._filling:
            self._show_count()
            self._pause.start()

    def _show_count(self) -> None:
        total = self._model.rowCount()
        chosen = len(self.choices().chosen)
        self._count.setText(tr("What goes in: {chosen} of {total}").format(chosen=chosen, total=total))

    def _want(self, first: int, number: int, ppi: float) -> None:
        for page in range(first, first + number):
            self.presenter.want_page(page, ppi)

    def _show_place(self) -> None:
        shown = self._spread.shown()
        self._empty.setVisible(not shown)
        self._spread.setVisible(bool(shown))
        for button, step in ((self._before, -1), (self._after, 1)):
            button.setEnabled(self._spread.can_turn(step))
        self._save.setEnabled(bool(shown) and not self._saving)
        total = self._spread.count
        if len(shown) == 2:
            text = tr("pages {first}–{last} of {total}").format(
                first=shown[0] + 1, last=shown[1] + 1, total=total
            )
        elif shown:
            text = tr("page {first} of {total}").format(first=shown[0] + 1, total=total)
        else:
            text = ""
        self._place.setText(text)
        self._spread.setAccessibleName(tr("The pages of the book"))
        self._spread.setAccessibleDescription(text)

    def _choose_place(self) -> None:
        dialogs.choose_pdf(self, self._folder / "Memory Book.pdf", self._save_at)

    def _save_at(self, path: Path) -> None:
        self._folder = path.parent
        self.presenter.save(path)


if TYPE_CHECKING:
    _: type[presenting.BookView] = BookPage
