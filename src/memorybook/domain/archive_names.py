"""Names for the files of an archive: readable, in order by day, and possible on every system."""

import re
import unicodedata
from dataclasses import dataclass, field

from memorybook.domain.dates import VagueDate

_LONGEST = 100
"""Bytes of a name without its ending; 255 are the most that file systems hold, and copies add to it."""

_FORBIDDEN = frozenset('<>:"/\\|?*')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}")
_PICTURES = {
    "JPEG": ".jpg",
    "PNG": ".png",
    "HEIF": ".heic",
    "TIFF": ".tif",
    "WEBP": ".webp",
    "GIF": ".gif",
    "BMP": ".bmp",
}
_IN_LINKS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_SHOWN_BY_BROWSERS = frozenset({"JPEG", "PNG", "WEBP", "GIF", "BMP"})


def is_shown_by_browsers(format_: str) -> bool:
    """Whether a picture of this format is seen in any browser, as it is."""
    return format_ in _SHOWN_BY_BROWSERS


def picture_ending(format_: str) -> str:
    """The ending of a picture's file, by what it is."""
    return _PICTURES.get(format_, ".bin")


def ending_of(file_name: str, otherwise: str) -> str:
    """The ending that a file came with, when it is one that every system takes."""
    found = _ENDING.search(file_name, file_name.rfind(".")) if "." in file_name else None
    whole = found is not None and found.end() == len(file_name)
    return found.group().lower() if found is not None and whole else otherwise


def link(name: str) -> str:
    """The name of a file as a link to it: every byte that a link cannot have, by its number."""
    return "".join(chr(byte) if byte in _IN_LINKS else f"%{byte:02X}" for byte in name.encode("utf-8"))


@dataclass(slots=True)
class Names:
    """Gives every file a name that no other one has, also where A and a are the same letter.

    With ``telling`` off a name is a number: for an archive whose list of names can be read by anyone.
    """

    telling: bool = True
    _taken: set[str] = field(default_factory=set)
    _number: dict[str, int] = field(default_factory=dict)

    def of(self, folder: str, day: VagueDate, words: str, ending: str) -> str:
        """ "photos/2026-05-03 Her hand.jpg", with a number behind it where there is one already."""
        if not self.telling:
            self._number[folder] = self._number.get(folder, 0) + 1
            return f"{folder}/{self._number[folder]:05d}{ending}"
        return self._own(folder, f"{_begun(day)} {_possible(words)}".strip(), ending)

    def beside(self, name: str, words: str, ending: str) -> str:
        """The name of a file that belongs to another one."""
        folder, _, rest = name.rpartition("/")
        return self._own(folder, f"{rest.rpartition('.')[0]} {words}", ending)

    def _own(self, folder: str, stem: str, ending: str) -> str:
        number = 1
        while True:
            name = f"{folder}/{stem}{'' if number == 1 else f' ({number})'}{ending}"
            if name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                return name
            number += 1


def _begun(day: VagueDate) -> str:
    if not day.is_known:
        return "undated"
    return str(day).rstrip("~").removeprefix("XXXX-")


def _possible(words: str) -> str:
    """``words`` without what a name cannot have on one system or another, and no longer than it may be."""
    kept = "".join(
        " " if each in _FORBIDDEN or unicodedata.category(each)[0] in "CZ" else each
        for each in unicodedata.normalize("NFC", words)
    )
    text = " ".join(kept.split())
    short = text.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore")
    return short.rstrip(" .")
