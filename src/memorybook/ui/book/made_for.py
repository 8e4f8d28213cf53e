"""What the PDF is for, and how its pages look: preset, size, style, chapters, and what each of them needs."""

from collections.abc import Callable

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.domain.book import Edition, PageSize, Preset, Purpose
from memorybook.ui.book import wording
from memorybook.ui.book.chip_row import ChipRow
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.labels import label


class MadeFor(QWidget):
    """``edited`` gets what the person set, by the names that an edition has for it."""

    def __init__(self, edited: Callable[..., object]) -> None:
        super().__init__()
        self._set = edited
        self._edition: Edition | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(14))
        self._preset = ChipRow(
            tr("What it is for"), wording.preset_names(), name="book-for", chosen=self._made_for
        )
        self._size = ChipRow(
            tr("Page"), wording.size_names(), name="book-size", chosen=lambda size: edited(page_size=size)
        )
        self._sheets = ChipRow(
            tr("Folded from"),
            wording.booklet_names(),
            name="book-sheets",
            chosen=lambda size: edited(page_size=size),
        )
        self._paper = ChipRow(
            tr("Its paper, for the width of the spine"),
            wording.paper_names(),
            name="book-paper",
            chosen=lambda paper: edited(paper=paper),
        )
        self._large = CheckBox(tr("Large letters"), name="book-large")
        self._large.clicked.connect(lambda on: edited(large_print=on))
        self._booklet = CheckBox(tr("As a booklet, to be folded"), name="book-booklet")
        self._booklet.clicked.connect(self._fold)
        self._style = ChipRow(
            tr("Style"), wording.style_names(), name="book-style", chosen=lambda style: edited(style=style)
        )
        self._chapters = ChipRow(
            tr("Chapters"),
            wording.chapter_names(),
            name="book-chapters",
            chosen=lambda chapters: edited(chapters=chapters),
        )
        self._about = label("", "small")
        self._about.setObjectName("book-for-about")
        for part in (
            self._preset, self._about, self._size, self._booklet, self._sheets, self._large, self._paper,
            self._style, self._chapters,
        ):  # fmt: skip
            column.addWidget(part)

    def show_edition(self, edition: Edition) -> None:
        """Show what is set."""
        self._edition = edition
        home, press = edition.preset is Preset.HOME, edition.preset is Preset.PRESS
        folded = home and edition.booklet
        self._preset.mark(edition.preset)
        self._size.offer(wording.SIZES[edition.preset])
        self._size.mark(edition.page_size)
        self._size.setVisible(not folded)
        self._sheets.setVisible(folded)
        if folded:
            self._sheets.mark(edition.page_size)
        self._paper.mark(edition.paper)
        self._paper.setVisible(press)
        for box, on in ((self._large, edition.large_print), (self._booklet, edition.booklet)):
            box.setVisible(home)
            box.setChecked(on)
        self._style.mark(edition.style)
        self._chapters.mark(edition.chapters)
        about = _about(edition)
        self._about.setText(about)
        self._about.setVisible(bool(about))

    def _made_for(self, preset: Preset) -> None:
        if self._edition is not None:
            folds = preset is Preset.HOME and self._edition.booklet
            self._turn_to(Purpose.BOOKLET if folds else Purpose(preset.value))

    def _fold(self, on: bool) -> None:
        self._turn_to(Purpose.BOOKLET if on else Purpose.HOME)

    def _turn_to(self, purpose: Purpose) -> None:
        if self._edition is None:
            return
        offered = wording.sizes_for(purpose)
        turned = self._edition.for_purpose(purpose, offered, _first(offered))
        self._set(
            preset=turned.preset,
            booklet=turned.booklet,
            page_size=turned.page_size,
            sizes=turned.sizes,
            with_password=turned.preset is not Preset.PRESS and turned.with_password,
        )


def _first(sizes: tuple[PageSize, ...]) -> PageSize:
    """What is at hand where the person lives."""
    inches = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    local = {PageSize.LETTER, PageSize.DIGEST} if inches else set()
    return next((size for size in sizes if size in local), sizes[0])


def _about(edition: Edition) -> str:
    """What is good to know of what it is for."""
    if edition.preset is Preset.PRESS:
        return tr(
            "Pages with room around them to be cut, and a cover in a file of its own. Print services differ: "
            "look at what yours asks for."
        )
    if edition.preset is Preset.HOME and edition.booklet:
        return tr("Print on both sides, turned over the short edge, then fold the sheets in the middle.")
    return ""
