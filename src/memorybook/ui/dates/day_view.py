"""The place to look at one day of the year: it is empty until somebody comes to it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryRow
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.ui.core import i18n, keepsake_words, messages, recording_words, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.dates import looking
from memorybook.ui.dates.cards import own_words
from memorybook.ui.dates.day_field import DayOfYearField
from memorybook.ui.dates.wording import baby_day_text, title_of
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import LineLabel, label
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.pictures import Picture

_TILE = (148, 112)
_YEAR = 56


class DayPage(QWidget):
    """Shows what :class:`DayPresenter` says. ``pageWanted`` carries a row, ``photoWanted`` an id."""

    backWanted = Signal()
    pageWanted = Signal(object)
    photoWanted = Signal(int)
    placeWanted = Signal(str)
    presenter: looking.DayPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(width=760)
        outer.addWidget(scroll)
        column = scroll.column
        self._back = Button(
            tr("Dates"), self.backWanted.emit, name="day-back", variant="quiet", icon="back"
        )
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(label(tr("On this day"), "title"))
        self._field = DayOfYearField(name="look")
        self._field.chosen.connect(self.look)
        self._field.missed.connect(self._miss)
        column.addWidget(self._field)
        self._notice = Notice(name="day-page-notice", passing=True)
        column.addWidget(self._notice)
        self._found = QVBoxLayout()
        self._found.setSpacing(theme.current().px(8))
        column.addLayout(self._found)
        column.addStretch(1)
        self._tiles: dict[PhotoId, Picture] = {}
        self._photos: FlowLayout | None = None
        self._more_photos: Button | None = None
        self._asked = (1, 1)
        self._seen = False

    def look(self, month: int, day: int) -> None:
        """Look a day up: at once, or when the page comes to be seen."""
        self._asked = (month, day)
        if self.isVisible():
            self.presenter.look(month, day)

    def _miss(self) -> None:
        """What was found of another day does not stand below this one."""
        self.presenter.leave()
        self._notice.say(tr("This month has no such day."))

    def take_focus(self) -> None:
        """The page is turned to."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._seen = True
            self.presenter.look(*self._asked)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._seen and not event.spontaneous():
            self._seen = False
            self.presenter.leave()

    # what the presenter says

    def show_looking(self, month: int, day: int) -> None:
        """A day is being looked up."""
        self._notice.hide()
        self.show_nothing()
        self._field.show_day(month, day)

    def show_nothing(self) -> None:
        """Let go of all that was found."""
        _empty(self._found)
        self._tiles.clear()
        self._photos, self._more_photos = None, None

    def show_found(self, found: looking.Found) -> None:
        """What there is of the day."""
        of_day = found.of_day
        if of_day.is_empty:
            date = i18n.day_text(VagueDate(None, found.month, found.day))
            nothing = label(tr("Your book has nothing of {date} in other years.").format(date=date), "soft")
            nothing.setObjectName("nothing-of-the-day")
            self._found.addWidget(nothing)
            return
        days = [
            (day, baby_day_text(which, found.called.get(baby.id, ""))) for baby, which, day in of_day.babies
        ]
        days += [(each.draft.day, each.draft.label.strip() or tr("Farewell")) for each in of_day.ceremonies]
        days += [(each.draft.day, title_of(each.draft)) for each in of_day.occasions]
        days.sort(key=lambda each: each[0].sort_key, reverse=True)
        if days:
            self._section(tr("Dates"))
            for day, text in days:
                self._found.addWidget(_row(day, own_words(text, "strong")))
        if of_day.pages:
            self._section(tr("Pages"))
            self._show_pages(of_day.pages)
        if of_day.photos:
            self._section(tr("Photos"))
            holder = QWidget()
            self._photos = FlowLayout(holder, gap=theme.current().px(10))
            self._found.addWidget(holder)
            self._more_photos = self._link(
                tr("Show more photos"), self._want_more_photos, "more-photos-of-the-day"
            )
            self._more_photos.hide()
        if of_day.recordings:
            self._section(tr("Recordings"))
            for recording in of_day.recordings:
                text = recording_words.title_of(recording)
                self._found.addWidget(_row(recording.draft.taken, own_words(text, "strong")))
            self._lead("recordings", tr("Go to Recordings"))
        if of_day.keepsakes:
            self._section(tr("Keepsakes"))
            for keepsake in of_day.keepsakes:
                text = keepsake_words.heading(keepsake.draft)
                self._found.addWidget(_row(keepsake.draft.day, own_words(text, "strong")))
            self._lead("keepsakes", tr("Go to Keepsakes"))

    def _section(self, title: str) -> None:
        if self._found.count():
            self._found.addSpacing(theme.current().px(14))
        self._found.addWidget(label(title, "section"))

    def _link(self, text: str, pressed: Callable[[], object], name: str) -> Button:
        link = Button(text, pressed, name=name, variant="link")
        self._found.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)
        return link

    def _lead(self, place: str, text: str) -> None:
        self._link(text, lambda: self.placeWanted.emit(place), f"of-the-day-{place}")

    def _show_pages(self, pages: Sequence[EntryRow]) -> None:
        """The first of them, and the others when somebody asks for them."""
        at = self._found.count()
        for number, row in enumerate(pages[: looking.AT_ONCE]):
            self._found.insertWidget(at + number, self._page(row))
        rest = pages[looking.AT_ONCE :]
        if rest:

            def show_rest() -> None:
                place = self._found.indexOf(more)
                self._found.removeWidget(more)
                more.hide()
                more.deleteLater()
                for number, row in enumerate(rest):
                    self._found.insertWidget(place + number, self._page(row))

            more = self._link(tr("Show more pages"), show_rest, "more-pages-of-the-day")

    def _page(self, row: EntryRow) -> QWidget:
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(2))
        title = row.title or (tr("A photo") if row.photo_count and not row.excerpt else tr("A page"))
        called = row.title or row.excerpt or title
        if row.title or not row.excerpt:
            column.addWidget(own_words(title, "strong"))
        if row.excerpt:
            column.addWidget(own_words(row.excerpt, "read"))
        read = Button(
            tr("Read"),
            lambda: self.pageWanted.emit(row),
            name=f"read-page-{row.id}",
            variant="link",
            says=tr("Read {title}").format(title=called),
        )
        column.addWidget(read, 0, Qt.AlignmentFlag.AlignLeading)
        return _row(row.day, words)

    def show_photos(self, photos: Sequence[Photo], *, more: bool) -> None:
        """Photos of the day, whose pixels come one by one."""
        if self._photos is None or self._more_photos is None:
            return
        for photo in photos:
            says = photo.description or photo.caption or tr("Photo")
            tile = Picture(name=f"photo-of-the-day-{photo.id}", says=says, edge=_TILE)
            tile.pressed.connect(self._opener(photo.id))
            tile.uncoverWanted.connect(self._uncoverer(photo.id))
            self._tiles[photo.id] = tile
            self._photos.addWidget(tile)
        self._more_photos.setVisible(more)

    def _opener(self, photo: PhotoId) -> Callable[[], None]:
        return lambda: self.photoWanted.emit(photo)

    def _uncoverer(self, photo: PhotoId) -> Callable[[], None]:
        return lambda: self.presenter.uncover(photo)

    def _want_more_photos(self) -> None:
        self.presenter.more_photos()

    def show_picture(self, photo: PhotoId, jpeg: bytes) -> None:
        """The pixels of one have come."""
        if (tile := self._tiles.get(photo)) is not None:
            tile.show_jpeg(jpeg)

    def show_covered(self, photo: Photo) -> None:
        """One is covered, or covered again."""
        if (tile := self._tiles.get(photo.id)) is not None:
            tile.show_covered(photo.caption)

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read."""
        self._notice.say(messages.sentence(error))


def _row(day: VagueDate, words: QWidget) -> QWidget:
    """The year, and what there is of it."""
    row = QWidget()
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(theme.current().px(12))
    year = LineLabel("" if day.year is None else str(day.year), "day")
    year.setMinimumWidth(theme.current().px(_YEAR))
    across.addWidget(year, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(words, 1)
    return row


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


if TYPE_CHECKING:
    _: type[looking.DayView] = DayPage
