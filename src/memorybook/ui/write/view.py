"""The writing page: date, chips, title, words, pictures, and one line that says what is kept."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId, VersionId
from memorybook.domain.markup import Block
from memorybook.domain.people import Baby, Person
from memorybook.domain.versions import VersionRow
from memorybook.errors import MemoryBookError
from memorybook.services import markup
from memorybook.services.prompts import PromptGroup
from memorybook.ui.core import dialogs, i18n, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.keeping import AGAIN_MS
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.pasted import pictures_in
from memorybook.ui.kit.tab_order import come_before
from memorybook.ui.write import presenter as presenting
from memorybook.ui.write.chips import EntryChips
from memorybook.ui.write.find_bar import FindBar
from memorybook.ui.write.footer import Footer
from memorybook.ui.write.page_menu import fill_page_menu
from memorybook.ui.write.picture_area import PictureArea
from memorybook.ui.write.prompt_card import PromptCard
from memorybook.ui.write.recording_area import RecordingArea, is_recording
from memorybook.ui.write.saying import Saying
from memorybook.ui.write.top import DayButton, TitleLine
from memorybook.ui.write.versions_sheet import show_versions

_PAUSE_MS = 700
_LONGEST_WAIT_MS = 3_000
_NARROW = 560
_LARGE = 1.5
_SIDES = 36  # pixels as drawn, at most


class WritePage(QWidget):
    """Shows what :class:`WritePresenter` says and asks it to keep after every pause in the typing."""

    presenter: presenting.WritePresenter
    savePageWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._writer = markup.Writer()
        self._number_wanted = self._prompts_wanted = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._scroll = ScrollColumn(width=680)
        outer.addWidget(self._scroll, 1)
        self._lay_out()
        notice = Notice(name="write-notice", stands=theme.current().scale > _LARGE)
        self.says = Saying(notice)
        held = QHBoxLayout()
        sides = min(theme.current().px(30), _SIDES)
        held.setContentsMargins(sides, 0, sides, theme.current().px(8))
        held.addWidget(notice)
        outer.addLayout(held)  # outside of what scrolls, so that it is in sight wherever the words are
        self._notice = notice
        self._find = FindBar(self._text, closed=self.take_focus)
        outer.addWidget(self._find)
        self._footer = Footer(self._text, edited=self._edited, begun=self._begin_new, parent=self)
        outer.addWidget(self._footer)
        self._pause, self._limit, self._retry = map(self._timer, (_PAUSE_MS, _LONGEST_WAIT_MS, AGAIN_MS))
        self.setAcceptDrops(True)

    def put_above(self, line: QWidget) -> None:
        """Show what another place has to say above the page, where the keyboard comes to it first."""
        self._above.addWidget(line)
        self._lines_above += line.findChildren(QAbstractButton)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        come_before(self._lines_above, self._day)  # in the window: a page alone has no order to put them into

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self._keep)
        return timer

    def _lay_out(self) -> None:
        px = theme.current().px
        column = self._scroll.column
        self._scroll.set_margins(px(40), px(34), px(40), px(40))
        self._pictures = PictureArea(lambda: self.presenter.pictures, lambda: self.says)
        self._above = QVBoxLayout()
        self._lines_above: list[QWidget] = []
        column.addLayout(self._above)
        top = self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setSpacing(px(12))
        self._day = DayButton()
        self._day.changed.connect(self._edited)
        top.addWidget(self._day, 0, Qt.AlignmentFlag.AlignTop)
        self._chips = EntryChips(lambda name, chosen: self.presenter.add_person(name, chosen))
        self._chips.changed.connect(self._edited)
        self._chips.moreWanted.connect(self._fill_menu)
        top.addWidget(self._chips, 10)
        column.addLayout(top)
        self._title = TitleLine()
        self._title.textChanged.connect(self._edited)
        self._title.returnPressed.connect(self.take_focus)
        column.addWidget(self._title)
        self._text = PageText(name="entry-text", says=tr("Your words"))
        self._text.show_hint(tr("Write as much or as little as you like."))
        self._text.textChanged.connect(self._edited)
        self._text.cursorMoved.connect(lambda rect: self._scroll.keep_in_view(self._text, rect))
        column.addWidget(self._text)
        self._written_in: QWidget = self._text
        for field in (self._title, self._text):
            field.installEventFilter(self)
        self._text.picturesOffered.connect(self._take)
        self._pictures.taken.connect(lambda: self._scroll.bring_into_view(self._pictures))
        column.addWidget(self._pictures)
        self._recordings = RecordingArea(
            lambda: self.presenter.recordings,
            lambda recording: self.presenter.recordings.open(recording),
            lambda: self.says,
        )
        self._recordings.taken.connect(lambda: self._scroll.bring_into_view(self._recordings))
        column.addWidget(self._recordings)
        self._prompt = PromptCard(
            another=lambda: self.presenter.wishes.another(),
            about=lambda group: self.presenter.wishes.about(group),
            stop=lambda: self.presenter.wishes.stop_prompts(),
        )
        column.addWidget(self._prompt)
        column.addStretch(1)

    # what the presenter says of the page

    def show_draft(self, draft: EntryDraft) -> None:
        """Show a page, in place of the one before."""
        self._filling = True
        for timer in (self._pause, self._limit, self._retry):
            timer.stop()
        self._find.close_bar()
        self._title.setText(draft.title)
        self._title.setCursorPosition(0)  # a long one is read from its beginning
        self._text.show_blocks(list(markup.parse(draft.body)))
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._chips.show_values(draft)
        self._day.show_day(draft.day)
        self._notice.hide()
        self._filling = False
        self.take_focus()

    def draft(self) -> EntryDraft:
        """The page as it stands, without its pictures."""
        blocks = self._text.blocks()
        self._show_number(blocks)
        body = self._writer.write(blocks) if any(block.text for block in blocks) else ""
        return self._chips.values(EntryDraft(title=self._title.text(), body=body, day=self._day.day))

    def finish_composing(self) -> None:
        """What an input method still holds becomes part of the page."""
        QGuiApplication.inputMethod().commit()

    def show_people(self, people: Sequence[Person], me: str) -> None:
        """Offer these names as writers."""
        self._chips.show_people(people, me)

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        """Offer these as who a page is about."""
        self._chips.show_babies(babies, word)

    def show_known_tags(self, tags: Sequence[str]) -> None:
        """Offer the tags that other pages have."""
        self._chips.show_known_tags(tags)

    def show_writing(self) -> None:
        """There are words that are not kept yet."""
        self._footer.say(tr("Writing…"))

    def show_kept(self, at: datetime.datetime) -> None:
        """All of it is kept."""
        self._retry.stop()
        self.says.kept()
        self._footer.say(tr("Kept at {time}").format(time=i18n.clock_time(at)))

    def show_nothing_to_keep(self) -> None:
        """The page is as it was kept, or empty."""
        self._footer.say("")

    def show_not_kept(self, error: MemoryBookError) -> None:
        """The page could not be kept; another try follows by itself."""
        self._footer.say(tr("Not kept yet"))
        self.says.not_kept(error, self._save_elsewhere)
        self._retry.start()

    def _save_elsewhere(self, why: str) -> None:
        """Ask first: what is outside of the book is not protected. ``why`` is said before that."""
        means = tr(
            "The words of this page are written into a file, in a place that you choose. It is not "
            "protected: anyone who finds it can read it. Here they stay as well, until they can be kept "
            "in your book."
        )
        dialogs.ask(
            self,
            tr("Save the words elsewhere"),
            f"{why}\n\n{means}" if why else means,
            yes=tr("Choose the place"),
            no=tr("Not now"),
            name="words-elsewhere",
            agreed=lambda: dialogs.choose_copy(
                self,
                Path.home() / tr("My words.txt"),
                self.presenter.save_elsewhere,
                title=tr("Save the words elsewhere"),
            ),
        )

    def show_saved_elsewhere(self, name: str) -> None:
        """The words are in a plain file as well."""
        self.says.saved_elsewhere(name)

    # what the presenter says besides

    def show_problem(self, error: MemoryBookError) -> None:
        """Something else could not be read or done; what is on the page is not in question."""
        self.says.problem(error)

    def show_given_up(self, number: int) -> None:
        """So many pictures were not taken in before the book was closed."""
        self.says.given_up(number)

    def show_put_away(self, entry_id: EntryId) -> None:
        """The page is in the drawer; it can be brought back."""
        self.says.put_away(lambda: self.presenter.putting_away.bring_back(entry_id))

    def show_brought_back(self, undo: VersionId | None) -> None:
        """An earlier version is on the page again."""
        going = self.presenter.putting_away
        self.says.brought_back(None if undo is None else lambda: going.go_back_to(undo))

    def show_prompt_groups(self, groups: Sequence[PromptGroup], chosen: str) -> None:
        """What a place to start can be about."""
        self._prompt.show_groups(groups, chosen)

    def show_prompt(self, text: str) -> None:
        """Offer a place to start, or none."""
        self._prompt.show_prompt(text)

    def show_prompts_wanted(self, *, wanted: bool) -> None:
        """Whether places to start are offered at all."""
        self._prompts_wanted = wanted

    def show_prompts_stopped(self) -> None:
        """They were switched off here."""
        self.says.prompts_stopped(lambda: self.presenter.wishes.want_prompts(wanted=True))

    def show_number_wanted(self, *, wanted: bool) -> None:
        """Whether the number of words is shown."""
        self._number_wanted = wanted
        self._show_number(self._text.blocks() if wanted else [])

    def _show_number(self, blocks: Sequence[Block]) -> None:
        self._footer.show_number(markup.number_of_words(blocks) if self._number_wanted else None)

    # what is asked from outside

    @property
    def pictures(self) -> PictureArea:
        """Where the pictures of the page are."""
        return self._pictures

    @property
    def recordings(self) -> RecordingArea:
        """Where the recordings of the page are."""
        return self._recordings

    @property
    def words(self) -> PageText:
        """The text of the page, for what is added to it from outside."""
        return self._text

    def take_focus(self) -> None:
        """The page is turned to: the caret is where it was. Behind another place no key is taken from it."""
        if self.isVisibleTo(self.window()):
            self._text.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._written_in.setFocus()  # a press beside the words, or on a chip, leaves the caret where it was

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and watched in {self._title, self._text}:
            self._written_in = self._title if watched is self._title else self._text
        return super().eventFilter(watched, event)

    def find_words(self) -> None:
        """Look for words on this page."""
        self._find.open()

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

    def _fill_menu(self, menu: QMenu) -> None:
        wishes, going = self.presenter.wishes, self.presenter.putting_away
        fill_page_menu(
            menu,
            find=self.find_words,
            save=self.savePageWanted.emit,
            versions=lambda: going.versions(self._show_versions),
            number=(self._number_wanted, lambda on: wishes.want_number(wanted=on)),
            prompts=(self._prompts_wanted, lambda on: wishes.want_prompts(wanted=on)),
            put_away=going.put_away,
        )

    def _show_versions(self, rows: Sequence[VersionRow]) -> None:
        going = self.presenter.putting_away
        show_versions(self, rows, fetch=going.version, back_to=going.go_back_to)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lie_or_stand(self._top, narrow=self.width() < theme.current().px(_NARROW))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if pictures_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take(pictures_in(event.mimeData()))

    def _take(self, sources: Sequence[Path | bytes]) -> None:
        """What is dropped on the page or pasted into its words goes to its pictures or its recordings."""
        recordings = [source for source in sources if isinstance(source, Path) and is_recording(source)]
        self._pictures.take([source for source in sources if source not in recordings])
        self._recordings.take(recordings)


if TYPE_CHECKING:
    _: type[presenting.WriteView] = WritePage
