"""Small spelling dictionaries for tests, in the format of Hunspell."""

import zipfile
from pathlib import Path

from memorybook.domain.spelling import Dictionary
from memorybook.system.dictionaries import Dictionaries

ENGLISH = ("we", "remember/DG", "their", "there", "three", "light", "quiet", "the", "sea", "it's", "don't")
HEBREW = ("שלום", "אור", "ים")
LATIN = ("été", "mère", "naïve")
_ENGLISH_AFFIXES = """SET UTF-8
TRY esianrtolcdugmphbyfvkwz'
SFX D Y 1
SFX D 0 ed .
SFX G Y 1
SFX G 0 ing .
"""


def write(
    folder: Path, name: str, words: tuple[str, ...] = ENGLISH, *, affixes: str = "", encoding: str = "utf-8"
) -> Dictionary:
    """Both files of a dictionary. ``affixes`` is an English set when it is empty."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.aff").write_text(affixes or _ENGLISH_AFFIXES, encoding=encoding)
    (folder / f"{name}.dic").write_text("\n".join((str(len(words)), *words, "")), encoding=encoding)
    return Dictionary(name, folder)


def english(folder: Path) -> Dictionary:
    return write(folder, "en_GB")


def hebrew(folder: Path) -> Dictionary:
    return write(folder, "he_IL", HEBREW, affixes="SET UTF-8\nTRY אבגדהוזחטיכלמנסעפצקרשתםןףךץ\n")


def latin(folder: Path) -> Dictionary:
    """One whose letters are those of an old code page."""
    return write(folder, "fr", LATIN, affixes="SET ISO8859-1\nTRY éèï\n", encoding="latin-1")


def extension(path: Path, *dictionaries: Dictionary) -> Path:
    """An office extension with these dictionaries in it."""
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        for each in dictionaries:
            for ending in (".aff", ".dic"):
                packed.write(each.folder / f"{each.name}{ending}", f"dictionaries/{each.name}{ending}")
    return path


def on_this_computer(folder: Path) -> Dictionaries:
    """English and Hebrew, and room for what is brought."""
    english(folder / "system")
    hebrew(folder / "system")
    return Dictionaries(own=folder / "own", places=[folder / "system"])
