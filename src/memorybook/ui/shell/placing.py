"""Where the window stands, from one time to the next."""

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from memorybook.ui.core.device import DeviceSettings

SMALLEST = QSize(640, 480)
_FIRST = QSize(1280, 800)
_GRIP = QPoint(60, 20)  # so much of a window has to be on a screen


def give_size(window: QWidget, device: DeviceSettings) -> None:
    """As large as it was the last time, and no larger than the screen."""
    screen = QGuiApplication.primaryScreen().availableGeometry().size()
    width, height = device.window_size
    wanted = QSize(width, height) if width and height else _FIRST
    window.resize(wanted.expandedTo(SMALLEST).boundedTo(screen.expandedTo(SMALLEST)))
    if device.window_maximised:
        window.showMaximized()


def give_place(window: QWidget, device: DeviceSettings) -> None:
    """Where it stood the last time, if a screen is still there."""
    place = device.window_place
    if place is None or window.isMaximized():
        return
    if QGuiApplication.screenAt(QPoint(*place) + _GRIP) is not None:
        window.move(*place)


def remember(window: QWidget, device: DeviceSettings) -> None:
    """Keep size and place for the next time."""
    device.window_maximised = window.isMaximized()
    if not window.isMaximized():
        device.window_size = (window.width(), window.height())
        device.window_place = (window.x(), window.y())
    device.save()
