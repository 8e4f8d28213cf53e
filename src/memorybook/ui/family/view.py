"""The place "Our family": a list, and one form at a time that keeps itself."""

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from memorybook.domain.ids import BabyId, CeremonyId
from memorybook.domain.people import Baby, BabyDraft, CeremonyDraft, Person
from memorybook.errors import MemoryBookError
from memorybook.ui.core import i18n, messages, theme
from memorybook.ui.core.called import heading
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.keeping import AGAIN_MS
from memorybook.ui.family import presenter as presenting
from memorybook.ui.family.baby_form import BabyForm
from memorybook.ui.family.ceremony_form import CeremonyForm
from memorybook.ui.family.destroying import ask_to_destroy
from memorybook.ui.family.naming import ask_name
from memorybook.ui.family.overview import Overview
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.labels import LineLabel, label, surface
from memorybook.ui.kit.notice import Notice

_WIDTH = 680
_PAUSE_MS = 700


class FamilyPage(QWidget):
    """Shows what :class:`~memorybook.ui.family.presenter.FamilyPresenter` says."""

    presenter: presenting.FamilyPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        outer.addWidget(self._pages)
        self._notice = Notice(name="family-notice")
        self._overview = Overview()
        self._list = self._make_list()
        self._form_notice = Notice(name="family-form-notice")
        self._baby, self._ceremony = BabyForm(), CeremonyForm()
        self._form_page = self._make_form_page()
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._form_page)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(lambda: self.presenter.keep())
        self._came_from = ""
        self._word = ""
        self._connect()

    def _make_list(self) -> ScrollColumn:
        scroll = ScrollColumn(width=_WIDTH)
        scroll.column.addWidget(label(tr("Our family"), "title"))
        scroll.column.addWidget(self._notice)
        scroll.column.addWidget(self._overview)
        scroll.column.addStretch(1)
        return scroll

    def _make_form_page(self) -> ScrollColumn:
        px = theme.current().px
        scroll = ScrollColumn(width=_WIDTH)
        column = scroll.column
        head = QHBoxLayout()
        self._back = Button(
            tr("Our family"), lambda: self.presenter.leave(), name="family-back", variant="quiet", icon="back"
        )
        head.addWidget(self._back)
        self._state = LineLabel("", "small")
        self._state.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._state.setObjectName("family-state")
        head.addWidget(self._state, 1)
        column.addLayout(head)
        self._title = label("", "title")
        self._title.setObjectName("family-title")
        column.addWidget(self._title)
        column.addWidget(self._form_notice)
        column.addWidget(self._baby)
        column.addWidget(self._ceremony)
        column.addSpacing(px(10))
        column.addWidget(surface("rule"))
        self._in_book = CheckBox(tr("In our book, when pages are printed"), name="family-in-book")
        column.addWidget(self._in_book)
        foot = QHBoxLayout()
        self._away = Button(
            tr("Put this away"), lambda: self.presenter.put_away(), name="family-away", variant="link"
        )
        foot.addWidget(self._away)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), scroll)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(lambda: self.presenter.leave())
        return scroll

    def _connect(self) -> None:
        overview = self._overview
        overview.addBabyWanted.connect(lambda: self._go("add-baby", self.presenter.add_baby))
        overview.addCeremonyWanted.connect(lambda: self._go("add-farewell", self.presenter.add_ceremony))
        overview.babyWanted.connect(
            lambda number: self._go(f"baby-change-{number}", lambda: self.presenter.open_baby(BabyId(number)))
        )
        overview.ceremonyWanted.connect(
            lambda number: self._go(
                f"farewell-change-{number}", lambda: self.presenter.open_ceremony(CeremonyId(number))
            )
        )
        overview.moveWanted.connect(lambda number, step: self.presenter.move(BabyId(number), step))
        overview.babyBackWanted.connect(lambda number: self.presenter.bring_back_baby(BabyId(number)))
        overview.ceremonyBackWanted.connect(
            lambda number: self.presenter.bring_back_ceremony(CeremonyId(number))
        )
        overview.babyGoneWanted.connect(
            lambda number, name: self._ask_to_destroy(
                name, lambda: self.presenter.delete_for_ever(babies=(BabyId(number),))
            )
        )
        overview.ceremonyGoneWanted.connect(
            lambda number, name: self._ask_to_destroy(
                name, lambda: self.presenter.delete_for_ever(ceremonies=(CeremonyId(number),))
            )
        )
        overview.addPersonWanted.connect(self._add_person)
        overview.renameWanted.connect(self._rename)
        overview.removeWanted.connect(lambda person: self.presenter.remove(person))
        for form in (self._baby, self._ceremony):
            form.edited.connect(self._edited)
            form.unfolded.connect(self._form_page.bring_into_view)
        self._in_book.clicked.connect(self._take_in_book)

    def _ask_to_destroy(self, name: str, destroy: Callable[[], None]) -> None:
        def agreed() -> None:
            self._notice.hide()  # its button would bring back what is gone
            destroy()

        ask_to_destroy(self, name, agreed)

    # what the presenter says

    def show_family(self, family: presenting.Family) -> None:
        """List everything."""
        self._overview.show_family(family)

    def show_overview(self) -> None:
        """Leave the form that is open; the keyboard goes back to where it came from."""
        self._pause.stop()
        self._pages.setCurrentWidget(self._list)
        # what was put away has no button any more
        came_from = self._overview.button(self._came_from) or self._overview.button("add-baby")
        (came_from or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_baby(self, baby: BabyId | None, draft: BabyDraft, word: str) -> None:
        """Open the form of a baby."""
        self._away.setVisible(baby is not None)
        self._word = word
        self._baby.show_draft(draft)
        self._open(self._baby, heading(draft, word), in_book=draft.in_book)

    def show_ceremony(
        self, ceremony: CeremonyId | None, draft: CeremonyDraft, babies: Sequence[Baby], word: str
    ) -> None:
        """Open the form of a farewell."""
        self._away.setVisible(ceremony is not None)
        self._ceremony.show_draft(draft, babies, word)
        self._open(self._ceremony, draft.label.strip() or tr("A farewell"), in_book=draft.in_book)

    def _open(self, form: QWidget, title: str, *, in_book: bool) -> None:
        self._notice.hide()
        self._form_notice.hide()
        self._show_title(title)
        self._in_book.setChecked(in_book)
        self._baby.setVisible(form is self._baby)
        self._ceremony.setVisible(form is self._ceremony)
        self._state.setText("")
        self._pages.setCurrentWidget(self._form_page)
        self._form_page.verticalScrollBar().setValue(0)
        first = form.findChild(QWidget, "baby-names" if form is self._baby else "farewell-label")
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_title(self, title: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))

    def baby_draft(self) -> BabyDraft:
        """What the form of a baby holds now."""
        return self._baby.draft()

    def ceremony_draft(self) -> CeremonyDraft:
        """What the form of a farewell holds now."""
        return self._ceremony.draft()

    def show_kept(self, at: datetime.datetime | None) -> None:
        """All that was typed is kept, unless a date is half typed."""
        self._form_notice.hide()
        if not self._is_whole():
            self._state.setText(tr("Not kept yet"))
        else:
            self._away.setVisible(at is not None or not self._away.isHidden())
            self._state.setText(tr("Kept at {time}").format(time=i18n.clock_time(at)) if at else "")

    def show_not_kept(self, error: MemoryBookError) -> None:
        """The last words are on the screen and not in the book yet; it is tried again."""
        self._state.setText(tr("Not kept yet"))
        self._form_notice.say(messages.sentence(error))
        self._pause.start(AGAIN_MS)

    def show_put_away(self, bring_back: Callable[[], None]) -> None:
        """Something is not listed any more."""
        self._notice.say(
            tr("It is put away, and stays in the book."), action=tr("Bring it back"), acts=bring_back
        )

    def show_person_stays(self, person: Person) -> None:
        """A name stands on a page."""
        self._notice.say(
            tr("{name} stays: the name stands on a page, or on an earlier version of one.").format(
                name=person.name
            )
        )

    def show_person_removed(self, person: Person) -> None:
        """A name is off the list."""
        self._notice.say(
            tr("{name} is off the list.").format(name=person.name),
            action=tr("Put it back"),
            acts=lambda: self.presenter.add_person(person.name),
        )

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or kept."""
        shown = self._notice if self._pages.currentWidget() is self._list else self._form_notice
        shown.say(messages.sentence(error))

    # what the person does

    def take_focus(self) -> None:
        """Put the keyboard into the form that is open, or before the list."""
        target = self if self._pages.currentWidget() is self._list else self._form_page.widget()
        inside = self._form_page.focusWidget() if target is not self else None
        (inside or target or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, came_from: str, open_form: Callable[[], None]) -> None:
        self._came_from = came_from
        open_form()

    def _is_whole(self) -> bool:
        return self._ceremony.is_whole if self._baby.isHidden() else self._baby.is_whole

    def _edited(self) -> None:
        self._state.setText(tr("Writing…"))
        if self._baby.isHidden():
            self._show_title(self._ceremony.draft().label.strip() or tr("A farewell"))
        else:
            self._show_title(heading(self._baby.draft(), self._word))
        self._pause.start(_PAUSE_MS)

    def _take_in_book(self, on: bool) -> None:
        (self._ceremony if self._baby.isHidden() else self._baby).set_in_book(on=on)

    def _add_person(self) -> None:
        self._notice.hide()
        ask_name(self, tr("Who writes, or is quoted?"), "", lambda name: self.presenter.add_person(name))

    def _rename(self, person: Person) -> None:
        self._notice.hide()
        ask_name(
            self,
            tr("Another name"),
            person.name,
            lambda name: self.presenter.rename(person.id, name),
        )


if TYPE_CHECKING:
    _: type[presenting.FamilyView] = FamilyPage
