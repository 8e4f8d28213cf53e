"""The make-a-book screen: the choices on one side, the open book on the other."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.book import PageSize
from memorybook.domain.ids import BabyId, CeremonyId, EntryId
from memorybook.errors import MemoryBookError
from memorybook.ui.book import presenter as presenting
from memorybook.ui.book.covered import covered_surface
from memorybook.ui.book.entry_choices import EntryChoices
from memorybook.ui.book.preview import BookPreview
from memorybook.ui.core import dialogs, messages, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.kit.notice import Notice

_PAUSE_MS = 250
_PANEL = 344
_PREVIEW = 260
_LOWEST = 320  # pixels as drawn: a page can be made out
_ANY_WIDTH = (1 << 24) - 1  # Qt's for "no limit"


class BookPage(QWidget):
    """Shows what :class:`BookPresenter` says."""

    presenter: presenting.BookPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "linen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._saving = False
        self.folder = Path.home()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.presenter.typeset())
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._narrow = False
        self._panel = self._make_panel()
        self._across.addWidget(self._panel)
        self._preview = BookPreview()
        self._preview.spread.pagesWanted.connect(self._want)
        self._preview.turned.connect(self._allow_saving)
        self._preview.uncoverWanted.connect(lambda: self.presenter.covering.uncover())
        self._preview.coverWanted.connect(lambda: self.presenter.covering.cover_again())
        self._across.addWidget(self._preview, 1)
        self._allow_saving()
        theme.current().changed.connect(self._fit)

    def _make_panel(self) -> QFrame:
        px = theme.current().px
        panel = surface("panel")
        outer = QVBoxLayout(panel)
        outer.setContentsMargins(0, 0, 0, px(20))
        scroll = self._scroll = ScrollColumn()
        scroll.set_margins(px(26), px(24), px(26), px(12))
        outer.addWidget(scroll, 1)
        column = scroll.column
        column.addWidget(label(tr("Make a book"), "title"))
        self._title = LabelledLine(tr("Title on the cover"), name="book-title")
        self._dedication = LabelledLine(tr("A line inside, if you like"), name="book-dedication")
        for line in (self._title, self._dedication):
            line.line.textEdited.connect(self._changed)
            column.addWidget(line)
        self.entries = EntryChoices()
        self.entries.changed.connect(self._changed)
        column.addWidget(self.entries, 1000)
        self._dates = CheckBox(tr("The days you keep"), name="book-dates")
        self._dates.setChecked(True)
        self._dates.toggled.connect(self._changed)
        column.addWidget(self._dates)
        self._covered = CheckBox(tr("Photos that are covered"), name="book-covered")
        self._covered.toggled.connect(self._changed)
        column.addWidget(self._covered)
        column.addWidget(label(tr("Page"), "field"))
        column.addLayout(self._sizes())
        column.addWidget(_not_locked())
        column.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(26), 0, px(26), 0)
        self._notice = Notice(name="book-notice", passing=True)
        foot.addWidget(self._notice)
        self._save = Button(tr("Save as PDF…"), self._choose_place, name="save-pdf", variant="primary")
        foot.addWidget(self._save)
        outer.addLayout(foot)
        return panel

    def _sizes(self) -> FlowLayout:
        chips = FlowLayout(gap=theme.current().px(8))
        self._size_group = QButtonGroup(self)
        self._size_group.setExclusive(True)
        names = {PageSize.A5: tr("A5 book"), PageSize.A4: tr("A4"), PageSize.LETTER: tr("Letter")}
        for number, size in enumerate(names):
            chip = Button(names[size], name=f"book-size-{size.value}", variant="chip")
            chip.setCheckable(True)
            chip.setChecked(size is PageSize.A5)
            self._size_group.addButton(chip, number)
            chips.addWidget(chip)
        self._size_group.idClicked.connect(self._changed)
        return chips

    def _fit(self) -> None:
        """The pages beside the choices; where there is little room for both, below them."""
        px = theme.current().px
        narrow = self.width() < px(_PANEL) + px(_PREVIEW)
        if narrow != self._narrow:
            self._narrow = narrow
            if narrow:
                self._scroll.column.addWidget(self._preview)
            else:
                self._across.addWidget(self._preview, 1)
        self._preview.setMinimumHeight(max(self.height() * 3 // 4, _LOWEST) if narrow else 0)
        if narrow:
            self._panel.setMinimumWidth(0)
            self._panel.setMaximumWidth(_ANY_WIDTH)
        else:
            self._panel.setFixedWidth(px(_PANEL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # what the presenter says

    def show_material(self, material: presenting.Material) -> None:
        """What can go in, and the words on the cover unless others were typed here."""
        self.entries.show_rows(material.rows, material.babies, material.ceremonies, material.word)
        if not self._title.text():
            self._title.line.setText(material.title)

    def choices(self) -> presenting.Choices:
        """What is set on the screen now."""
        chosen = self.entries.chosen()
        return presenting.Choices(
            title=self._title.text().strip(),
            dedication=self._dedication.text().strip(),
            chosen=frozenset(EntryId(number) for kind, number in chosen if kind == "entry"),
            babies=frozenset(BabyId(number) for kind, number in chosen if kind == "baby"),
            ceremonies=frozenset(CeremonyId(number) for kind, number in chosen if kind == "ceremony"),
            with_dates=self._dates.isChecked(),
            page_size=tuple(PageSize)[self._size_group.checkedId()],
            covered=self._covered.isChecked(),
        )

    def take_over(self, other: "BookPage") -> None:
        """Go on with what was set on another page of this kind, which is about to be gone."""
        set_before = other.choices()
        self._title.line.setText(set_before.title)
        self._dedication.line.setText(set_before.dedication)
        self._dates.setChecked(set_before.with_dates)
        self._covered.setChecked(set_before.covered)
        chip = self._size_group.button(tuple(PageSize).index(set_before.page_size))
        chip.setChecked(True)
        self.entries.remember(other.entries.states())
        self.folder = other.folder

    @property
    def is_drawn(self) -> bool:
        """Whether every page in view has been drawn."""
        return self._preview.spread.is_drawn

    def show_nothing_chosen(self) -> None:
        """There is nothing to make pages of."""
        self._preview.spread.clear()

    def covered_surface(self, width: int, height: int) -> bytes:
        """What stands on a page where a covered photo is."""
        return covered_surface(width, height)

    def show_covering(self, *, covered: bool, uncovered: bool) -> None:
        """Whether some photos on the pages are covered, and whether some are uncovered for now."""
        self._preview.show_covering(covered=covered, uncovered=uncovered)

    def forget_pages(self) -> None:
        """The pages are being made anew."""
        self._preview.spread.forget()

    def show_page_count(self, count: int) -> None:
        """The pages have been made anew."""
        self._preview.spread.show_count(count, self.choices().page_size.value)

    def show_page(self, index: int, png: bytes) -> None:
        """One page, counted from 0."""
        self._preview.spread.show_page(index, png)

    def show_saving(self, done: int, total: int) -> None:
        """The PDF is being made; so many photographs of so many are in."""
        self._saving = True
        self._notice.hide()
        making = tr("Making the PDF…")
        self._save.setText(tr("Photo {done} of {total}…").format(done=done, total=total) if done else making)
        self._allow_saving()

    def show_saved(self, path: Path) -> None:
        """The PDF is where it was asked for."""
        self._rest()
        said = tr("Saved as {name}. This file is not locked: keep it where you would keep a letter.")
        self._notice.say(said.format(name=path.name))

    def show_problem(self, error: MemoryBookError) -> None:
        """Pages or the PDF could not be made."""
        self._rest()
        self._notice.say(messages.sentence(error))

    def _rest(self) -> None:
        self._saving = False
        self._save.setText(tr("Save as PDF…"))
        self._allow_saving()

    def _allow_saving(self) -> None:
        self._save.setEnabled(self._preview.has_pages and not self._saving)

    # what the person does

    def _changed(self) -> None:
        self._notice.hide()  # what it says is of the book as it was
        self._pause.start()

    def _want(self, first: int, number: int, ppi: float) -> None:
        for page in range(first, first + number):
            self.presenter.want_page(page, ppi)

    def _choose_place(self) -> None:
        dialogs.choose_pdf(self, self.folder / "Memory Book.pdf", self._save_at)

    def _save_at(self, path: Path) -> None:
        self.folder = path.parent
        self.presenter.save(path)


def _not_locked() -> QFrame:
    """What to know before saving, said where it is decided."""
    px = theme.current().px
    note = surface("quiet")
    held = QVBoxLayout(note)
    held.setContentsMargins(px(14), px(10), px(14), px(10))
    words = tr(
        "The PDF is an ordinary file that anyone holding it can open. "
        "It leaves the locked book only when you save it."
    )
    held.addWidget(label(words, "small"))
    return note


if TYPE_CHECKING:
    _: type[presenting.BookView] = BookPage
