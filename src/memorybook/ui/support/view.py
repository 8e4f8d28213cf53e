"""The support pane: a crisis line that is always there, and four pages below it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from memorybook.domain.support import Country, Organisation
from memorybook.errors import MemoryBookError, SupportListDamaged
from memorybook.services.support import Support
from memorybook.ui.core import clipboard, dialogs, paper, theme
from memorybook.ui.core.delivery import Run
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.tasks import delivery_to
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.notice import Notice
from memorybook.ui.support import presenter as presenting
from memorybook.ui.support import tongue, wording
from memorybook.ui.support.card import Uses
from memorybook.ui.support.crisis import CrisisLine
from memorybook.ui.support.found_page import FoundPage
from memorybook.ui.support.grids import NARROW
from memorybook.ui.support.head import Head
from memorybook.ui.support.parts import FlowRow, empty, tall_as_needed, wrapped
from memorybook.ui.support.people import Help
from memorybook.ui.support.people_page import PeoplePage
from memorybook.ui.support.reading_page import ReadingPage
from memorybook.ui.support.tongue import tr
from memorybook.ui.support.ways import Way

_WIDEST = 1100


class SupportPage(QWidget):
    """Needs no book. With ``closed`` there is a way back, which emits ``backWanted``.

    ``run`` does what takes a moment off this thread.
    """

    backWanted = Signal()

    def __init__(
        self,
        support: Support,
        device: DeviceSettings,
        *,
        run: Run,
        closed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder = Path.home()
        self._closed = closed
        self._uses = Uses(copy=self._copy, follow=self._follow)
        self._copied: Button | None = None
        self._part: PeoplePage | ReadingPage | FoundPage | None = None
        self._scroll: ScrollColumn | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        here = QLocale()
        self.presenter = presenting.SupportPresenter(
            self,
            support=support,
            device=device,
            locale=here.name(),
            proposed=tongue.proposed(here.uiLanguages(), tongue.languages()),
            words_for=wording.found_by,
            run=run,
            deliver=delivery_to(self),
        )

    def _build(self) -> None:
        """Everything that stands there whatever is looked at."""
        empty(self._outer)
        self._part, self._copied = None, None
        self._scroll = ScrollColumn(width=_WIDEST)
        column = self._scroll.column
        self._head = Head(closed=self._closed)
        self._head.backWanted.connect(self.backWanted)
        self._head.lookedFor.connect(self.presenter.look_for)
        self._head.entered.connect(self._go_to_first)
        self._head.countryChosen.connect(self.presenter.choose_country)
        self._head.languageChosen.connect(self._choose_language)
        column.addWidget(self._head)
        self._notice = Notice(name="support-notice", passing=True, away=tr("Put this message away"))
        column.addWidget(self._notice)
        self._crisis = CrisisLine(self._uses)
        column.addWidget(self._crisis)
        self._pages = FlowRow(gap=8)
        self._page_group = QButtonGroup(self._pages)
        column.addWidget(self._pages)
        place = QWidget()  # of its own, so that what comes into it later is read before what stands below
        tall_as_needed(place)
        self._body = QVBoxLayout(place)
        self._body.setContentsMargins(0, 0, 0, 0)
        column.addWidget(place)
        self._foot = wrapped(
            tr(
                "This page is part of the app and works with no connection. The country and the language you "
                "choose are remembered on this computer. Nothing you look at here is recorded or sent."
            ),
            "small",
        )
        column.addWidget(self._foot)
        column.addStretch(1)
        self._outer.addWidget(self._scroll)
        self._scroll.show()  # now: what is put into a window that is open would come a moment later

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return
        self.presenter.show()
        if self._closed:
            self._head.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.presenter.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._closed and event.key() == Qt.Key.Key_Escape:
            self.backWanted.emit()
        else:
            super().keyPressEvent(event)

    # what the presenter says

    def speak(self, language: str) -> None:
        """Everything is made anew in this language."""
        tongue.speak(language)
        self._build()

    def show_choices(self, countries: Sequence[Country], pages: Sequence[tuple[str, str]]) -> None:
        """The countries and the pages that can be chosen."""
        self._head.show_countries(countries)
        for page, title in pages:
            chip = Button(
                title or tr("People to talk to"),
                partial(self._turn_to, page),
                name=f"support-page-{page}",
                variant="chip",
            )
            chip.setCheckable(True)
            self._page_group.addButton(chip)
            self._pages.add(chip)
        self._arrange()

    def show_country(
        self, country: Country, crisis: Organisation | None, finder: Organisation | None
    ) -> None:
        """The country that is chosen now, and its crisis line, or who knows of one where none is listed."""
        self._copied = None
        self._notice.hide()
        self._head.country.setCurrentIndex(self._head.country.findData(country.code))
        self._crisis.show_line(crisis, country, finder)
        before: QWidget = self._head.country
        for button in self._crisis.buttons():  # made later than the chips below, and reached before them
            QWidget.setTabOrder(before, button)
            before = button

    def show_page(self, page: str) -> None:
        """The page that is chosen now; none while what was found is shown."""
        self._page_group.setExclusive(bool(page))
        for chip in self._page_group.buttons():
            chip.setChecked(chip.objectName() == f"support-page-{page}")

    def show_help(self, shown: Help) -> None:
        """People to talk to."""
        if not isinstance(self._part, PeoplePage):
            self._show(PeoplePage(self._uses, choose=self.presenter.choose_topic))
        if isinstance(self._part, PeoplePage):
            self._part.show_help(shown)

    def show_reading(self, shown: presenting.Reading) -> None:
        """A page to read."""
        self._show(ReadingPage(shown, hand_over=self._choose_place))

    def show_found(self, shown: presenting.Found) -> None:
        """What has the words in it that were looked for."""
        self._show(FoundPage(shown, self._uses))

    def forget(self) -> None:
        """Nothing on the screen tells what was looked at."""
        if self._scroll is not None:
            self._head.search.forget()
            self._copied, self._part = None, None
            empty(self._body)

    def show_problem(self, error: SupportListDamaged) -> None:
        """The list cannot be read; the emergency number is what is left to say."""
        if self._scroll is None:
            self._build()
        for hidden in (self._head.search, self._head.country, self._crisis, self._pages):
            hidden.hide()
        self._notice.say(wording.problem_text(error))

    def show_saving(self) -> None:
        """The page to hand over is being made."""
        self._notice.hide()
        self._rest(tr("Making the PDF…"), ready=False)

    def show_saved(self, name: str) -> None:
        """It is where it was asked for."""
        self._rest(tr("A page to hand over"), ready=True)
        self._say(tr("Saved as {name}. It says nothing about you or your book.").format(name=name))

    def show_not_saved(self, error: MemoryBookError) -> None:
        """It is not."""
        self._rest(tr("A page to hand over"), ready=True)
        self._say(wording.problem_text(error))

    def _say(self, text: str) -> None:
        self._notice.say(text)
        if self._scroll is not None:
            self._scroll.bring_into_view(self._notice)

    def _rest(self, text: str, *, ready: bool) -> None:
        button = self._part.handing if isinstance(self._part, ReadingPage) else None
        if button is not None:
            button.setText(text)
            button.setEnabled(ready)

    def _show(self, part: PeoplePage | ReadingPage | FoundPage) -> None:
        self._copied = None
        empty(self._body)
        self._part = part
        self._body.addWidget(part)
        part.arrange(self.width())
        part.show()

    def _arrange(self) -> None:
        if self._scroll is None:
            return
        room, px = self.width(), theme.current().px
        side = px(16 if room < px(NARROW) else 40)
        self._scroll.set_margins(side, px(24), side, px(40))
        self._head.arrange(room)
        if self._part is not None:
            self._part.arrange(room)

    # what the person does

    def _turn_to(self, page: str) -> None:
        self._head.search.forget()
        self.presenter.choose_page(page)

    def _choose_language(self, code: str) -> None:
        self.presenter.choose_language(code)
        self._head.language.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_first(self) -> None:
        first = self._part.first_way() if isinstance(self._part, FoundPage) else None
        if first is not None and self._scroll is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.bring_into_view(first)

    def _choose_place(self) -> None:
        name = tr("A page to hand over")
        dialogs.choose_pdf(self, self.folder / f"{name}.pdf", self._save_at, title=name)

    def _save_at(self, path: Path) -> None:
        self.folder = path.parent
        self.presenter.save_handover(path, "letter" if paper.holds_letter() else "a4")

    def _copy(self, way: Way, button: Button) -> None:
        clipboard.current().copy_public(way.address)
        if self._copied is not None:
            self._copied.setText(tr("Copy"))
        button.setText(tr("Copied"))
        self._copied = button

    def _follow(self, way: Way) -> None:
        dialogs.ask(
            self,
            way.shown,
            f"{tr('This opens your web browser. The page will see that you visited it.')}\n\n{way.address}",
            yes=tr("Open"),
            no=tr("Not now"),
            name="open-website",
            agreed=lambda: self._open(way),
        )

    def _open(self, way: Way) -> None:
        if not QDesktopServices.openUrl(QUrl(way.address)):
            self._notice.say(
                tr("The web browser could not be opened. The address is {address}.").format(
                    address=way.address
                )
            )


if TYPE_CHECKING:
    _: type[presenting.SupportView] = SupportPage
