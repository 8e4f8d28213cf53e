"""One QApplication for the tests of widgets, dressed as the app dresses it."""

import pytest
from PySide6.QtWidgets import QApplication

from memorybook.ui.core import tasks, theme


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    qapp.setStyle("Fusion")
    theme.load_fonts()
    tasks.start()
    theme.current().apply("light", 100)
    return qapp
