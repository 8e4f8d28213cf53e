"""The make-a-book screen: the choices on one side, the open book on the other."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from memorybook.domain.book import Edition, KeptEdition, Preset
from memorybook.domain.ids import EditionId, PhotoId
from memorybook.domain.material import Came, Material
from memorybook.domain.photo import PhotoRow
from memorybook.errors import MemoryBookError
from memorybook.ui.book import edition_bar, pdf_password
from memorybook.ui.book import presenter as presenting
from memorybook.ui.book.covered import covered_surface
from memorybook.ui.book.findings import Findings
from memorybook.ui.book.findings_card import undrawn_text
from memorybook.ui.book.panel import BookPanel
from memorybook.ui.book.preview import BookPreview
from memorybook.ui.book.saving import Target
from memorybook.ui.book.selection import Figures, Section
from memorybook.ui.book.sheets import BookSheets
from memorybook.ui.book.wording import came_text
from memorybook.ui.core import dialogs, messages, theme
from memorybook.ui.core.i18n import tr

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
        self._saving = self._locked = False
        self._sheets = BookSheets(self)
        self.folder = Path.home()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.presenter.rest())
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._narrow = False
        self._panel = BookPanel(self._put, self._set)
        self._across.addWidget(self._panel)
        self._preview = BookPreview()
        self._preview.spread.pagesWanted.connect(self._want)
        self._preview.turned.connect(self._allow_saving)
        self._preview.uncoverWanted.connect(lambda: self.presenter.covering.uncover())
        self._preview.coverWanted.connect(lambda: self.presenter.covering.cover_again())
        self._across.addWidget(self._preview, 1)
        self._join()
        self._allow_saving()
        theme.current().changed.connect(self._fit)

    def _join(self) -> None:
        """What the parts of the panel do."""
        panel = self._panel
        panel.title.line.textEdited.connect(self._typed)
        panel.words.edited.connect(self._typed)
        panel.words.unfolded.connect(panel.scrolling.bring_into_view)
        panel.goes_in.oneByOneWanted.connect(
            lambda: self._sheets.choose_one_by_one(self.presenter, self._chosen)
        )
        panel.findings.describeWanted.connect(lambda: self._sheets.describe(self.presenter))
        panel.findings.softWanted.connect(lambda: self._sheets.look_at_soft(self.presenter))
        panel.password.clicked.connect(lambda on: self._set(with_password=on))
        panel.cover.chooseWanted.connect(lambda: self.presenter.choose_cover())
        panel.cover.takenOff.connect(lambda: self._set(cover=None))
        panel.bar.openWanted.connect(lambda kept: self.presenter.editions.open(kept))
        panel.bar.newWanted.connect(lambda: self.presenter.editions.begin())
        panel.bar.renameWanted.connect(self._rename)
        panel.bar.awayWanted.connect(self._put_away)
        panel.bar.drawerWanted.connect(lambda: self.presenter.editions.open_drawer())
        panel.save.clicked.connect(self._begin_saving)
        panel.stop.clicked.connect(lambda: self.presenter.saving.stop())

    def _fit(self) -> None:
        """The pages beside the choices; where there is little room for both, among them."""
        px = theme.current().px
        narrow = self.width() < px(_PANEL) + px(_PREVIEW)
        if narrow != self._narrow:
            self._narrow = narrow
            if narrow:
                self._panel.take_preview(self._preview)
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

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._pause.isActive():
            self._pause.stop()
            self.presenter.rest()

    # what the presenter says

    def show_material(self, material: Material) -> None:
        """What can go in."""
        self._panel.goes_in_caption.setVisible(not material.is_empty)
        self._panel.goes_in.setVisible(not material.is_empty)
        self._panel.made_for.show()
        self._panel.cover.show()
        self._preview.say_empty(empty=material.is_empty)

    def show_words(self, edition: Edition) -> None:
        """Fill in the words of an edition that is turned to."""
        self._panel.title.show_edition(edition)
        self._panel.words.show_edition(edition)

    def show_edition(self, edition: Edition, figures: Mapping[Section, Figures]) -> None:
        """What is set, and how many of each section are in."""
        panel, presenter = self._panel, self.presenter
        days = bool(presenter.material.days)
        panel.goes_in.show_edition(edition, figures, dates=days, covered=presenter.has_covered)
        panel.made_for.show_edition(edition)
        panel.password.setVisible(edition.preset is not Preset.PRESS)  # a print service has to open it
        panel.password.setChecked(edition.with_password)
        panel.say_locked(locked=edition.with_password)

    def show_editions(
        self, editions: tuple[KeptEdition, ...], current: EditionId | None, *, put_away: bool
    ) -> None:
        """Those that are kept, which of them is being made, and whether others were put away."""
        self._panel.bar.show_editions(editions, current, put_away=put_away)

    def show_came(self, came: Came) -> None:
        """What has come since the edition was looked through; maybe nothing."""
        if not len(came):
            self._panel.came.hide()
            return
        presenter = self.presenter
        self._panel.came.say(came_text(came), action=tr("Put it in"), acts=lambda: presenter.add_new(came))

    def show_cover_picture(self, photo: PhotoId | None, jpeg: bytes) -> None:
        """The picture on the cover, or none."""
        if photo is None:
            self._panel.cover.show_none()
        else:
            self._panel.cover.show_picture(jpeg)

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """A small picture that was asked for has come."""
        self._sheets.show_thumbnail(photo, jpeg)

    def take_over(self, other: "BookPage") -> None:
        """Go on with what was set on another page of this kind, which is about to be gone."""
        self.presenter.hand.take_over(other.presenter.hand)
        self.folder = other.folder

    @property
    def is_drawn(self) -> bool:
        """Whether every page in view has been drawn."""
        waits = self._pause.isActive() or self.presenter.pages.is_busy
        return self._preview.spread.is_drawn and not waits

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

    def page_in_view(self) -> int:
        """The page that is looked at."""
        return self._preview.spread.first

    def show_page_count(
        self, count: int, width_mm: float, height_mm: float, *, at: int, whole: bool
    ) -> None:
        """The pages have been made anew, or those around the one that is looked at."""
        self._preview.show_count(count, width_mm, height_mm, at=at, whole=whole)

    def show_making(self, *, making: bool) -> None:
        """Whether pages are being made."""
        self._preview.say_making(making=making)

    def show_page(self, index: int, png: bytes) -> None:
        """One page, counted from 0."""
        self._preview.spread.show_page(index, png)

    def show_saving(self, done: int, total: int) -> None:
        """The PDF is being made; so many photographs of so many are in."""
        self._saving = True
        panel = self._panel
        panel.notice.hide()
        making = tr("Making the PDF…")
        panel.save.setText(tr("Photo {done} of {total}…").format(done=done, total=total) if done else making)
        panel.progress.setRange(0, total)  # without photographs there is no telling: the bar runs
        panel.progress.setValue(done)
        panel.progress.show()
        panel.stop.show()
        self._allow_saving()

    def show_saved(self, path: Path, cover: Path | None) -> None:
        """The PDF is where it was asked for."""
        self._rest()
        folder = path.parent.name or str(path.parent)
        said = [tr("Saved as {name} in {folder}.").format(name=path.name, folder=folder)]
        if cover is not None:
            said.append(tr("Its cover is {name}.").format(name=cover.name))
        if self._locked:
            said.append(tr("It opens with its password alone."))
        else:
            said.append(tr("This file is not locked: keep it where you would keep a letter."))
        self._panel.notice.say(" ".join(said))

    def show_stopped(self) -> None:
        """The person stopped it."""
        self._rest()
        self._panel.notice.say(tr("The PDF was not made. Nothing of it was left behind."))

    def show_problem(self, error: MemoryBookError) -> None:
        """Pages or the PDF could not be made."""
        if not self.presenter.saving.is_running:  # else it is of something beside it
            self._rest()
        self._panel.notice.say(messages.sentence(error))

    def _rest(self) -> None:
        self._saving = False
        self._panel.save.setText(tr("Save as PDF…"))
        self._panel.progress.hide()
        self._panel.stop.hide()
        self._allow_saving()

    def _allow_saving(self) -> None:
        self._panel.save.setEnabled(self._preview.has_pages and not self._saving)

    # what the person chooses

    def _typed(self) -> None:
        self.presenter.set_words({"title": self._panel.title.text().strip(), **self._panel.words.words()})
        self._changed()

    def _set(self, **change: object) -> None:
        self._change(replace(self.presenter.edition, **change))  # type: ignore[arg-type]  # each of its kind

    def _change(self, edition: Edition) -> None:
        self.presenter.change(edition)
        self._changed()

    def _put(self, section: Section, on: bool, /) -> None:
        self.presenter.set_section(section, on=on)
        self._changed()

    def _changed(self) -> None:
        self._panel.notice.hide()  # what it says is of the book as it was
        self._pause.start()

    def _chosen(self, edition: Edition) -> None:
        """It was chosen one by one, so all that there is was looked through."""
        self.presenter.change(edition, seen=True)
        self._panel.came.hide()
        self._changed()

    def ask_cover(self, rows: tuple[PhotoRow, ...]) -> None:
        """Have the person choose a picture for the cover, from these."""
        self._sheets.ask_cover(rows, self.presenter, lambda photo: self._set(cover=photo))

    def ask_drawer(self, editions: tuple[KeptEdition, ...]) -> None:
        """Show the editions that were put away."""
        kept = self.presenter.editions
        edition_bar.PutAwaySheet(self, editions, back=kept.bring_back, destroy=kept.destroy)

    def show_findings(self, findings: Findings) -> None:
        """What is worth a look before it is saved; maybe nothing."""
        self._panel.findings.show_findings(findings)

    def _rename(self) -> None:
        edition_bar.ask_name(self, self.presenter.hand.name, self.presenter.hand.rename)

    def _put_away(self) -> None:
        edition = self.presenter.hand.id
        if edition is not None:
            self.presenter.editions.put_away(edition)
            self._panel.notice.say(
                tr("The book was put away. What stands in it stays where it is."),
                action=tr("Bring it back"),
                acts=lambda: self.presenter.editions.bring_back(edition),
            )

    # saving

    def _want(self, first: int, number: int, ppi: float) -> None:
        for page in range(first, first + number):
            self.presenter.want_page(page, ppi)

    def _begin_saving(self) -> None:
        if not self.presenter.findings.undrawn:
            self._ask_password()
            return
        dialogs.ask(
            self,
            tr("Some signs cannot be printed"),
            undrawn_text(self.presenter.findings.undrawn),
            yes=tr("Save it all the same"),
            no=tr("Not now"),
            name="book-undrawn-ask",
            agreed=self._ask_password,
        )

    def _ask_password(self) -> None:
        if self.presenter.edition.with_password:
            pdf_password.ask(self, self._choose_place)
        else:
            self._choose_place(None)

    def _choose_place(self, password: str | None) -> None:
        self.presenter.pages.prepare()
        place = self.folder / "Memory Book.pdf"
        dialogs.choose_pdf(self, place, lambda path: self._save_at(path, password))

    def _save_at(self, path: Path, password: str | None) -> None:
        self.folder = path.parent
        self._locked = password is not None  # of this file, whatever is set while it is made
        self.presenter.save(Target(path, _beside(path), password))


def _beside(path: Path) -> Path:
    """Where the cover goes: beside the book, and never onto a file that is there."""
    name = tr("{name}, cover").format(name=path.stem)
    found, number = path.with_name(f"{name}.pdf"), 2
    while found.exists():
        found, number = path.with_name(f"{name} {number}.pdf"), number + 1
    return found


if TYPE_CHECKING:
    _: type[presenting.BookView] = BookPage
