"""Where things live on this computer."""

import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs

_NAME = "memorybook"


def default_books_folder() -> Path:
    """Where a new book is suggested to live: the person's documents, or their home without such a folder."""
    documents = platformdirs.user_documents_path()
    return documents if documents.is_dir() else Path.home()


def settings_file() -> Path:
    """The small file with what is remembered while no book is open. It need not exist."""
    return platformdirs.user_config_path(_NAME, appauthor=False) / "settings.json"


def dictionaries_folder() -> Path:
    """Where spelling dictionaries are kept that the person brought. It need not exist."""
    return platformdirs.user_data_path(_NAME, appauthor=False) / "dictionaries"


def office_dictionaries() -> Iterator[Path]:
    """Folders in which LibreOffice keeps the dictionaries that a person added to it."""
    base = platformdirs.user_config_path() if sys.platform == "linux" else platformdirs.user_data_path()
    profile = base / ("libreoffice" if sys.platform == "linux" else "LibreOffice") / "4" / "user"
    installed = profile / "uno_packages" / "cache" / "uno_packages"
    for depth in ("*/*.oxt", "*/*.oxt/*"):
        yield from sorted(path for path in installed.glob(depth) if path.is_dir())


def default_copies_folder() -> Path:
    """Where copies of books are kept unless something else is chosen. It need not exist."""
    return default_books_folder() / "Memory Book copies"
