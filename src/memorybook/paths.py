"""Where things live on this computer."""

import atexit
import os
import shutil
import stat
import tempfile
from functools import cache
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


@cache
def runtime_folder() -> Path:
    """A folder for this session alone: owned by this person, closed to everyone else, empty after a restart.

    A folder of that name that somebody else prepared is not used; a fresh one is made instead.
    """
    base = os.environ.get("XDG_RUNTIME_DIR", "")
    if base and Path(base).is_dir():
        folder = Path(base) / _NAME
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError:
            return _fresh_folder()
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077:
            return folder
    return _fresh_folder()


def _fresh_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"{_NAME}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
