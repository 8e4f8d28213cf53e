"""What does not fit on the screen: words that are cut, parts that pass an edge or cover one another."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from memorybook.ui.kit.labels import ElidedLabel

_PARTS = (QLabel, QAbstractButton, QLineEdit, QComboBox, QAbstractSlider, QAbstractItemView)
_ROUNDING = 2
_TALL = 100_000


def misfits(windows: Iterable[QWidget]) -> list[str]:
    """Everything that does not fit in these windows; nothing is what a test wants."""
    return [found for window in windows for found in _of_window(window)]


def _of_window(window: QWidget) -> Iterator[str]:
    parts = [part for part in window.findChildren(QWidget) if _is_ours(part, window)]
    for part in parts:
        lack = _lack(part)
        if lack:
            yield f"{_called(part)} is cut: {lack}"
        passed = _edge_passed(part, window)
        if passed:
            yield f"{_called(part)} passes {passed}"
    seen = [(part, box) for part in parts if not (box := _seen(part, window)).isEmpty()]
    for (one, box), (other, other_box) in combinations(seen, 2):
        common = box & other_box
        if min(common.width(), common.height()) > _ROUNDING and not _inside(one, other):
            yield f"{_called(one)} and {_called(other)} cover one another"


def _is_ours(part: QWidget, window: QWidget) -> bool:
    """A part with words or a handle, that is shown and not a piece of another one or of Qt's own dialogs."""
    if not isinstance(part, _PARTS) or not part.isVisible() or part.window() is not window:
        return False
    if isinstance(part, QScrollBar) or isinstance(window, QFileDialog):
        return False
    above = part.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QComboBox | QLineEdit | QAbstractItemView):
            return False
        above = above.parentWidget()
    return True


def _lack(part: QWidget) -> str:
    """Room that the words of a part need and do not have."""
    if isinstance(part, QLabel):
        return _lack_of_label(part)
    if isinstance(part, QComboBox):
        if part.toolTip() == part.currentText():
            return ""  # as with a line that is shortened on purpose
        option = QStyleOptionComboBox()
        part.initStyleOption(option)
        field = part.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, part
        )
        return _short(part.fontMetrics().horizontalAdvance(part.currentText()), field.width(), "width")
    if isinstance(part, QLineEdit):
        if part.text() or not part.placeholderText():
            return ""
        room = part.width() - (part.minimumSizeHint().width() - part.fontMetrics().maxWidth())
        return _short(part.fontMetrics().horizontalAdvance(part.placeholderText()), room, "width")
    if isinstance(part, QAbstractButton) and part.text():
        return _lack_of_button(part)
    return ""


def _lack_of_label(part: QLabel) -> str:
    if isinstance(part, ElidedLabel) or not part.text():
        return ""  # shortened on purpose, and the whole is its tool tip
    if not part.wordWrap():
        return _short(part.minimumSizeHint().width(), part.width(), "width") or _short(
            part.minimumSizeHint().height(), part.height(), "height"
        )
    room = QRect(0, 0, part.contentsRect().width() - 2 * part.margin(), _TALL)
    flags = int(part.alignment()) | Qt.TextFlag.TextWordWrap
    words = part.fontMetrics().boundingRect(room, flags, part.text())
    return _short(words.width(), room.width(), "width") or _short(
        part.heightForWidth(part.width()), part.height(), "height"
    )


def _lack_of_button(part: QAbstractButton) -> str:
    least = part.minimumSizeHint()
    if part.hasHeightForWidth():
        return _short(least.width(), part.width(), "width") or _short(
            part.heightForWidth(part.width()), part.height(), "height"
        )
    if isinstance(part, QCheckBox | QRadioButton):
        least = part.sizeHint()
    return _short(least.width(), part.width(), "width") or _short(least.height(), part.height(), "height")


def _short(wanted: int, there: int, what: str) -> str:
    return f"{what} {there}, needs {wanted}" if wanted > there + _ROUNDING else ""


def _edge_passed(part: QWidget, window: QWidget) -> str:
    """What a part reaches out of: its window, or a part of it that cuts. What scrolls may go on below."""
    box = QRect(QPoint(0, 0), part.size())
    inner, above = part, part.parentWidget()
    scrolls = False
    while above is not None:
        box.translate(inner.pos())
        outside = above.parentWidget()
        if isinstance(outside, QAbstractScrollArea) and above is outside.viewport():
            if _wider_than(box, above) and not _scrolls_sideways(outside):
                return f"the width of {_called(outside)}"
            scrolls = True
        elif not scrolls and (_wider_than(box, above) or _taller_than(box, above)):
            return f"the edge of {_called(above)}: {box.getRect()} in {above.size().toTuple()}"
        if above is window:
            return ""
        inner, above = above, outside
    return ""


def _scrolls_sideways(area: QAbstractScrollArea) -> bool:
    return area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def _wider_than(box: QRect, room: QWidget) -> bool:
    return box.left() < -_ROUNDING or box.right() > room.width() + _ROUNDING


def _taller_than(box: QRect, room: QWidget) -> bool:
    return box.top() < -_ROUNDING or box.bottom() > room.height() + _ROUNDING


def _seen(part: QWidget, window: QWidget) -> QRect:
    """The part of it that can be seen, in the window."""
    box = QRect(QPoint(0, 0), part.size())
    inner: QWidget = part
    while inner is not window:
        above = inner.parentWidget()
        if above is None:
            break
        box = box.translated(inner.pos()) & QRect(QPoint(0, 0), above.size())
        inner = above
    return box


def _inside(one: QWidget, other: QWidget) -> bool:
    return one.isAncestorOf(other) or other.isAncestorOf(one)


def _called(part: QWidget) -> str:
    text = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
    named = part.objectName() or type(part).__name__
    owner = next((each for each in _above(part) if type(each).__module__.startswith("memorybook")), None)
    said = f" “{text[:40]}”" if text else ""
    return f"{named}{said}" + (f" of {type(owner).__name__}" if owner is not None else "")


def _above(part: QWidget) -> Iterator[QWidget]:
    above = part.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()
