"""What a notice says is there while it holds."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from memorybook.ui.kit.notice import Notice


@pytest.fixture
def places(dressed: QApplication) -> Iterator[QStackedWidget]:
    """Two places; a notice can be put into the first."""
    places = QStackedWidget()
    first = QWidget()
    QVBoxLayout(first)
    places.addWidget(first)
    places.addWidget(QWidget())
    places.show()
    yield places
    places.deleteLater()


def noticed(places: QStackedWidget, *, passing: bool) -> Notice:
    notice = Notice(name="notice", passing=passing)
    layout = places.widget(0).layout()
    assert layout is not None
    layout.addWidget(notice)
    return notice


def leave_and_come_back(places: QStackedWidget) -> None:
    places.setCurrentIndex(1)
    places.setCurrentIndex(0)


def test_one_that_passes_goes_with_its_page(places: QStackedWidget) -> None:
    notice = noticed(places, passing=True)
    notice.say("Saved.")
    assert notice.text() == "Saved."
    leave_and_come_back(places)
    assert notice.text() == ""
    notice.say("Saved once more.")
    assert notice.isVisible()


def test_one_that_can_be_answered_stays(places: QStackedWidget) -> None:
    notice = noticed(places, passing=True)
    notice.say("The day is off the list.", action="Put it back", acts=lambda: None)
    leave_and_come_back(places)
    assert notice.text() == "The day is off the list."


def test_one_that_still_holds_stays(places: QStackedWidget) -> None:
    notice = noticed(places, passing=False)
    notice.say("Not kept yet.")
    leave_and_come_back(places)
    assert notice.isVisible()


def test_one_that_is_said_behind_another_page_is_there_when_that_is_left(places: QStackedWidget) -> None:
    notice = noticed(places, passing=True)
    places.setCurrentIndex(1)
    notice.say("Nothing was saved.")
    places.setCurrentIndex(0)
    assert notice.isVisible()


def test_what_can_be_done_stands_beside_the_words_where_one_line_has_room(places: QStackedWidget) -> None:
    notice = Notice(name="notice", stands=True)
    layout = places.widget(0).layout()
    assert layout is not None
    layout.addWidget(notice)
    notice.say("Not kept yet.", action="What to do", acts=lambda: None)
    words, action = (notice.findChild(QWidget, name) for name in ("notice", "notice-action"))
    assert words is not None
    assert action is not None
    for width, beside in ((900, True), (200, False), (900, True)):
        places.resize(width, 400)
        QApplication.processEvents()
        assert (action.y() < words.geometry().bottom()) is beside
