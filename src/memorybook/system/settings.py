"""What this computer remembers between starts: a handful of values, and nothing of what is in a book."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from memorybook import files, paths
from memorybook.errors import MemoryBookError

THEMES: Final = ("system", "light", "dark")
TEXT_SCALES: Final = range(80, 201)
"""Text sizes in percent."""

IDLE_MINUTES: Final = (0, 1, 2, 5, 10, 15, 30, 60)
"""After how many minutes without a touch an open book is closed; 0 for never."""

_SIDES: Final = range(320, 16_385)
_PLACES: Final = range(-32_768, 32_768)
_FILE_LIMIT: Final = 64 * 1024
_PATH_LIMIT: Final = 4096


class Settings:
    """The values that are remembered outside any book. Setting one does not write it; ``save`` does.

    The file is small JSON text, readable by its owner alone. Only these keys are ever read or written. A
    file that is missing, unreadable or wrong gives the defaults; a single wrong value gives its own.
    Meant for the GUI thread.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Read ``file``, by default the one that belongs to this person. Never raises."""
        self._file = file or paths.settings_file()
        found = _read(self._file)
        theme = found.get("theme")
        self.theme: str = theme if isinstance(theme, str) and theme in THEMES else "system"
        self.text_scale: int = _whole_number(found.get("text_scale"), TEXT_SCALES) or 100
        last_book = found.get("last_book")
        self.last_book: str = last_book if isinstance(last_book, str) and _is_path(last_book) else ""
        country = found.get("support_country")
        self.support_country: str = country if isinstance(country, str) and _is_country(country) else ""
        language = found.get("support_language")
        self.support_language: str = language if isinstance(language, str) and _is_language(language) else ""
        self.window_size: tuple[int, int] = _size(found.get("window"))
        self.window_place: tuple[int, int] | None = _place(found.get("place"))
        self.window_maximised: bool = found.get("maximised") is True
        idle = _whole_number(found.get("idle_minutes"), range(max(IDLE_MINUTES) + 1))
        self.idle_minutes: int = 10 if idle is None or idle not in IDLE_MINUTES else idle
        self.lock_on_minimise: bool = found.get("lock_on_minimise") is True
        self.keyring_after_lock: bool = found.get("keyring_after_lock") is True

    def save(self) -> None:
        """Write the values for the next start. Never raises: losing them costs a click."""
        values = {
            "theme": self.theme,
            "text_scale": self.text_scale,
            "window": list(self.window_size),
            "place": None if self.window_place is None else list(self.window_place),
            "maximised": self.window_maximised,
            "last_book": self.last_book,
            "support_country": self.support_country,
            "support_language": self.support_language,
            "idle_minutes": self.idle_minutes,
            "lock_on_minimise": self.lock_on_minimise,
            "keyring_after_lock": self.keyring_after_lock,
        }
        text = json.dumps(values, indent=2)
        with suppress(MemoryBookError):
            files.private_folder(self._file.parent)
            files.write_atomically(self._file, text.encode("utf-8"))


def _read(file: Path) -> Mapping[str, object]:
    """What the file says, or nothing. A fifo or a device in its place is not waited for."""
    try:
        if not file.is_file() or file.stat().st_size > _FILE_LIMIT:
            return {}
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _whole_number(value: object, allowed: range) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value in allowed else None


def _size(value: object) -> tuple[int, int]:
    """Width and height in pixels; (0, 0) when nothing sensible is remembered."""
    if isinstance(value, list) and len(value) == 2:
        width, height = (_whole_number(side, _SIDES) for side in value)
        if width and height:
            return width, height
    return 0, 0


def _place(value: object) -> tuple[int, int] | None:
    """Where the window stood, in pixels from the first screen's corner; nothing when that is not known."""
    if isinstance(value, list) and len(value) == 2:
        across, down = (_whole_number(side, _PLACES) for side in value)
        if across is not None and down is not None:
            return across, down
    return None


def _is_path(text: str) -> bool:
    """Whether the operating system would take this as a full path. No text is one too: nothing remembered."""
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return len(text) <= _PATH_LIMIT and "\0" not in text and (not text or Path(text).is_absolute())


def _is_country(text: str) -> bool:
    return not text or (len(text) <= 4 and text.isascii() and text.isalpha() and text.isupper())


def _is_language(text: str) -> bool:
    return not text or (len(text) in {2, 3} and text.isascii() and text.isalpha() and text.islower())
