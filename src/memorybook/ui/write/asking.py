"""The small windows of the writing page: a name, tags, the day."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.tags import folded, tidy
from memorybook.ui.core import theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.date_field import DateField
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label, tool_tip
from memorybook.ui.kit.notice import Notice

_MOST_OFFERED = 24


def ask_name(
    parent: QWidget,
    title: str,
    caption: str,
    text: str,
    *,
    name: str,
    taken: Callable[[str], object],
    offered: Sequence[str] = (),
) -> None:
    """Ask for a name or any words; those that are ``offered`` can be pressed instead of typed."""
    sheet = Sheet(parent, title, name=name)
    line = LabelledLine(caption, name=f"{name}-line")
    line.line.setText(text)
    sheet.column.addWidget(line)
    if offered:
        chips = FlowLayout(gap=theme.current().px(8))
        for number, each in enumerate(dict.fromkeys(offered)):
            chips.addWidget(_chip(each, f"{name}-{number}", partial(line.line.setText, each)))
        sheet.column.addLayout(chips)
    sheet.column.addWidget(label(tr("It may stay empty."), "small"))

    def keep() -> None:
        sheet.accept()
        taken(line.text().strip())

    _finish(sheet, keep, name)
    line.line.setFocus()


def _chip(text: str, name: str, pressed: Callable[[], object]) -> Button:
    chip = Button("", pressed, name=name, variant="chip")
    shown = chip.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, theme.current().px(200))
    chip.setText(shown.replace("&", "&&"))
    chip.setAccessibleName(text)
    chip.setToolTip(tool_tip(text) if shown != text else "")
    return chip


def ask_tags(
    parent: QWidget, tags: Sequence[str], known: Sequence[str], taken: Callable[[tuple[str, ...]], object]
) -> None:
    """Ask for the tags of a page, in one line; those that other pages have can be pressed on and off."""
    name = "ask-tags"
    sheet = Sheet(parent, tr("Tags"), name=name)
    line = LabelledLine(tr("Words of your own, with commas between them"), name=f"{name}-line")
    line.line.setText(", ".join(tags))
    sheet.column.addWidget(line)

    def there() -> tuple[str, ...]:
        return tidy(line.text().replace("،", ",").replace("、", ",").split(","))

    chips: dict[str, Button] = {}

    def press(tag: str) -> None:
        others = [each for each in there() if folded(each) != folded(tag)]
        line.line.setText(", ".join(others if len(others) < len(there()) else [*others, tag]))

    def mark() -> None:
        on = {folded(each) for each in there()}
        for tag, chip in chips.items():
            chip.setChecked(folded(tag) in on)

    if known:
        flow = FlowLayout(gap=theme.current().px(8))
        for number, tag in enumerate(known[:_MOST_OFFERED]):
            chips[tag] = _chip(tag, f"{name}-{number}", partial(press, tag))
            chips[tag].setCheckable(True)
            flow.addWidget(chips[tag])
        sheet.column.addLayout(flow)
        mark()
    line.line.textChanged.connect(mark)
    sheet.column.addWidget(label(tr("Pages with the same tag can be listed together in Our story."), "small"))

    def keep() -> None:
        sheet.accept()
        taken(there())

    _finish(sheet, keep, name)
    line.line.setFocus()


def ask_day(parent: QWidget, day: VagueDate, taken: Callable[[VagueDate], object]) -> None:
    """Ask when it was; the window stays until the fields make a date or are empty."""
    name = "entry-date"
    sheet = Sheet(parent, tr("When was this?"), name=f"{name}-sheet")
    field = DateField(name=f"{name}-field")
    field.show_day(day)
    sheet.column.addWidget(field)
    sheet.column.addWidget(label(tr("Any part may stay empty, if it is not known."), "small"))
    problem = Notice(name=f"{name}-notice")
    sheet.column.addWidget(problem)

    def keep() -> None:
        value = field.value()
        if value is None:
            problem.say(field.what_is_missing())
            return
        sheet.accept()
        taken(value)

    _finish(sheet, keep, name)


def _finish(sheet: Sheet, keep: Callable[[], object], name: str) -> None:
    sheet.add_button(tr("Not now"), sheet.reject, name=f"{name}-no")
    sheet.add_button(tr("Done"), keep, name=f"{name}-done", primary=True)
    sheet.open()
