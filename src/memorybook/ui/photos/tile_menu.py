"""What can be done with the photos that are chosen, or with the one under the mouse."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import PhotoRow
from memorybook.ui.core.i18n import count_text, tr


class TileActs(Protocol):
    """What the menu has done."""

    def look_at(self, photo: PhotoId) -> None:
        """Open a photo large."""

    def uncover(self, photo: PhotoId) -> None:
        """Look at a covered photo, for now."""

    def cover_again(self, photo: PhotoId) -> None:
        """Enough of a covered photo for now."""

    def cover(self, *, covered: bool) -> None:
        """Cover what is chosen, or no longer."""

    def put_in_book(self, *, in_book: bool) -> None:
        """Have what is chosen printed, or not."""

    def put_away(self) -> None:
        """Put what is chosen into the drawer."""


def open_menu(
    parent: QWidget,
    place: QPoint,
    rows: Sequence[PhotoRow],
    shows: Callable[[PhotoRow], bool],
    acts: TileActs,
) -> QMenu:
    """Open it at a place on the screen. What would change nothing is not offered."""
    menu = QMenu(parent)
    menu.setObjectName("photo-menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def add(text: str, act: Callable[[], object]) -> None:
        menu.addAction(text).triggered.connect(lambda: act())

    if len(rows) == 1:
        row = rows[0]
        if not shows(row):
            add(tr("Look at it now"), lambda: acts.uncover(row.id))
        else:
            add(tr("Open"), lambda: acts.look_at(row.id))
            if row.covered:
                add(tr("Cover again"), lambda: acts.cover_again(row.id))
    else:
        title = menu.addAction(count_text("{n} photo chosen", "{n} photos chosen", len(rows)))
        title.setEnabled(False)
    menu.addSeparator()
    if any(not row.covered for row in rows):
        add(tr("Keep covered"), lambda: acts.cover(covered=True))
    if any(row.covered for row in rows):
        add(tr("Leave uncovered"), lambda: acts.cover(covered=False))
    if any(not row.in_book for row in rows):
        add(tr("Put into our book"), lambda: acts.put_in_book(in_book=True))
    if any(row.in_book for row in rows):
        add(tr("Leave out of our book"), lambda: acts.put_in_book(in_book=False))
    menu.addSeparator()
    add(tr("Put away"), acts.put_away)
    menu.popup(place)
    return menu
