"""A page that scrolls, with its content in one centred column of readable width."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from memorybook.ui.core import theme

_NARROW = 480


class ScrollColumn(QScrollArea):
    """``column`` takes the widgets. ``width`` is the measure at 100 %, 0 for the whole width.

    The outer margin is that of every page, 40 px at the sides and less in a narrow place, unless
    :meth:`set_margins` sets another.
    """

    def __init__(self, *, width: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        across = QHBoxLayout(inner)
        self._own_margins = False
        across.setContentsMargins(px(40), px(24), px(40), px(40))
        across.setSpacing(0)
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(12))
        across.addStretch(1)
        across.addWidget(self.body, 1000)
        across.addStretch(1)
        if width:
            self.set_width(width)
        self._inner = inner
        self._across = across
        self._followed: QWidget | None = None
        self.verticalScrollBar().rangeChanged.connect(self._follow)
        self.verticalScrollBar().actionTriggered.connect(self._follow_no_more)
        inner.installEventFilter(self)
        self.setWidget(inner)

    def set_width(self, width: int) -> None:
        """Another measure of the column, at 100 %."""
        self.body.setMaximumWidth(theme.current().px(width))

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """Other margins than a page's, in pixels as drawn."""
        self._own_margins = True
        self._across.setContentsMargins(left, top, right, bottom)

    def height_for(self, width: int) -> int:
        """How tall the whole content is at a width, in pixels."""
        return self._across.totalHeightForWidth(width)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._own_margins:
            px = theme.current().px
            side = px(40 if self.width() >= px(_NARROW) else 16)
            self._across.setContentsMargins(side, px(24), side, px(40))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As tall as wrapped words need at this width: a scroll area asks for that no more than once."""
        self._inner.setMinimumHeight(max(0, self.height_for(self.viewport().width())))

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a widget of the column once it has its place: to its beginning, when it is too tall."""
        self._followed = None
        self._bring_into_view(widget)

    def follow(self, widget: QWidget) -> None:
        """As :meth:`bring_into_view`, and again whenever what is above it grows.

        Until something else is brought into view, the person scrolls, or the page is left.
        """
        self._followed = widget
        self._bring_into_view(widget)

    def _follow(self) -> None:
        if self._followed is not None:
            self._bring_into_view(self._followed)

    def _follow_no_more(self) -> None:
        self._followed = None

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._follow_no_more()

    def _bring_into_view(self, widget: QWidget) -> None:
        def scroll() -> None:
            self.ensureWidgetVisible(widget, 0, 24)
            if widget.height() > self.viewport().height():
                self.verticalScrollBar().setValue(widget.mapTo(self._inner, QPoint(0, 0)).y())

        QTimer.singleShot(0, self, scroll)

    def keep_in_view(self, widget: QWidget, rect: QRect) -> None:
        """Scroll so that this part of ``widget`` (its own coordinates) can be seen."""
        top = widget.mapTo(self._inner, rect.topLeft())
        self.ensureVisible(top.x(), top.y() + rect.height() // 2, 0, rect.height() + 24)


def column_of(widget: QWidget | None) -> ScrollColumn | None:
    """The page that scrolls and that a widget stands on, if it stands on one."""
    above = widget.parentWidget() if widget is not None else None
    while above is not None and not isinstance(above, ScrollColumn):
        above = above.parentWidget()
    return above


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the page that a widget stands on, so that it is seen."""
    column = column_of(widget)
    if column is not None:
        column.bring_into_view(widget)
