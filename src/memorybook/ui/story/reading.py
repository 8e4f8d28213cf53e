"""One page to read: its day, its title, its pictures and words, and the way to the next."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.entry import Entry, EntryKind
from memorybook.domain.ids import PhotoId, RecordingId
from memorybook.domain.photo import Photo
from memorybook.domain.search import Query
from memorybook.services import markup
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.pictures import Picture
from memorybook.ui.kit.player import Playable
from memorybook.ui.kit.recording_cards import RecordingCards
from memorybook.ui.story import marking

PREVIOUS_KEY = QKeySequence("Alt+Up")
NEXT_KEY = QKeySequence("Alt+Down")

_NARROW = 520


class ReadingPane(QWidget):
    """Shows one entry. Each of its buttons has a signal. ``play`` opens a recording to be played."""

    play: Callable[[RecordingId], Playable]

    editWanted = Signal()
    deleteWanted = Signal()
    saveWanted = Signal()
    previousWanted = Signal()
    nextWanted = Signal()
    backWanted = Signal()
    uncoverWanted = Signal(int)
    coverWanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(width=640)
        outer.addWidget(self._scroll)
        column = self._scroll.column
        column.setSpacing(px(10))
        self._back = Button(
            tr("All pages"),
            self.backWanted.emit,
            name="reading-back",
            variant="link",
            icon="back",
            tint="dusk",
        )
        self._back.hide()
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeading)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line = label("", "soft")
        self._line.setObjectName("reading-line")
        self._top.addWidget(self._line, 1)
        top = QHBoxLayout()
        self._previous = self._arrow("previous", tr("The page before"), PREVIOUS_KEY, self.previousWanted)
        self._next = self._arrow("next", tr("The page after"), NEXT_KEY, self.nextWanted)
        self._shown: dict[PhotoId, Picture] = {}
        self._covers: dict[PhotoId, Button] = {}
        self._coverable: set[PhotoId] = set()
        self._edit = Button(tr("Change this page"), self.editWanted.emit, name="reading-edit", variant="link")
        for button in (self._edit, self._previous, self._next):
            top.addWidget(button)
        top.addStretch(1)
        self._top.addLayout(top)
        column.addLayout(self._top)
        self._title = label("", "page-title")
        self._title.setObjectName("reading-title")
        column.addWidget(self._title)
        self._pictures = QVBoxLayout()
        self._pictures.setSpacing(px(10))
        column.addLayout(self._pictures)
        self._text = PageText(name="reading-text", says=tr("The words of this page"), read_only=True)
        column.addWidget(self._text)
        self.recordings = RecordingCards(self._play, name="reading-recording", shape="wide")
        column.addWidget(self.recordings)
        self._about = label("", "small")
        self._about.setObjectName("reading-about")
        column.addWidget(self._about)
        self._delete = Button(
            tr("Put this page away"), self.deleteWanted.emit, name="reading-delete", variant="soft-link"
        )
        self._save = Button(
            tr("Save this page as a PDF…"), self.saveWanted.emit, name="reading-save", variant="soft-link"
        )
        column.addSpacing(px(8))
        column.addWidget(self._save, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._delete, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        self.clear()

    def _play(self, recording: RecordingId) -> Playable:
        return self.play(recording)

    def _arrow(self, icon: str, says: str, key: QKeySequence, signal: object) -> Button:
        button = Button("", name=f"reading-{icon}", variant="quiet", icon=icon, tint="ink_soft", says=says)
        button.clicked.connect(signal)
        keys = key.toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{says}  ({keys})")
        button.setAccessibleDescription(keys)
        return button

    def clear(self) -> None:
        """Show nothing."""
        self._scroll.hide()
        self._forget_pictures()
        self._text.show_blocks([])
        self._title.setText("")
        self._line.setText("")
        self._about.setText("")

    def show_entry(self, entry: Entry, photos: Sequence[Photo], about: Sequence[str]) -> None:
        """Show a page from its top; pictures follow as they are read. ``about``: the names of its babies."""
        draft = entry.draft
        writer = entry.author_name or tr("me")
        parts = [i18n.long_day(draft.day) or tr("No date"), tr("written by {name}").format(name=writer)]
        if draft.recipient and draft.kind is EntryKind.LETTER:
            parts.append(tr("to {name}").format(name=draft.recipient))
        if not draft.in_book:
            parts.append(tr("only me"))
        self._line.setText(" · ".join(parts))
        self._title.setText(draft.title)
        self._title.setVisible(bool(draft.title))
        self._text.show_blocks(list(markup.parse(draft.body)))
        self._text.setVisible(bool(draft.body))
        self._about.setText(" · ".join((*about, *draft.tags)))
        self._about.setVisible(bool(self._about.text()))
        self._forget_pictures()
        for photo in photos:
            self._add_picture(photo)
        self._scroll.show()
        self._scroll.verticalScrollBar().setValue(0)
        if self.hasFocus():
            self.take_focus()

    def mark(self, query: Query | None) -> None:
        """Mark the words that are searched for, and scroll to the first of them if it is out of sight."""
        marking.mark_all(self._text, query)
        if self._text.extraSelections():
            QTimer.singleShot(0, self, self._show_first_mark)  # once the page has its height

    def _show_first_mark(self) -> None:
        place = marking.first_mark(self._text)
        if place is not None:
            self._scroll.keep_in_view(self._text, QRect(place, QSize(1, theme.current().px(30))))

    def _forget_pictures(self) -> None:
        while (item := self._pictures.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._shown.clear()
        self._covers.clear()
        self._coverable.clear()

    def _add_picture(self, photo: Photo) -> None:
        picture = Picture(
            name=f"reading-photo-{photo.id}",
            says=photo.description or photo.caption or tr("Photo"),
            tallest=560,
        )
        picture.keep_room(*photo.shown_size)
        picture.uncoverWanted.connect(lambda: self.uncoverWanted.emit(photo.id))
        self._shown[photo.id] = picture
        self._pictures.addWidget(picture)
        if photo.caption:
            self._pictures.addWidget(label(photo.caption, "small"))
        again = Button(
            tr("Cover it again"),
            lambda: self.coverWanted.emit(photo.id),
            name=f"reading-cover-{photo.id}",
            variant="soft-link",
        )
        again.hide()
        self._covers[photo.id] = again
        self._pictures.addWidget(again, 0, Qt.AlignmentFlag.AlignLeading)

    def show_picture(self, photo: PhotoId, jpeg: bytes) -> None:
        """Fill the place that was kept for a picture."""
        if photo in self._shown:
            self._shown[photo].show_jpeg(jpeg)
            self._covers[photo].setVisible(photo in self._coverable)

    def show_covered(self, photo: Photo) -> None:
        """Show the plain surface in the place of a picture, and nothing of what it shows."""
        if photo.id not in self._shown:
            return
        picture = self._shown[photo.id]
        picture.show_covered(photo.caption)
        self._coverable.add(photo.id)
        button = self._covers[photo.id]
        if button.hasFocus():
            picture.setFocus(Qt.FocusReason.OtherFocusReason)
        button.hide()

    def take_focus(self) -> None:
        """Let the keyboard go on from the page: its words are read from their beginning.

        While the page is still being read the pane itself has it, so that Escape leads back already.
        """
        targets = (each for each in (self._back, self._text, self._edit) if each.isVisibleTo(self))
        next(targets, self).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_focus(self) -> bool:
        """Whether the keyboard is somewhere on the page."""
        return self.hasFocus() or any(child.hasFocus() for child in self.findChildren(QWidget))

    def stand_alone(self, *, alone: bool) -> None:
        """Whether the list is beside the page; when it is not, there is a way back to it."""
        self._back.setVisible(alone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lie_or_stand(self._top, narrow=self.width() < theme.current().px(_NARROW))

    def allow(self, *, previous: bool, following: bool) -> None:
        """Whether there is a page before and one after."""
        self._previous.setEnabled(previous)
        self._next.setEnabled(following)
