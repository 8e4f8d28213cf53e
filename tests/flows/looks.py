"""The ways a window can be: light or dark, its size, the size of the text, the language and its direction."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from tests.flows.driver import Driver
from tests.flows.fitting import misfits
from tests.flows.unspoken import untranslated
from tests.pseudo import PseudoTranslator, accented


@dataclass(frozen=True)
class Look:
    """One way the window can be."""

    name: str
    theme: str
    size: tuple[int, int]
    text: int = 100


LOOKS = (
    Look("light-1280x800", "light", (1280, 800)),
    Look("dark-1280x800", "dark", (1280, 800)),
    Look("light-1024x640", "light", (1024, 640)),
    Look("light-1280x800-text200", "light", (1280, 800), 200),
    Look("dark-1024x640-text200", "dark", (1024, 640), 200),
)


def dress(driver: Driver, look: Look) -> None:
    """Give the window this look."""
    driver.settings.theme, driver.settings.text_scale = look.theme, look.text
    driver.application.restyle()
    driver.window.resize(*look.size)
    driver.wait(lambda: (driver.window.width(), driver.window.height()) == look.size)


class ExactingDriver(Driver):
    """Looks, wherever a picture would be taken, for what does not fit.

    ``found`` is all of that, each with the picture it was first seen in; ``english`` is, by picture, what a
    pseudo-translation left as it is. ``pseudo`` turns every sentence into one of twice its length,
    ``mirrored`` the page from right to left.
    """

    def __init__(self, *, pseudo: bool = False, mirrored: bool = False, pictures: Path | None = None) -> None:
        self.found: dict[str, str] = {}
        self.english: dict[str, set[str]] = {}
        self._pictures = pictures
        existing = QApplication.instance()
        self._qt = existing if isinstance(existing, QApplication) else QApplication(["memorybook"])
        self._translator = PseudoTranslator(self._qt, mirrored=mirrored) if pseudo else None
        if self._translator is not None:
            self._qt.installTranslator(self._translator)
        if mirrored:
            self._qt.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        super().__init__()

    def sees(self, text: str) -> bool:
        return super().sees(text) or (self._translator is not None and super().sees(accented(text)))

    def picture(self, path: Path) -> None:
        self.be_still()
        for found in misfits(self.windows()):
            self.found.setdefault(found, path.stem)
        if self._translator is not None:
            self.english[path.stem] = untranslated(self.windows())
        if self._pictures is not None:
            super().picture(self._pictures / path.name)

    def stop(self) -> None:
        super().stop()
        self._qt.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
