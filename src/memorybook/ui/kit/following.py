"""A window whose pages follow the keyboard, also when it comes from outside of what scrolls."""

from PySide6.QtWidgets import QMainWindow

from memorybook.ui.kit.column import column_of


class FollowingWindow(QMainWindow):
    """Qt scrolls to where Tab comes within a page, and not to where it enters one."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        before = self.focusWidget()
        moved = super().focusNextPrevChild(forward)
        now = self.focusWidget()
        if moved and now is not None:
            column = column_of(now)
            fits = column is not None and now.height() <= column.height()
            if column is not None and fits and column is not column_of(before):
                column.bring_into_view(now)
        return moved
