"""Where things live on this computer."""

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
