"""Photos are read on a thread of their own, and the window goes on meanwhile."""

import os
import subprocess
import sys
from pathlib import Path

from tests.corpus import pictures

PAINTING = """
import sys
from PySide6.QtWidgets import QApplication
from memorybook.ui.core import tasks
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.photos.reading import PixelReader

application = QApplication([])
tasks.start()
jpeg = open(sys.argv[1], "rb").read()
reader = PixelReader()
come = []
for _ in range(300):
    reader.read(jpeg, come.append, come.append)
    application.setStyleSheet("QCheckBox::indicator { image: url(%s); }" % sys.argv[2])
    CheckBox("Words", name="box").grab()
reader.read(jpeg, lambda image: application.exit(image.isNull()), lambda error: application.exit(1))
sys.exit(application.exec())
"""


def test_the_window_paints_its_own_pictures_while_photos_are_read(tmp_path: Path) -> None:
    """Each of the two once wanted a lock that the other held, and the window stood still for good."""
    photo, tick = tmp_path / "photo", tmp_path / "tick.png"
    photo.write_bytes(pictures.jpeg())
    tick.write_bytes(pictures.png())
    asked = [sys.executable, "-c", PAINTING, str(photo), str(tick)]
    subprocess.run(asked, check=True, timeout=120, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
