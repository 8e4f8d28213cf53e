"""The card in the settings that looks through the whole book, and says what was found."""

import datetime
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.domain.health import HealthReport, PutRight
from memorybook.domain.mending import Mended, Offer
from memorybook.errors import MemoryBookError
from memorybook.ui.core import dialogs, messages, theme
from memorybook.ui.core.course import Course
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.health import presenter as presenting
from memorybook.ui.health import wording
from memorybook.ui.kit.cards import CardButton, SettingsCard
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.column import bring_into_sight
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.progress_sheet import ProgressSheet

_MANY = 20  # things that are named one by one


class HealthCard(SettingsCard):
    """Shows what :class:`~memorybook.ui.health.presenter.HealthPresenter` says.

    ``earlierWanted`` leads to where the whole book is brought back from a copy.
    """

    earlierWanted = Signal()
    presenter: presenting.HealthPresenter

    def __init__(
        self, *, now: Callable[[], datetime.datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Is everything whole?"), name="settings-health", parent=parent)
        px = theme.current().px
        self._now = now
        self.column.addWidget(
            label(
                tr(
                    "Drives grow old, and a file can be damaged without anyone noticing. Here the whole book "
                    "is looked through, and single things can be brought back from a copy."
                ),
                "soft",
            )
        )
        self._last = label("", "small")
        self._last.setObjectName("health-last")
        self.column.addWidget(self._last)
        self._known = label("")
        self._known.setObjectName("health-known")
        self._known.hide()
        self.column.addWidget(self._known)
        self._looked_into = ""
        self._deep = CheckBox(
            tr("Read every photo and recording to its end too, which takes longer"), name="health-deep"
        )
        self.column.addWidget(self._deep)
        buttons = FlowLayout(gap=px(8))
        check = CardButton(tr("Look through the whole book now"), self._check, name="health-check")
        self._starts_at = check
        buttons.addWidget(check)
        buttons.addWidget(
            CardButton(tr("Bring back an earlier state"), self.earlierWanted.emit, name="health-earlier")
        )
        self.column.addLayout(buttons)
        self.notice = Notice(name="health-notice", stands=True, passing=True)
        self.column.addWidget(self.notice)
        self._findings = self._make_findings()
        self.column.addWidget(self._findings)
        self._findings.hide()

    def _make_findings(self) -> QWidget:
        px = theme.current().px
        part = surface("quiet")
        lines = QVBoxLayout(part)
        lines.setContentsMargins(px(16), px(12), px(16), px(14))
        lines.setSpacing(px(8))
        self._said = label("")
        self._said.setObjectName("health-said")
        lines.addWidget(self._said)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(2))
        self._named: list[QWidget] = []
        lines.addLayout(self._lines)
        self._advice = label("", "soft")
        lines.addWidget(self._advice)
        buttons = FlowLayout(gap=px(8))
        self._bring = CardButton(tr("Bring it back"), self._bring_back, name="health-bring-back")
        buttons.addWidget(self._bring)
        self._elsewhere = CardButton(
            tr("Look in another folder"), self._choose_folder, name="health-elsewhere"
        )
        buttons.addWidget(self._elsewhere)
        self._file = CardButton(tr("Look in a file"), self._choose_file, name="health-file")
        buttons.addWidget(self._file)
        lines.addLayout(buttons)
        return part

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The keyboard begins at the look itself: a focus proxy would keep Tab from what stands before it."""
        self._starts_at.setFocus(reason)

    def _hide_findings(self) -> None:
        """With the keyboard kept in the card, if it was in what goes."""
        focused: QWidget | None = self.window().focusWidget()
        if focused is not None and self._findings.isAncestorOf(focused):
            self.setFocus()
        self._findings.hide()

    def _check(self) -> None:
        self.notice.hide()
        self._hide_findings()
        self._say_no_more_of_what_was_known()
        self.presenter.check(deep=self._deep.isChecked())

    def _bring_back(self) -> None:
        self.notice.hide()
        self.presenter.bring_back()

    def _choose_folder(self) -> None:
        dialogs.choose_folder(
            self, tr("Choose the folder with the copies"), Path.home(), self.presenter.search_in
        )

    def _choose_file(self) -> None:
        dialogs.choose_source(self, tr("Choose the copy"), Path.home(), self.presenter.search_in)

    def show_known(self, text: str) -> None:
        """All of what a line above the pages says, or nothing. A look at the whole book takes its place."""
        said = "" if text == self._looked_into else text
        self._known.setText(breakable(said))
        self._known.setAccessibleName(said)
        self._known.setVisible(bool(said))

    def _say_no_more_of_what_was_known(self) -> None:
        self._looked_into = self._known.accessibleName() or self._looked_into
        self._known.hide()

    # what the presenter says

    def show_last(self, stamp: str) -> None:
        """When the book was looked through last."""
        self._last.setText(wording.last(stamp, self._now()))

    def show_course(self, course: Course, kind: presenting.Kind) -> ProgressSheet:
        """Something long has begun."""
        title, meaning = wording.course(kind)
        sheet = ProgressSheet(
            self, title, meaning, course, lambda step: wording.step(kind, step), name="health-progress"
        )
        sheet.open()
        return sheet

    def show_whole(self, report: HealthReport, mended: Collection[PutRight]) -> None:
        """Everything is as it was kept, some of it since it was put right on the way."""
        self._hide_findings()
        self.notice.say_in_sight(wording.whole(report, mended))

    def show_damaged(self, report: HealthReport, offers: Sequence[Offer]) -> None:
        """What could not be read, and of which of it there is a good copy."""
        self.notice.hide()
        self._say_no_more_of_what_was_known()
        said = wording.damaged(report)
        self._said.setText(said)
        self._said.setAccessibleName(said)
        for named in self._named:
            self._lines.removeWidget(named)
            named.deleteLater()
        self._named = []
        for thing in report.damaged[:_MANY]:
            what, copy = wording.line(thing, offers, self._now())
            self._add(what, "strong")
            self._add(copy, "small")
        more = len(report.damaged) - _MANY
        if more > 0:
            self._add(count_text("and {n} more", "and {n} more", more), "small")
        advice = wording.advice(report)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._bring.setVisible(bool(offers))
        text = tr("Bring it back") if len(offers) == 1 else tr("Bring these back")
        self._bring.setText(text)
        self._bring.setAccessibleName(text)
        lacking = len(report.damaged) > len(offers)
        self._elsewhere.setVisible(lacking)
        self._file.setVisible(lacking)
        self._findings.show()
        bring_into_sight(self._findings)

    def _add(self, text: str, role: str) -> None:
        line = label(breakable(text), role)
        if role == "strong" and self._named:
            line.setContentsMargins(0, theme.current().px(6), 0, 0)
        self._named.append(line)
        self._lines.addWidget(line)

    def show_mended(self, mended: Sequence[Mended]) -> None:
        """What became of the things that were to be brought back."""
        self._hide_findings()
        self.notice.say_in_sight(wording.mended(mended))

    def show_stopped(self, kind: presenting.Kind) -> None:
        """It was stopped."""
        if kind == "check":
            said = tr("Stopped. The book is as it was, and it can be looked through at any time.")
        else:
            said = tr("Stopped. What is back already stays. The rest can be brought back at any time.")
        self.notice.say_in_sight(said)

    def show_problem(self, error: MemoryBookError) -> None:
        """Say what happened."""
        self.notice.say_in_sight(messages.sentence(error))


if TYPE_CHECKING:
    _: type[presenting.HealthView] = HealthCard
