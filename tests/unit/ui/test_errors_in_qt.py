"""What goes wrong anywhere in a window is written down without a word of what was in it."""

import os
import subprocess
import sys

import pytest

CANARY = "Zaunkoenig words of a diary"

# Each raises something whose own text is the canary, at a place from which Qt or Python catches it.
PLACES = {
    "a slot": "button.clicked.connect(lambda: int(CANARY)); button.click()",
    "a slot of another thread": """
relay = Relay()
relay.said.connect(lambda _: int(CANARY), Qt.ConnectionType.QueuedConnection)
threading.Thread(target=lambda: relay.said.emit(CANARY)).start()
""",
    "a timer": "QTimer.singleShot(0, lambda: {}[CANARY])",
    "an overridden method": "Painted(application_window).show()",
    "an event filter": "watch = Watch(); button.installEventFilter(watch); button.click()",
    "a model": """
view = QListView(application_window)
QTimer.singleShot(0, view.show)
QTimer.singleShot(10, lambda: view.setModel(Model(view)))
""",
    "a worker of Qt": "QThreadPool.globalInstance().start(lambda: int(CANARY))",
    "a thread": "threading.Thread(target=lambda: open(CANARY)).start()",
    "a finalizer": "Left(); gc.collect()",
    "the end": "atexit.register(lambda: int(CANARY))",
    "a warning of Python": "warnings.warn(CANARY)",
    "a log line with values": "logging.getLogger('x').error('it was %s', CANARY)",
    "a log line that cannot be written": "logging.getLogger('x').error(Unprintable())",
    "a message of Qt": "qCritical(CANARY); qWarning(CANARY); button.setStyleSheet('{{' + CANARY)",
    "a future": "ThreadPoolExecutor().submit(lambda: 1).add_done_callback(lambda _: int(CANARY))",
}

SCRIPT = """
import atexit, gc, logging, sys, threading, warnings
from concurrent.futures import ThreadPoolExecutor
from memorybook import log
log.install()
from PySide6.QtCore import (
    QAbstractListModel, QEvent, QObject, Qt, QThreadPool, QTimer, Signal, qCritical, qWarning,
)
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QWidget
from memorybook.ui.shell import application

CANARY = sys.stdin.readline().rstrip()

class Relay(QObject):
    said = Signal(str)

class Painted(QWidget):
    def paintEvent(self, event):
        int(CANARY)

class Watch(QObject):
    def eventFilter(self, watched, event):
        int(CANARY)

class Model(QAbstractListModel):
    def rowCount(self, parent=None):
        return 1
    def data(self, index, role=0):
        return {}[CANARY]

class Left:
    def __del__(self):
        int(CANARY)

class Unprintable:
    def __str__(self):
        raise ValueError(CANARY)

application._let_qt_remember_nothing()
application_window = None
qt = QApplication([])
application_window = QWidget()
application_window.resize(200, 200)
application_window.show()
button = QPushButton(application_window)
%s
QTimer.singleShot(150, qt.quit)
qt.exec()
QThreadPool.globalInstance().waitForDone()
print("went on", flush=True)
"""


@pytest.mark.parametrize("place", PLACES)
def test_an_exception_keeps_its_words_wherever_it_comes_from(place: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT % PLACES[place]],
        input=CANARY,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "went on" in done.stdout
    assert CANARY not in done.stdout + done.stderr
    assert "Zaunkoenig" not in done.stdout + done.stderr
    if place != "a log line that cannot be written":
        assert done.stderr.strip(), "control: it was written down that something happened"
