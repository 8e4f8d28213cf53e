"""One media file and the words of the sheet give a picture back, when everything else is gone."""

import subprocess
import sys
from pathlib import Path

import pytest

from memorybook.domain.entry import EntryDraft
from memorybook.errors import MediaDamaged, RecoveryWordsMistyped
from memorybook.services import salvaging
from memorybook.services.recovery import RecoveryWords
from memorybook.services.vault import Vault
from memorybook.storage.mediafile import CHUNK_BYTES, HEADER_BYTES
from tests.corpus import pictures

SEALED = CHUNK_BYTES + 16


@pytest.fixture(name="kept")
def _kept(vault: Vault, tmp_path: Path) -> tuple[Path, bytes, str]:
    """A media file by itself under another name, what it holds, and the words of its book."""
    entry = vault.journal.keep(None, EntryDraft(), hold_place=True).result()
    assert entry is not None
    data = pictures.jpeg(pictures.scene(1600, 1200))
    assert len(data) > 3 * CHUNK_BYTES
    photo = vault.album.add(entry.id, data).result()
    alone = tmp_path / "from the stick.mbm"
    alone.write_bytes((vault.folder / "media" / f"{photo.media}.mbm").read_bytes())
    return alone, data, " ".join(vault.ways.sheet().result().words)


def _run(words: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "memorybook", "salvage", *map(str, arguments)],
        input=words + "\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_one_file_and_the_words_give_the_picture_back(
    kept: tuple[Path, bytes, str], tmp_path: Path
) -> None:
    alone, data, words = kept
    before = alone.read_bytes()
    done = _run(words, alone, "--to", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    (out,) = (tmp_path / "out").iterdir()
    assert (out.name, out.read_bytes()) == ("from the stick.jpg", data)
    assert out.stat().st_mode & 0o777 == 0o600
    assert "anyone can look at them" in done.stdout
    assert alone.read_bytes() == before
    assert words.split()[0] not in done.stdout + done.stderr


def test_nothing_is_ever_replaced(kept: tuple[Path, bytes, str], tmp_path: Path) -> None:
    alone, data, words = kept
    take_out = salvaging.taking_out(words)
    own = tmp_path / "out" / "from the stick.jpg"
    own.parent.mkdir()
    own.write_bytes(b"something of theirs")
    assert take_out(alone, own.parent).path.name == "from the stick 2.jpg"
    assert take_out(alone, own.parent).path.read_bytes() == data
    assert own.read_bytes() == b"something of theirs"


def test_a_folder_that_is_there_keeps_its_rights(kept: tuple[Path, bytes, str], tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    stick.chmod(0o755)
    salvaging.taking_out(kept[2])(kept[0], stick)
    assert stick.stat().st_mode & 0o777 == 0o755
    salvaging.taking_out(kept[2])(kept[0], stick / "new")
    assert (stick / "new").stat().st_mode & 0o777 == 0o700


def test_the_whole_folder_by_its_code(kept: tuple[Path, bytes, str], vault: Vault, tmp_path: Path) -> None:
    code = RecoveryWords().sheet(RecoveryWords().read(kept[2])).code
    done = _run(code, vault.folder / "media", "--to", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert kept[1] in [each.read_bytes() for each in (tmp_path / "out").iterdir()]


@pytest.mark.parametrize("chunk", range(4))
def test_what_is_left_of_a_damaged_one_is_taken_out_and_said(
    kept: tuple[Path, bytes, str], tmp_path: Path, chunk: int
) -> None:
    alone, data, words = kept
    sealed = bytearray(alone.read_bytes())
    sealed[HEADER_BYTES + chunk * SEALED + 5] ^= 1
    alone.write_bytes(sealed)
    done = _run(words, alone, "--to", tmp_path / "out")
    assert done.returncode == 1
    assert "damaged" in done.stderr
    (out,) = (tmp_path / "out").iterdir()
    left = out.read_bytes()
    assert out.stem.endswith("damaged")
    start, end = chunk * CHUNK_BYTES, min((chunk + 1) * CHUNK_BYTES, len(data))
    assert left == data[:start] + bytes(end - start) + data[end:]


def test_a_file_cut_short_is_not_taken_for_a_whole_one(kept: tuple[Path, bytes, str], tmp_path: Path) -> None:
    alone, data, words = kept
    alone.write_bytes(alone.read_bytes()[: HEADER_BYTES + 2 * SEALED])
    out = salvaging.taking_out(words)(alone, tmp_path / "out")
    assert (out.is_whole, out.cut, out.lost) == (False, True, 0)
    assert out.path.read_bytes() == data[: 2 * CHUNK_BYTES]


def test_other_words_open_nothing_and_leave_nothing(kept: tuple[Path, bytes, str], tmp_path: Path) -> None:
    alone, _, _ = kept
    words = " ".join(RecoveryWords().sheet(bytes(16)).words)
    with pytest.raises(MediaDamaged):
        salvaging.taking_out(words)(alone, tmp_path / "out")
    done = _run(words, alone, tmp_path / "not there.mbm", "--to", tmp_path / "out")
    assert done.returncode == 1
    assert "these words do not open it" in done.stderr
    assert "there is no such file" in done.stderr
    assert not (tmp_path / "out").exists()
    with pytest.raises(RecoveryWordsMistyped):
        salvaging.taking_out("twelve words that are none")


@pytest.mark.parametrize(
    ("beginning", "name"),
    [
        (b"\0\0\0\x20ftypM4A \0", ".m4a"),
        (b"\0\0\0\x14ftypqt  \0", ".mov"),
        (b"\0\0\0\x18ftypmp42", ".mp4"),
        (b"\0\0\0\x24ftypheic", ".heic"),
        (b"RIFF\0\0\0\0WAVEfmt ", ".wav"),
        (b"ID3\x04", ".mp3"),
        (b"OggS\0", ".ogg"),
        (b"", ".bin"),
        (b"words", ".bin"),
    ],
)
def test_a_file_is_called_what_it_is(beginning: bytes, name: str) -> None:
    assert salvaging.ending(beginning) == name
