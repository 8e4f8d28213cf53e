"""The writing page: date, chips, title, words, pictures, and one line that says what is kept."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import PhotoId
from memorybook.domain.markup import BlockKind
from memorybook.domain.people import Person
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.services import markup
from memorybook.ui.core import dialogs, i18n, messages, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit import rich_text
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.date_field import DateField
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.pasted import pictures_in
from memorybook.ui.kit.picture_sheet import show_picture
from memorybook.ui.write import presenter as presenting
from memorybook.ui.write.chips import EntryChips
from memorybook.ui.write.strip import PictureStrip

_PAUSE_MS = 700
_LONGEST_WAIT_MS = 3_000
_RETRY_MS = 3_000
_NARROW = 560
_REFUSALS_SHOWN = 5


class WritePage(QWidget):
    """Shows what :class:`WritePresenter` says and asks it to keep after every pause in the typing."""

    presenter: presenting.WritePresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = UNKNOWN
        self._in_book = True
        self._keeping_notice = ""
        self._refused: list[str] = []
        self._filling = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._scroll = ScrollColumn(width=680)
        outer.addWidget(self._scroll, 1)
        self._lay_out()
        self._notice = Notice(name="write-notice")
        held = QHBoxLayout()
        held.setContentsMargins(theme.current().px(30), 0, theme.current().px(30), theme.current().px(8))
        held.addWidget(self._notice)
        outer.addLayout(held)  # outside of what scrolls, so that it is in sight wherever the words are
        outer.addWidget(self._footer())
        self._pause = self._timer(_PAUSE_MS, self._keep)
        self._limit = self._timer(_LONGEST_WAIT_MS, self._keep)
        self._retry = self._timer(_RETRY_MS, self._keep)
        self.setAcceptDrops(True)

    def _timer(self, milliseconds: int, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def _lay_out(self) -> None:
        px = theme.current().px
        column = self._scroll.column
        self._scroll.set_margins(px(40), px(34), px(40), px(40))
        top = self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setSpacing(px(12))
        self._date = Button(
            "", self._ask_date, name="entry-date", variant="soft-link", icon="dates", tint="ink_soft"
        )
        self._date.setToolTip(tr("Change the date"))
        top.addWidget(self._date, 0, Qt.AlignmentFlag.AlignTop)
        self._chips = EntryChips(lambda name, chosen: self.presenter.add_person(name, chosen))
        self._chips.changed.connect(self._edited)
        top.addWidget(self._chips, 10)
        column.addLayout(top)
        self._title = QLineEdit()
        self._title.setObjectName("entry-title")
        self._title.setProperty("role", "page-title")
        self._title.setAccessibleName(tr("Title"))
        self._title.setInputMethodHints(OWN_WORDS)
        self._title.setPlaceholderText(tr("A title, if you like"))
        self._title.textChanged.connect(self._edited)
        self._title.returnPressed.connect(lambda: self.take_focus())
        column.addWidget(self._title)
        self._text = PageText(name="entry-text", says=tr("Your words"))
        self._text.setPlaceholderText(tr("Write as much or as little as you like."))
        self._text.textChanged.connect(self._edited)
        self._text.cursorPositionChanged.connect(self._show_styles)
        self._text.picturesOffered.connect(self._take_pictures)
        self._text.cursorMoved.connect(lambda rect: self._scroll.keep_in_view(self._text, rect))
        column.addWidget(self._text)
        self._strip = PictureStrip()
        self._strip.addWanted.connect(self._choose_pictures)
        self._strip.offered.connect(self._take_pictures)
        self._strip.opened.connect(self._look_at)
        column.addWidget(self._strip)
        column.addStretch(1)

    def _footer(self) -> QWidget:
        px = theme.current().px
        footer = surface("footer")
        row = QHBoxLayout(footer)
        row.setContentsMargins(px(30), px(4), px(30), px(4))
        row.setSpacing(px(2))
        styles = (
            ("bold", tr("Bold"), lambda: self._text.toggle_bold()),
            ("italic", tr("Italic"), lambda: self._text.toggle_italic()),
            ("quote", tr("Quotation"), lambda: self._text.toggle_kind(BlockKind.QUOTE)),
            ("list", tr("List"), lambda: self._text.toggle_kind(BlockKind.BULLET)),
            ("heading", tr("Heading"), lambda: self._text.toggle_kind(BlockKind.HEADING)),
        )
        self._styles: dict[str, Button] = {}
        for name, says, act in styles:
            button = Button(
                "",
                name=f"style-{name}",
                variant="quiet",
                icon=name,
                tint="ink_soft",
                on_tint="sage",
                says=says,
            )
            button.setCheckable(True)
            button.clicked.connect(act)
            button.clicked.connect(lambda: self._text.setFocus())
            button.clicked.connect(self._edited)
            row.addWidget(button)
            self._styles[name] = button
        row.addStretch(1)
        self._state = label("", "small", wraps=False)
        self._state.setObjectName("kept-state")
        row.addWidget(self._state)
        row.addSpacing(px(12))
        self._new = Button(tr("New page"), self._begin_new, name="new-page", variant="link")
        row.addWidget(self._new)
        return footer

    def _show_styles(self) -> None:
        style = self._text.currentCharFormat()
        kind = self._text.kind()
        on = {
            "bold": rich_text.is_bold(style),
            "italic": style.fontItalic(),
            "quote": kind is BlockKind.QUOTE,
            "list": kind is BlockKind.BULLET,
            "heading": kind is BlockKind.HEADING,
        }
        for name, button in self._styles.items():
            button.setChecked(on[name])

    # what the presenter says

    def show_draft(self, draft: EntryDraft) -> None:
        """Show a page, in place of the one before."""
        self._filling = True
        for timer in (self._pause, self._limit, self._retry):
            timer.stop()
        self._title.setText(draft.title)
        self._text.show_blocks(list(markup.parse(draft.body)))
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._chips.show_values(draft.kind, draft.author, draft.recipient)
        self._set_day(draft.day)
        self._in_book = draft.in_book
        self._notice.hide()
        self._filling = False
        self._text.setFocus()

    def draft(self) -> EntryDraft:
        """The page as it stands, without its pictures."""
        blocks = self._text.blocks()
        return EntryDraft(
            title=self._title.text(),
            body=markup.write(blocks) if any(block.text for block in blocks) else "",
            day=self._day,
            kind=self._chips.kind,
            author=self._chips.author,
            recipient=self._chips.recipient,
            in_book=self._in_book,
        )

    def show_people(self, people: Sequence[Person]) -> None:
        """Offer these names as writers."""
        self._chips.show_people(people)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Show the pictures of the page, in order."""
        self._strip.show_photos(photos)

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """The small picture of one photo has come."""
        self._strip.show_thumbnail(photo, jpeg)

    def show_adding(self, waiting: int) -> None:
        """So many pictures are still being taken in."""
        self._strip.show_adding(waiting)
        if not waiting:
            self._refused.clear()

    def show_writing(self) -> None:
        """There are words that are not kept yet."""
        self._state.setText(tr("Writing…"))

    def show_kept(self, at: datetime.datetime) -> None:
        """All of it is kept."""
        self._retry.stop()
        self._notice_of_keeping(None)
        self._state.setText(tr("Kept at {time}").format(time=i18n.clock_time(at)))

    def show_nothing_to_keep(self) -> None:
        """The page is as it was kept, or empty."""
        self._state.setText("")

    def show_problem(self, error: MemoryBookError) -> None:
        """Something else could not be read or done; what is on the page is not in question."""
        self._notice.say(messages.sentence(error))

    def show_not_kept(self, error: MemoryBookError) -> None:
        """The page could not be kept; another try follows by itself."""
        self._state.setText(tr("Not kept yet"))
        self._notice_of_keeping(messages.sentence(error))
        self._retry.start()

    def _notice_of_keeping(self, text: str | None) -> None:
        if text is not None:
            self._notice.say(text)
            self._keeping_notice = text
        elif self._keeping_notice and self._notice.text() == self._keeping_notice:
            self._notice.hide()
            self._keeping_notice = ""

    def show_taken_off(self, photo: PhotoId) -> None:
        """A picture is no longer on the page; it can be put back."""
        self._notice.say(
            tr("The photo is off this page. It stays in your book."),
            action=tr("Put it back"),
            acts=lambda: self.presenter.put_back(photo),
        )

    def show_picture_problem(self, error: MemoryBookError, name: str) -> None:
        """One picture could not be added."""
        told = messages.sentence(error)
        self._refused.append(f"{name}: {told}" if name else told)
        shown = self._refused[:_REFUSALS_SHOWN]
        more = len(self._refused) - len(shown)
        if more:
            shown.append(tr("{n} more could not be added.").format(n=more))
        self._notice.say("\n".join(shown))

    def show_given_up(self, number: int) -> None:
        """So many pictures were not taken in before the book was closed."""
        if number == 1:
            told = tr(
                "One picture was not added before the book was closed. The file is where it was; "
                "please add it once more."
            )
        else:
            told = tr(
                "{n} pictures were not added before the book was closed. The files are where they were; "
                "please add them once more."
            ).format(n=number)
        self._notice.say(told)

    @property
    def words(self) -> PageText:
        """The text of the page, for what is added to it from outside."""
        return self._text

    def take_focus(self) -> None:
        """The page is turned to: the caret is where it was."""
        self._text.setFocus()

    # what the person does

    def _edited(self) -> None:
        if self._filling:
            return
        self.presenter.edited()
        self._pause.start()
        if not self._limit.isActive():
            self._limit.start()

    def _keep(self) -> None:
        self._pause.stop()
        self._limit.stop()
        self.presenter.keep()

    def _begin_new(self) -> None:
        self.presenter.begin_after_keeping()

    def _set_day(self, day: VagueDate) -> None:
        self._day = day
        text = i18n.long_day(day) or tr("No date")
        self._date.setText(text)
        self._date.setAccessibleName(tr("Date: {date}").format(date=text))

    def _ask_date(self) -> None:
        sheet = dialogs.Sheet(self, tr("When was this?"), name="entry-date-sheet")
        field = DateField(name="entry-date-field")
        field.show_day(self._day)
        sheet.column.addWidget(field)
        sheet.column.addWidget(label(tr("Any part may stay empty, if it is not known."), "small"))
        problem = Notice(name="entry-date-notice")
        sheet.column.addWidget(problem)

        def keep() -> None:
            day = field.value()
            if day is None:
                problem.say(field.what_is_missing())
                return
            sheet.accept()
            self._set_day(day)
            self._edited()

        sheet.add_button(tr("Not now"), sheet.reject, name="entry-date-no")
        sheet.add_button(tr("Done"), keep, name="entry-date-done", primary=True)
        sheet.open()

    def _choose_pictures(self) -> None:
        dialogs.choose_pictures(self, Path.home(), self._take_pictures)

    def _take_pictures(self, sources: Sequence[Path | bytes]) -> None:
        if sources:
            self.presenter.add_pictures(sources)
            self._scroll.bring_into_view(self._strip)

    def _look_at(self, photo: int) -> None:
        chosen = PhotoId(photo)
        presenter = self.presenter
        presenter.look_at(
            chosen,
            lambda known, jpeg: show_picture(
                self,
                known,
                jpeg,
                described=lambda caption, description: presenter.describe(chosen, caption, description),
                taken_off=lambda: presenter.take_off(chosen),
            ),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lie_or_stand(self._top, narrow=self.width() < theme.current().px(_NARROW))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if pictures_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take_pictures(pictures_in(event.mimeData()))


if TYPE_CHECKING:
    _: type[presenting.WriteView] = WritePage
