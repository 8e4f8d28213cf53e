"""What can be done with the page as a whole, in the menu behind the three dots."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from memorybook.ui.core.i18n import tr

Wish = tuple[bool, Callable[[bool], object]]


def fill_page_menu(
    menu: QMenu,
    *,
    find: Callable[[], object],
    save: Callable[[], object],
    versions: Callable[[], object],
    number: Wish,
    prompts: Wish,
    put_away: Callable[[], object],
) -> None:
    """Add the actions behind what is there. ``number`` and ``prompts`` are on or off, and what sets them."""
    menu.addSeparator()
    keys = QKeySequence(QKeySequence.StandardKey.Find).toString(QKeySequence.SequenceFormat.NativeText)
    finding = menu.addAction(f"{tr('Find on this page')}\t{keys}")
    finding.triggered.connect(lambda: find())
    menu.addAction(tr("Save this page as a PDF…")).triggered.connect(lambda: save())
    menu.addAction(tr("Earlier versions of this page…")).triggered.connect(lambda: versions())
    menu.addSeparator()
    for text, (on, set_to) in ((tr("Show how many words"), number), (tr("Offer a place to start"), prompts)):
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(set_to)
    menu.addSeparator()
    menu.addAction(tr("Put this page away")).triggered.connect(lambda: put_away())
