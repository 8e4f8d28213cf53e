"""Dictionaries are found where programs keep them, and taken from a file that the person has."""

import importlib.util
import stat
import zipfile
from pathlib import Path

import pytest

from memorybook.domain.spelling import Dictionary
from memorybook.errors import DictionaryNotRecognised, MemoryBookError
from memorybook.system.dictionaries import Dictionaries
from tests import dictionaries
from tests.dictionaries import on_this_computer


def usable(dictionary: Dictionary) -> bool:
    return (dictionary.folder / f"{dictionary.name}.dic").stat().st_size > 0


def refused(_: Dictionary) -> bool:
    return False


def test_both_files_make_a_dictionary_and_hyphens_do_not(tmp_path: Path) -> None:
    folder = tmp_path / "system"
    dictionaries.english(folder)
    (folder / "hyph_en_GB.dic").touch()
    (folder / "alone.dic").touch()
    (folder / "de_DE.dic").touch()
    found = Dictionaries(own=tmp_path / "own", places=[folder, tmp_path / "absent"]).found()
    assert found == (Dictionary("en_GB", folder),)


def test_the_first_place_wins_and_what_was_brought_before_all(tmp_path: Path) -> None:
    one, two, own = tmp_path / "1", tmp_path / "2", tmp_path / "own"
    for folder in (one, two):
        dictionaries.english(folder)
    dictionaries.hebrew(two)
    assert Dictionaries(own=own, places=[one, two]).found() == (
        Dictionary("en_GB", one), Dictionary("he_IL", two),
    )  # fmt: skip
    dictionaries.english(own)
    assert Dictionaries(own=own, places=[one]).found() == (Dictionary("en_GB", own, own=True),)


def test_english_comes_with_the_library() -> None:
    shipped = importlib.util.find_spec("hunspell")
    assert shipped is not None
    assert shipped.origin is not None
    folder = Path(shipped.origin).parent / "dictionaries"
    names = {each.name for each in Dictionaries().found()}
    assert "en_US" in names
    assert (folder / "en_US.dic").is_file()


@pytest.mark.parametrize("ending", [".dic", ".aff"])
def test_a_pair_of_files_is_kept_for_the_owner_alone(tmp_path: Path, ending: str) -> None:
    dictionary = dictionaries.latin(tmp_path / "from")
    places = on_this_computer(tmp_path)
    brought = places.bring(dictionary.folder / f"fr{ending}", usable=usable)
    own = tmp_path / "own"
    assert brought == (Dictionary("fr", own, own=True),)
    assert sorted(path.name for path in own.iterdir()) == ["fr.aff", "fr.dic"]
    assert (own / "fr.dic").read_bytes() == (dictionary.folder / "fr.dic").read_bytes()
    assert {stat.S_IMODE(path.stat().st_mode) for path in own.iterdir()} == {0o600}
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    assert brought[0] in places.found()


def test_an_extension_may_hold_several(tmp_path: Path) -> None:
    here = tmp_path / "from"
    packed = dictionaries.extension(
        tmp_path / "dict.oxt", dictionaries.latin(here), dictionaries.hebrew(here)
    )
    places = on_this_computer(tmp_path)
    assert [each.name for each in places.bring(packed, usable=usable)] == ["fr", "he_IL"]
    assert {each.name for each in places.found() if each.own} == {"fr", "he_IL"}


def test_what_cannot_be_used_leaves_what_was_there(tmp_path: Path) -> None:
    places = on_this_computer(tmp_path)
    places.bring(dictionaries.latin(tmp_path / "good").folder / "fr.dic", usable=usable)
    before = {path: path.read_bytes() for path in (tmp_path / "own").iterdir()}
    bad = dictionaries.write(tmp_path / "bad", "fr", ("other",))
    with pytest.raises(DictionaryNotRecognised):
        places.bring(bad.folder / "fr.dic", usable=refused)
    assert {path: path.read_bytes() for path in (tmp_path / "own").iterdir()} == before


def test_other_files_are_refused(tmp_path: Path) -> None:
    places = on_this_computer(tmp_path)
    (tmp_path / "letter.txt").write_text("words")
    (tmp_path / "en.dic").write_text("1\nalone\n")
    (tmp_path / "en_bad name.dic").touch()
    (tmp_path / "en_bad name.aff").touch()
    with zipfile.ZipFile(tmp_path / "empty.oxt", "w") as packed:
        packed.writestr("readme.txt", "nothing")
    with zipfile.ZipFile(tmp_path / "up.oxt", "w") as packed:
        packed.writestr("../../up.dic", "1\nsea\n")
        packed.writestr("../../other.aff", "SET UTF-8\n")
    for name in ("letter.txt", "en.dic", "en_bad name.dic", "empty.oxt", "up.oxt"):
        with pytest.raises(DictionaryNotRecognised):
            places.bring(tmp_path / name, usable=usable)
        assert not (tmp_path / "own").exists(), name
    with pytest.raises(MemoryBookError):
        places.bring(tmp_path / "absent.dic", usable=usable)
    assert not (tmp_path / "own").exists()


def test_an_extension_writes_nowhere_but_into_its_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "up.oxt", "w") as packed:
        packed.writestr("../../en.dic", "1\nsea\n")
        packed.writestr("../../en.aff", "SET UTF-8\n")
    places = on_this_computer(tmp_path)
    before = {path for path in tmp_path.rglob("*") if tmp_path / "own" not in path.parents}
    places.bring(tmp_path / "up.oxt", usable=usable)
    after = {path for path in tmp_path.rglob("*") if tmp_path / "own" not in path.parents}
    assert after - before == {tmp_path / "own"}


def test_a_damaged_extension_is_refused(tmp_path: Path) -> None:
    packed = dictionaries.extension(tmp_path / "dict.oxt", dictionaries.latin(tmp_path / "from"))
    data = bytearray(packed.read_bytes())
    data[data.find(b"SET ISO") : data.find(b"SET ISO") + 7] = b"XXXXXXX"
    packed.write_bytes(data)
    with pytest.raises(DictionaryNotRecognised):
        on_this_computer(tmp_path).bring(packed, usable=usable)
