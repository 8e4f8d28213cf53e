"""A process is killed while it brings pictures in: each is in the book whole, or not at all."""

import io
import random
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from memorybook.domain.ids import PhotoId
from memorybook.services.vault import Library, Vault
from memorybook.storage import edit_wishes, unfinished
from memorybook.storage.media_names import named
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.reliability.kills import PATIENCE_S, ROOT

pytestmark = pytest.mark.slow

SEED = 20261121
PICTURES = 90
KILLS = 14
EDITED = 4
EDIT_KILLS = 5


@pytest.fixture
def book(library: Library, tmp_path: Path) -> Path:
    library.create(tmp_path / "Memory Book", PASSPHRASE).close()
    return tmp_path / "Memory Book"


def photographs(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        data = pictures.jpeg(pictures.scene(480, 320, number), place=False)
        (folder / f"{number}.jpg").write_bytes(data)
    return folder


def killed(book: Path, folder: Path, seconds: float, *arguments: str) -> set[PhotoId]:
    """Start the importer and kill it so long after it has begun; what it had said by then."""
    command = [sys.executable, "-m", "tests.reliability.importer", str(book), PASSPHRASE, str(folder)]
    with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert select.select([process.stdout], [], [], PATIENCE_S)[0]
        assert process.stdout.readline() == b"begun\n"
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().split(b"\n")
        assert process.wait() in {-signal.SIGKILL, 0}
    return {PhotoId(int(line)) for line in said[:-1]}


def whole(vault: Vault) -> set[PhotoId]:
    """The photos of the book, each looked at: it is there with all that was made of it, and fits its edit."""
    found = vault.album.photos([row.id for row in vault.album.rows().result()]).result()
    for photo in found:
        vault.album.original_now(photo.id)
        shown = Image.open(io.BytesIO(vault.album.rendition(photo.id).result()))
        small = Image.open(io.BytesIO(vault.album.thumbnail(photo.id).result()))
        assert shown.size == small.size == photo.shown_size
    return {photo.id for photo in found}


def leftovers(vault: Vault) -> set[str]:
    """Files in the folder of media that no row names, and names of files that are still to be destroyed."""
    names = vault._worker.read(
        lambda connection: {name for each in named(connection) for name in each.names}
    ).result()
    left = vault._worker.read(unfinished.left).result()
    files = {path.name for path in (vault.folder / "media").iterdir()}
    return files ^ {f"{name}.mbm" for name in names} | {*left}


def test_pictures_are_in_the_book_whole_or_not_at_all(library: Library, book: Path, tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - it has to be the same every time
    folder = photographs(tmp_path / "photos", PICTURES)
    kept, said, swept = set[PhotoId](), set[PhotoId](), 0
    for number in range(KILLS):
        said |= killed(book, folder, chance.uniform(0.1, 1.2))
        before = len(list((book / "media").iterdir())) if (book / "media").is_dir() else 0
        vault = library.open(book, PASSPHRASE)
        now = whole(vault)
        assert said <= now, f"kill {number}"
        assert kept <= now, f"kill {number}"
        if (book / "media").is_dir():
            assert leftovers(vault) == set(), f"kill {number}"
            swept += before - len(list((book / "media").iterdir()))
        kept = now
        vault.close()
    print(f"{KILLS} kills; {len(kept)} photos are in, {len(said)} were said to be; {swept} leftovers swept")
    assert kept
    vault = library.open(book, PASSPHRASE)
    account = vault.album.bring([folder], told=lambda _: None).done.result()
    assert set(account.known) == kept
    assert len(account.added) + len(account.known) == PICTURES
    vault.close()


def test_an_edit_is_whole_and_is_made_in_the_end(library: Library, book: Path, tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311
    folder = photographs(tmp_path / "photos", EDITED)
    vault = library.open(book, PASSPHRASE)
    vault.album.bring([folder], told=lambda _: None).done.result()
    vault.close()
    for number in range(EDIT_KILLS):
        killed(book, folder, chance.uniform(0.6, 1.6), "--edit")
        vault = library.open(book, PASSPHRASE)
        vault.album.rows().result()
        vault.close()  # it waits for the edit that the process was ended in
        vault = library.open(book, PASSPHRASE)
        assert vault._worker.read(edit_wishes.left).result() == {}, f"kill {number}"
        assert len(whole(vault)) == EDITED, f"kill {number}"
        assert leftovers(vault) == set(), f"kill {number}"
        vault.close()


def test_what_is_left_behind_is_noticed(library: Library, book: Path, tmp_path: Path) -> None:
    """The control: a name that is noted is swept with its file, one that is not noted is left alone."""
    vault = library.open(book, PASSPHRASE)
    vault.album.bring([photographs(tmp_path / "photos", 1)], told=lambda _: None).done.result()
    assert leftovers(vault) == set()
    (noted,) = vault.album._writing.names(1)
    vault.album._media.write(b"begun", noted)
    other = vault.album._media.write(b"another copy of the book may name this one")
    (vault.folder / "media" / ".0123456789abcdef.part").write_bytes(b"begun")
    assert leftovers(vault) == {f"{noted}.mbm", noted, f"{other}.mbm", ".0123456789abcdef.part"}
    vault.close()
    vault = library.open(book, PASSPHRASE)
    assert leftovers(vault) == {f"{other}.mbm"}
    assert len(whole(vault)) == 1
    vault.close()
