"""Spelling dictionaries: found where programs keep them, or brought by the person and kept beside the app.

Hunspell reads dictionaries from files alone. One that a person brings is therefore not put into a book, from
where it would have to be laid out in the clear each time the book is opened: it is a public list of words, so
it is kept once for this account, in the app's own folder. Which language a book uses is said inside the book.
"""

import importlib.util
import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from memorybook import files, paths
from memorybook.domain.spelling import Dictionary
from memorybook.errors import DictionaryNotRecognised

BYTE_LIMIT: Final = 64 * 1024 * 1024
"""No dictionary of any language is larger, in bytes; the largest that Debian has is 12 MB."""

_TRIAL: Final = ".trial"
_NAME: Final = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_LINUX: Final = (
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/run/host/usr/share/hunspell",  # what the system has, seen from inside a Flatpak
    "/usr/lib/libreoffice/share/extensions/dict-*",
    "/usr/lib64/libreoffice/share/extensions/dict-*",
    "/opt/libreoffice*/share/extensions/dict-*",
    "/snap/libreoffice/current/lib/libreoffice/share/extensions/dict-*",
)
_MACOS: Final = (
    "/Library/Spelling",
    "/Applications/LibreOffice.app/Contents/Resources/extensions/dict-*",
    "/opt/homebrew/share/hunspell",
    "/usr/local/share/hunspell",
)
_WINDOWS: Final = (
    "C:/Program Files/LibreOffice/share/extensions/dict-*",
    "C:/Program Files (x86)/LibreOffice/share/extensions/dict-*",
)


class Dictionaries:
    """The dictionaries of this computer. Every method looks at the disk; any thread but the window's."""

    def __init__(self, *, own: Path | None = None, places: Sequence[Path] | None = None) -> None:
        """``own`` is where brought ones are kept, ``places`` where others are looked for, best first."""
        self._own = own or paths.dictionaries_folder()
        self._places = places

    def found(self) -> tuple[Dictionary, ...]:
        """One dictionary for each name, by name. One that was brought goes before one that was found."""
        seen: dict[str, Dictionary] = {}
        for folder in (self._own, *(_places() if self._places is None else self._places)):
            for dictionary in _in(folder, own=folder == self._own):
                seen.setdefault(dictionary.name.replace("-", "_"), dictionary)
        return tuple(seen[name] for name in sorted(seen))

    def bring(self, file: Path, *, usable: Callable[[Dictionary], bool]) -> tuple[Dictionary, ...]:
        """Keep the dictionaries that ``file`` is a part of: a .dic or .aff with its fellow, or an .oxt.

        They take the place of what was brought before under their names once ``usable`` says so of each, and
        those that it refuses are left out. Raises ``DictionaryNotRecognised`` where none is left, or what
        the disk said.
        """
        try:
            pairs = list(_packed(file) if zipfile.is_zipfile(file) else _loose(file))
        except OSError as error:
            raise files.translate_os_error(error) from None
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
            raise DictionaryNotRecognised from None
        if not pairs:
            raise DictionaryNotRecognised
        files.private_folder(self._own)
        trial = self._own / _TRIAL
        try:
            files.private_folder(trial)
            for name, affixes, words in pairs:
                files.write_atomically(trial / f"{name}.aff", affixes)
                files.write_atomically(trial / f"{name}.dic", words)
            good = [name for name, _, _ in pairs if usable(Dictionary(name, trial))]
            for name in good:
                for ending in (".aff", ".dic"):
                    files.put_in_place(trial / f"{name}{ending}", self._own / f"{name}{ending}")
        except OSError as error:
            raise files.translate_os_error(error) from None
        finally:
            shutil.rmtree(trial, ignore_errors=True)
        if not good:
            raise DictionaryNotRecognised
        return tuple(Dictionary(name, self._own, own=True) for name in good)


def _places() -> Iterator[Path]:
    home = Path.home()
    patterns: Iterable[str] = _LINUX
    if sys.platform == "darwin":
        patterns = (f"{home}/Library/Spelling", *_MACOS)
    elif sys.platform == "win32":
        patterns = _WINDOWS
    else:
        patterns = (f"{home}/.local/share/hunspell", *patterns)
    for pattern in patterns:
        path = Path(pattern)
        yield from sorted(Path(path.anchor).glob(pattern[len(path.anchor) :])) if "*" in pattern else [path]
    yield from paths.office_dictionaries()
    shipped = importlib.util.find_spec("hunspell")  # the library brings English along
    if shipped is not None and shipped.origin:
        yield Path(shipped.origin).parent / "dictionaries"


def _in(folder: Path, *, own: bool) -> Iterator[Dictionary]:
    try:
        names = sorted(path.stem for path in folder.glob("*.dic"))
        for name in names:
            if _NAME.fullmatch(name) and (folder / f"{name}.aff").is_file():
                yield Dictionary(name, folder, own)
    except OSError:
        return


def _loose(file: Path) -> Iterator[tuple[str, bytes, bytes]]:
    name = file.stem
    pair = (file.with_suffix(".aff"), file.with_suffix(".dic"))
    if not _NAME.fullmatch(name) or file.suffix not in {".aff", ".dic"}:
        return
    if all(path.is_file() and path.stat().st_size <= BYTE_LIMIT for path in pair):
        yield name, pair[0].read_bytes(), pair[1].read_bytes()


def _packed(file: Path) -> Iterator[tuple[str, bytes, bytes]]:
    """The pairs inside an office extension, wherever they lie in it. Nothing else is taken out."""
    with zipfile.ZipFile(file) as packed:
        entries = {entry.filename: entry for entry in packed.infolist() if entry.file_size <= BYTE_LIMIT}
        for path in sorted(entries):
            stem, dot, ending = path.rpartition(".")
            name = stem.rpartition("/")[2]
            if dot and ending == "dic" and _NAME.fullmatch(name) and f"{stem}.aff" in entries:
                yield name, _contents(packed, f"{stem}.aff"), _contents(packed, path)


def _contents(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as inside:
        data = inside.read(BYTE_LIMIT + 1)
    if len(data) > BYTE_LIMIT:
        raise DictionaryNotRecognised
    return data


