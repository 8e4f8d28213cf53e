"""Which language the window speaks: the first of the system's that there are words in, English otherwise."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from memorybook import resources

SOURCE = "en"
"""The language that the sentences in the code are in; nothing is loaded for it."""


def speak(
    application: QApplication, wanted: Iterable[str] | None = None, *, folder: Path | None = None
) -> str:
    """Load the words of the first ``wanted`` language (the system's) that are in ``folder``; say which it is.

    Qt's own words and the direction of the page come with it, so that a window is in one language. GUI
    thread, once, before the first widget.
    """
    folder = folder or resources.folder("i18n")
    for name in wanted if wanted is not None else QLocale.system().uiLanguages():
        language = name.replace("-", "_")
        if language.partition("_")[0] == SOURCE:
            break
        ours = _words(application, folder, "memorybook", language)
        if ours is None:
            continue
        qt = _words(application, _folder_of_qt(), "qtbase", language)
        if qt is not None:
            application.installTranslator(qt)
        application.installTranslator(ours)
        application.setLayoutDirection(QLocale(language).textDirection())
        return language
    return SOURCE


def _folder_of_qt() -> Path:
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))


def _words(application: QApplication, folder: Path, stem: str, language: str) -> QTranslator | None:
    """The words of a language, of its region first: "pt_BR", then "pt"."""
    for name in dict.fromkeys((language, language.partition("_")[0])):
        file = folder / f"{stem}_{name}.qm"
        translator = QTranslator(application)
        if file.is_file() and translator.load(str(file)):
            return translator
    return None
