"""All places are in sight, in their order, with their keys, however low the window is and large the text."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from memorybook.ui.core import theme
from memorybook.ui.kit.buttons import Button
from memorybook.ui.shell.sidebar import Sidebar, place_names


@pytest.fixture
def sidebar(dressed: QApplication) -> Iterator[Sidebar]:
    window = QWidget()
    across = QHBoxLayout(window)
    across.setContentsMargins(0, 0, 0, 0)
    sidebar = Sidebar()
    across.addWidget(sidebar)
    across.addWidget(QWidget(), 1)
    window.show()
    yield sidebar
    window.deleteLater()
    theme.current().apply("light", 100)


def fit(sidebar: Sidebar, size: tuple[int, int], text: int, qtbot: QtBot) -> None:
    theme.current().apply("light", text)
    window = sidebar.window()
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    sidebar.fit_to(size[0])
    buttons = sidebar.findChildren(Button)
    qtbot.waitUntil(lambda: all(button.height() >= 32 for button in buttons))


@pytest.mark.parametrize(
    ("size", "text"),
    [((1280, 800), 100), ((1024, 640), 100), ((1024, 640), 200), ((1280, 800), 200), ((640, 480), 100),
     ((1920, 800), 200), ((640, 480), 80)],
)  # fmt: skip
def test_every_place_is_in_sight(
    sidebar: Sidebar, size: tuple[int, int], text: int, qtbot: QtBot
) -> None:
    fit(sidebar, size, text, qtbot)
    names = [f"place-{key}" for key in (*place_names(), "hide", "close-book")]
    buttons = {button.objectName(): button for button in sidebar.findChildren(Button)}

    def in_sight(button: Button) -> bool:
        return button.visibleRegion().boundingRect() == button.rect()

    qtbot.waitUntil(lambda: [name for name in names if not in_sight(buttons[name])] == [])
    tops = [buttons[name].mapTo(sidebar, buttons[name].rect().topLeft()).y() for name in names]
    assert tops == sorted(tops)


def test_where_there_is_no_room_the_place_one_is_in_is_in_sight(sidebar: Sidebar, qtbot: QtBot) -> None:
    fit(sidebar, (640, 480), 200, qtbot)
    settings = sidebar.findChild(Button, "place-settings")
    assert settings is not None
    sidebar.mark("settings")
    qtbot.waitUntil(lambda: settings.visibleRegion().boundingRect() == settings.rect())
    sidebar.window().resize(640, 380)
    qtbot.waitUntil(lambda: sidebar.window().height() == 380)
    qtbot.waitUntil(lambda: settings.visibleRegion().boundingRect() == settings.rect())


def test_each_place_has_the_key_of_its_order(sidebar: Sidebar) -> None:
    keys = [key.key().toString() for key in sidebar.findChildren(QShortcut)]
    assert keys[:10] == [f"Ctrl+{number}" for number in (*range(1, 10), 0)]
    chosen: list[str] = []
    sidebar.chosen.connect(chosen.append)
    for key in sidebar.findChildren(QShortcut)[:10]:
        key.activated.emit()
    assert chosen == list(place_names())
