"""What is chosen in the drawer: the words of a page, or another thing with its picture."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.domain.entry import Entry
from memorybook.domain.photo import Photo
from memorybook.services import markup
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.drawer.naming import heading, words_of
from memorybook.ui.drawer.waiting import Waiting
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.pictures import Picture

_TALLEST = 360


class Detail(QWidget):
    """``uncoverWanted`` asks for a covered picture."""

    uncoverWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().px(14))
        self._title = label("", "title")
        self._title.setObjectName("drawer-title")
        self._words = label("", "read")
        self._words.setObjectName("drawer-words")
        self._text = PageText(name="drawer-text", says=tr("The words of this page"), read_only=True)
        self._picture: Picture | None = None
        self._caption = ""
        for part in (self._title, self._words, self._text):
            self._column.addWidget(part)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._drop_picture()
        self._title.setText("")
        for part in (self._title, self._words, self._text):
            part.hide()

    def show_page(self, entry: Entry) -> None:
        """The words of a page."""
        self.clear()
        self._title.setText(entry.draft.title)
        self._title.setAccessibleName(entry.draft.title)
        self._title.setVisible(bool(entry.draft.title))
        self._text.show_blocks(list(markup.parse(entry.draft.body)))
        self._text.setVisible(bool(entry.draft.body))

    def show_thing(self, waiting: Waiting) -> None:
        """What is written of something else, with room for its picture."""
        self.clear()
        self._title.setText(breakable(heading(waiting)))
        self._title.setAccessibleName(heading(waiting))
        self._title.show()
        words = words_of(waiting)
        self._words.setText(breakable(words))
        self._words.setAccessibleName(words)
        self._words.setVisible(bool(words))
        picture = waiting.picture
        if picture is None:
            return
        if isinstance(picture, Photo):
            self._caption, size = picture.caption, picture.shown_size
            says = picture.description or picture.caption or tr("Photo")
        else:
            self._caption, size = picture.draft.title, (picture.width, picture.height)
            says = tr("A still picture of the video")
        self._picture = Picture(name="drawer-picture", says=says, tallest=theme.current().px(_TALLEST))
        self._picture.keep_room(*size)
        self._picture.uncoverWanted.connect(self.uncoverWanted)
        self._column.insertWidget(1, self._picture)

    def show_picture(self, jpeg: bytes) -> None:
        """The picture has come."""
        if self._picture is not None:
            self._picture.show_jpeg(jpeg)

    def show_covered(self) -> None:
        """The plain surface stands in its place."""
        if self._picture is not None:
            self._picture.show_covered(self._caption)

    def _drop_picture(self) -> None:
        if self._picture is not None:
            self._column.removeWidget(self._picture)
            self._picture.hide()
            self._picture.deleteLater()
            self._picture = None
