"""Encrypted media files: what comes out is what went in, or it is said that it is not."""

import hashlib
import io
import itertools
import json
import os
import re
import struct
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.domain.ids import MediaId
from memorybook.errors import (
    BookReadOnly,
    MediaDamaged,
    MediaMissing,
    SourceChanged,
    StorageFull,
    TakingInStopped,
)
from memorybook.storage import mediafile
from memorybook.storage.media import MediaReader, MediaStore
from memorybook.storage.mediafile import CHUNK_BYTES, HEADER_BYTES, Opened
from memorybook.storage.seed import Seed
from tests.disks import read_only, small_disk

KEY = bytes(range(32))
SEALED = CHUNK_BYTES + 16
VECTORS = json.loads((Path(__file__).parent / "data" / "media1.json").read_text(encoding="ascii"))
LENGTHS = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 77]


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media", KEY)


def _file(tmp_path: Path, media: MediaId) -> Path:
    return tmp_path / "media" / f"{media}.mbm"


@pytest.mark.parametrize("length", LENGTHS)
def test_what_goes_in_comes_out(tmp_path: Path, store: MediaStore, length: int) -> None:
    data = os.urandom(length)
    media = store.write(data)
    assert store.read(media) == data
    path = _file(tmp_path, media)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_size == HEADER_BYTES + length + 16 * max(1, -(-length // CHUNK_BYTES))
    assert [item.name for item in path.parent.iterdir()] == [path.name]
    assert len(media) == 32


@pytest.mark.parametrize("length", LENGTHS)
def test_a_stream_goes_in_as_the_same_bytes(tmp_path: Path, store: MediaStore, length: int) -> None:
    data = os.urandom(length)
    told: list[int] = []
    media, digest = store.write_stream(_Dripping(data + b"more"), length, told=told.append)
    assert digest == hashlib.sha256(data).digest()
    assert store.read(media) == data
    assert told[-1] == length
    assert told == sorted(told)
    assert _read_independently(_file(tmp_path, media).read_bytes(), KEY) == data


def test_a_stream_that_ends_early_or_is_stopped_leaves_nothing(tmp_path: Path, store: MediaStore) -> None:
    data = os.urandom(3 * CHUNK_BYTES)
    with pytest.raises(SourceChanged):
        store.write_stream(io.BytesIO(data), len(data) + 1)
    done: list[int] = []
    with pytest.raises(TakingInStopped):
        store.write_stream(io.BytesIO(data), len(data), told=done.append, stopped=lambda: len(done) == 2)
    closed = io.BytesIO(data)
    closed.close()
    with pytest.raises(SourceChanged):
        store.write_stream(closed, len(data))
    assert list((tmp_path / "media").iterdir()) == []


def test_what_is_destroyed_cannot_be_read_from_what_is_left_of_it(tmp_path: Path, store: MediaStore) -> None:
    """Its bytes may be brought back from the disk; the key that they need is not among them."""
    media, other = store.write(os.urandom(CHUNK_BYTES)), store.write(b"stays")
    path = _file(tmp_path, media)
    whole = path.read_bytes()
    remains = tmp_path / "remains"
    remains.hardlink_to(path)
    store.destroy(media)
    assert not path.exists()
    assert remains.read_bytes()[HEADER_BYTES:] == whole[HEADER_BYTES:]
    wrapped = whole[HEADER_BYTES - 48 : HEADER_BYTES]
    assert wrapped not in remains.read_bytes()
    path.hardlink_to(remains)
    with pytest.raises(MediaDamaged):
        store.read(media)
    assert store.read(other) == b"stays"
    path.unlink()
    store.destroy(media)


def test_nobody_writes_while_all_has_to_be_still(tmp_path: Path, store: MediaStore) -> None:
    """Two may write side by side; who wants it still waits for both, and the next waits for that."""
    inside, go_on, stilled = threading.Semaphore(0), threading.Event(), threading.Event()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            inside.release()
            go_on.wait(30)
            return super().read(size)

    def hold() -> int:
        with store.still():
            stilled.set()
            return len(list((tmp_path / "media").glob("*.mbm")))

    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(store.write_stream, Slow(b"one"), 3) for _ in range(2)]
        assert inside.acquire(timeout=30)
        assert inside.acquire(timeout=30)
        holding = pool.submit(hold)
        assert not stilled.is_set()
        go_on.set()
        assert holding.result(30) == 2
        assert all(each.result(30)[1] == hashlib.sha256(b"one").digest() for each in writing)


def test_nothing_is_in_clear_and_nothing_repeats(tmp_path: Path, store: MediaStore) -> None:
    data = b"canary words " * 20_000
    one, two = store.write(data), store.write(data)
    assert one != two
    first, second = _file(tmp_path, one).read_bytes(), _file(tmp_path, two).read_bytes()
    assert b"canary" not in first
    assert first[HEADER_BYTES : HEADER_BYTES + 4096] != second[HEADER_BYTES : HEADER_BYTES + 4096]


class _Dripping(io.BytesIO):
    """A file that gives a little at a time, as pipes and network drives do."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 30_001))


def _read_independently(data: bytes, key: bytes) -> bytes:
    """The format once more, from its description alone."""
    magic, media, nonce, wrapped = struct.unpack(">8s16s12s48s", data[:84])
    file_key = ChaCha20Poly1305(key).decrypt(nonce, wrapped, magic + media)
    body, content, number = data[84:], b"", 0
    while True:
        sealed, body = body[:65552], body[65552:]
        nonce = struct.pack(">3xQ?", number, not body)
        content += ChaCha20Poly1305(file_key).decrypt(nonce, sealed, None)
        if not body:
            return content
        number += 1


@pytest.mark.parametrize("length", LENGTHS)
def test_the_description_is_enough_to_read_a_file(tmp_path: Path, store: MediaStore, length: int) -> None:
    data = os.urandom(length)
    assert _read_independently(_file(tmp_path, store.write(data)).read_bytes(), KEY) == data


def _damages(data: bytes, other: bytes) -> dict[str, bytes]:
    first, second, rest = (
        data[HEADER_BYTES : HEADER_BYTES + SEALED],
        data[HEADER_BYTES + SEALED : HEADER_BYTES + 2 * SEALED],
        data[HEADER_BYTES + 2 * SEALED :],
    )
    head = data[:HEADER_BYTES]
    return {
        "no bytes": b"",
        "header alone": head,
        "header cut": head[:50],
        "last byte cut": data[:-1],
        "last chunk cut": head + first + second,
        "cut at the first chunk": head + first,
        "first chunk gone": head + second + rest,
        "reordered": head + second + first + rest,
        "repeated": head + first + first + rest,
        "one chunk more": data + first,
        "last chunk twice": data + rest,
        "a chunk of another file": head + other[HEADER_BYTES : HEADER_BYTES + SEALED] + second + rest,
        "the header of another file": other[:HEADER_BYTES] + first + second + rest,
        "something behind": data + b"\0",
        "another version": b"MBMEDIA2" + data[8:],
    }


@pytest.mark.parametrize("damage", _damages(b"", b""))
def test_whatever_is_cut_or_moved_is_noticed(tmp_path: Path, store: MediaStore, damage: str) -> None:
    media, other = (
        store.write(os.urandom(2 * CHUNK_BYTES + 100)),
        store.write(os.urandom(2 * CHUNK_BYTES + 100)),
    )
    path = _file(tmp_path, media)
    path.write_bytes(_damages(path.read_bytes(), _file(tmp_path, other).read_bytes())[damage])
    with pytest.raises(MediaDamaged):
        store.read(media)
    with pytest.raises(MediaDamaged):  # noqa: SIM117 - opening notices a file cut short, reading the rest
        with store.open(media) as reader:
            reader.read()


def test_two_files_that_changed_places_are_noticed(tmp_path: Path, store: MediaStore) -> None:
    one, two = store.write(b"one"), store.write(b"two")
    _file(tmp_path, one).write_bytes(_file(tmp_path, two).read_bytes())
    with pytest.raises(MediaDamaged):
        store.read(one)


def test_every_flipped_byte_is_noticed() -> None:
    media = MediaId("00112233445566778899aabbccddeeff")
    data = bytearray(b"".join(mediafile.seal(os.urandom(CHUNK_BYTES + 300), media, KEY)))
    for place in range(len(data)):
        data[place] ^= 1
        try:
            for _ in Opened(io.BytesIO(data), media, KEY):
                pass
        except MediaDamaged:
            data[place] ^= 1
            continue
        pytest.fail(f"byte {place} can be changed")


def test_a_file_cut_off_anywhere_around_its_chunks_is_noticed() -> None:
    media = MediaId("00112233445566778899aabbccddeeff")
    data = b"".join(mediafile.seal(os.urandom(4 * CHUNK_BYTES + 7), media, KEY))
    edges = [HEADER_BYTES + number * SEALED for number in range(5)]
    around = {edge + off for edge in edges for off in (-17, -16, -1, 0, 1, 16, 17)}
    for length in sorted({*range(HEADER_BYTES), *around, *range(edges[-1], len(data))}):
        with pytest.raises(MediaDamaged):
            list(Opened(io.BytesIO(data[:length]), media, KEY))


def test_any_two_chunks_that_changed_places_are_noticed() -> None:
    media = MediaId("00112233445566778899aabbccddeeff")
    data = b"".join(mediafile.seal(os.urandom(5 * CHUNK_BYTES), media, KEY))
    chunks = [data[HEADER_BYTES + n * SEALED : HEADER_BYTES + (n + 1) * SEALED] for n in range(5)]
    for one, other in itertools.combinations(range(5), 2):
        moved = list(chunks)
        moved[one], moved[other] = moved[other], moved[one]
        with pytest.raises(MediaDamaged):
            list(Opened(io.BytesIO(data[:HEADER_BYTES] + b"".join(moved)), media, KEY))


@pytest.mark.parametrize("vector", VECTORS["files"], ids=lambda it: it["media_id"][:8])
def test_the_published_vectors_hold(vector: dict[str, Any]) -> None:
    """Enough to write a reader from the description; they are never changed, only added to."""
    key = Seed(bytes.fromhex(VECTORS["seed"])).media_key()
    assert key.hex() == VECTORS["media_key"]
    rule = re.fullmatch(r"byte n is \(7 n \+ (\d)\) mod 251", vector["content_rule"])
    assert rule is not None
    content = bytes((7 * n + int(rule[1])) % 251 for n in range(vector["content_length"]))
    assert hashlib.sha256(content).hexdigest() == vector["content_sha256"]
    random = io.BytesIO(bytes.fromhex(vector["file_key"] + vector["key_nonce"]))
    sealed = b"".join(mediafile.seal(content, MediaId(vector["media_id"]), key, random=random.read))
    assert sealed[:HEADER_BYTES].hex() == vector["header"]
    assert sealed[-16:].hex() == vector["last_tag"]
    assert len(sealed) == vector["file_length"]
    assert hashlib.sha256(sealed).hexdigest() == vector["file_sha256"]
    assert sealed.hex() == vector.get("file", sealed.hex())
    assert _read_independently(sealed, key) == content


def test_the_key_of_another_book_opens_nothing(tmp_path: Path, store: MediaStore) -> None:
    media = store.write(b"one")
    with pytest.raises(MediaDamaged):
        MediaStore(tmp_path / "media", bytes(32)).read(media)


def test_a_file_that_is_gone_says_so(tmp_path: Path, store: MediaStore) -> None:
    media = store.write(b"one")
    _file(tmp_path, media).unlink()
    with pytest.raises(MediaMissing):
        store.read(media)
    with pytest.raises(MediaMissing):
        store.open(media)
    store.remove(media)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 3 * CHUNK_BYTES),
    st.lists(st.tuples(st.integers(0, 3 * CHUNK_BYTES + 10), st.integers(0, 2 * CHUNK_BYTES)), max_size=6),
)
def test_a_reader_gives_any_part(length: int, parts: list[tuple[int, int]]) -> None:
    media = MediaId("00112233445566778899aabbccddeeff")
    content = (bytes(range(256)) * 800)[:length]
    file = io.BytesIO(b"".join(mediafile.seal(content, media, KEY)))
    with io.BufferedReader(MediaReader(file, Opened(file, media, KEY))) as reader:
        expected = io.BytesIO(content)
        for start, count in parts:
            assert reader.seek(start) == expected.seek(start)
            assert reader.read(count) == expected.read(count)
            assert reader.tell() == expected.tell()
        assert reader.seek(0, io.SEEK_END) == length


def test_a_reader_keeps_to_the_rules_of_streams(store: MediaStore) -> None:
    with store.open(store.write(b"0123456789")) as reader:
        assert reader.readable()
        assert reader.seekable()
        assert not reader.writable()
        assert reader.length == 10
        assert reader.read(4) == b"0123"
        assert reader.seek(2, io.SEEK_CUR) == 6
        assert reader.readall() == b"6789"
        assert reader.read(1) == b""
        with pytest.raises(ValueError, match="before the start"):
            reader.seek(-11, io.SEEK_END)
    assert reader.closed
    reader.close()


def test_a_file_cut_short_is_noticed_before_its_beginning_is_read(tmp_path: Path, store: MediaStore) -> None:
    media = store.write(os.urandom(5 * CHUNK_BYTES))
    path = _file(tmp_path, media)
    os.truncate(path, HEADER_BYTES + 2 * SEALED)
    with pytest.raises(MediaDamaged):
        store.open(media)


def test_a_full_disk_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "2m") as disk:
        store = MediaStore(disk.folder / "media", KEY)
        kept = store.write(b"kept")
        disk.fill()
        with pytest.raises(StorageFull):
            store.write(os.urandom(1 << 20))
        assert [path.name for path in (disk.folder / "media").iterdir()] == [f"{kept}.mbm"]
        assert store.read(kept) == b"kept"
        disk.free()
        assert store.read(store.write(b"again")) == b"again"


def test_a_folder_that_cannot_be_written_to_says_so(tmp_path: Path, store: MediaStore) -> None:
    kept = store.write(b"kept")
    with read_only(tmp_path / "media"):
        with pytest.raises(BookReadOnly):
            store.write(b"more")
        assert store.read(kept) == b"kept"
