"""The format of one encrypted media file: a header, and the content in chunks that cannot be reordered.

All numbers big-endian::

    header, 84 bytes
      8   "MBMEDIA1"; another digit at the end is another version
      16  media id, the name of the file without its ending
      12  nonce of the wrapped key
      48  the file's own random 32-byte key, wrapped: ChaCha20-Poly1305 under
          HKDF-SHA256(book seed, info "memorybook/1 media"); associated data: the 24 bytes before the nonce
    body, chunks of 65,536 bytes of content, the last one shorter or as long, each with 16 bytes of tag:
      ChaCha20-Poly1305 under the file's own key
      nonce: 11 bytes chunk number, counted from 0, and 1 byte that is 1 for the last chunk, else 0
      no associated data

There is always a last chunk; only that of an empty file is empty. The file's key encrypts each nonce
once, so a chunk that is cut off, moved, changed or taken from another file does not open. The media
file and the book seed are enough to read it, without the database. Test vectors with every number that
goes into them are in ``tests/unit/storage/data/media1.json``.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from memorybook.domain.ids import MediaId
from memorybook.errors import MediaDamaged

MAGIC = b"MBMEDIA1"
CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
_SEALED_BYTES = CHUNK_BYTES + TAG_BYTES
_ID_BYTES = 16
_NONCE_BYTES = 12
_KEY_BYTES = 32
_BOUND_BYTES = len(MAGIC) + _ID_BYTES
HEADER_BYTES = _BOUND_BYTES + _NONCE_BYTES + _KEY_BYTES + TAG_BYTES

RandomBytes = Callable[[int], bytes]


def seal(
    data: bytes | memoryview, media: MediaId, wrapping_key: bytes, *, random: RandomBytes = os.urandom
) -> Iterator[bytes]:
    """The media file for ``data``, piece by piece. ``random`` is asked for the key, then the nonce."""
    content = memoryview(data)
    count = max(1, -(-len(content) // CHUNK_BYTES))
    chunks = (content[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES] for number in range(count))
    return seal_chunks(chunks, count, media, wrapping_key, random=random)


def seal_chunks(
    chunks: Iterable[bytes | memoryview],
    count: int,
    media: MediaId,
    wrapping_key: bytes,
    *,
    random: RandomBytes = os.urandom,
) -> Iterator[bytes]:
    """As :func:`seal`, for content in ``count`` pieces of ``CHUNK_BYTES``, the last as long or shorter."""
    bound = _bound(media)
    key, nonce = random(_KEY_BYTES), random(_NONCE_BYTES)
    yield bound + nonce + ChaCha20Poly1305(wrapping_key).encrypt(nonce, key, bound)
    cipher = ChaCha20Poly1305(key)
    for number, chunk in enumerate(chunks):
        yield cipher.encrypt(_nonce(number, is_last=number == count - 1), chunk, None)


def rewrap(header: bytes, media: MediaId, wrapping_key: bytes, new_key: bytes) -> bytes:
    """The header with which the same body opens under ``new_key``. Raises MediaDamaged."""
    nonce = os.urandom(_NONCE_BYTES)
    key = _unwrap(header, media, wrapping_key)
    return _bound(media) + nonce + ChaCha20Poly1305(new_key).encrypt(nonce, key, _bound(media))


class Opened:
    """A media file that is being read, from any place in it. One thread at a time.

    The constructor unwraps the key and opens the last chunk, so that a file that was cut short is
    noticed before anything is read. Raises MediaDamaged, and ``OSError`` from the disk.
    """

    def __init__(self, file: BinaryIO, media: MediaId, wrapping_key: bytes) -> None:
        self._file = file
        key = _unwrap(file.read(HEADER_BYTES), media, wrapping_key)
        self._cipher = ChaCha20Poly1305(key)
        body = file.seek(0, os.SEEK_END) - HEADER_BYTES
        self.chunks = -(-body // _SEALED_BYTES)
        self.length = body - self.chunks * TAG_BYTES
        """Bytes of content."""
        if self.chunks == 0:
            raise MediaDamaged
        self.chunk(self.chunks - 1)

    def chunk(self, number: int) -> bytes:
        """The content of one chunk. Raises MediaDamaged, and ``OSError`` from the disk."""
        self._file.seek(HEADER_BYTES + number * _SEALED_BYTES)
        sealed = self._file.read(_SEALED_BYTES)
        if len(sealed) < TAG_BYTES:
            raise MediaDamaged
        try:
            return self._cipher.decrypt(_nonce(number, is_last=number == self.chunks - 1), sealed, None)
        except InvalidTag:
            raise MediaDamaged from None

    def __iter__(self) -> Iterator[bytes]:
        """The whole content, chunk after chunk."""
        return map(self.chunk, range(self.chunks))


class Broken:
    """A media file that may be damaged, read for what is left of it. One thread at a time.

    Unlike :class:`Opened` it does not need the last chunk. The header has to be whole, since the file's
    own key is in it: raises MediaDamaged otherwise, and ``OSError`` from the disk.
    ``lost`` counts, once it is read, the chunks that do not verify; ``is_cut`` says that the end is missing.
    """

    def __init__(self, file: BinaryIO, media: MediaId, wrapping_key: bytes) -> None:
        self._file = file
        file.seek(0)
        self._cipher = ChaCha20Poly1305(_unwrap(file.read(HEADER_BYTES), media, wrapping_key))
        self._body = file.seek(0, os.SEEK_END) - HEADER_BYTES
        self.chunks = -(-self._body // _SEALED_BYTES)
        self.lost = 0
        self.is_cut = True

    def __iter__(self) -> Iterator[bytes]:
        """The content up to its last chunk; zeros in the place of what is lost. Raises ``OSError``."""
        self.lost, self.is_cut = 0, True
        for number in range(self.chunks):
            self._file.seek(HEADER_BYTES + number * _SEALED_BYTES)
            sealed = self._file.read(_SEALED_BYTES)
            chunk = self._opened(number, sealed)
            if chunk is None:
                self.lost += 1
                chunk = bytes(max(0, len(sealed) - TAG_BYTES))
            yield chunk
            if not self.is_cut:
                return

    def _opened(self, number: int, sealed: bytes) -> bytes | None:
        for is_last in (False, True):
            try:
                chunk = self._cipher.decrypt(_nonce(number, is_last=is_last), sealed, None)
            except InvalidTag:
                continue
            self.is_cut = not is_last
            return chunk
        return None


def name_in(file: BinaryIO) -> MediaId:
    """The id in a media file's header, whatever the file is called now. Raises MediaDamaged, ``OSError``."""
    start = file.read(_BOUND_BYTES)
    if len(start) != _BOUND_BYTES or not start.startswith(MAGIC):
        raise MediaDamaged
    return MediaId(start[len(MAGIC) :].hex())


def _bound(media: MediaId) -> bytes:
    return MAGIC + bytes.fromhex(media)


def _unwrap(header: bytes, media: MediaId, wrapping_key: bytes) -> bytes:
    bound, nonce = header[:_BOUND_BYTES], header[_BOUND_BYTES : _BOUND_BYTES + _NONCE_BYTES]
    if len(header) != HEADER_BYTES or bound != _bound(media):
        raise MediaDamaged
    try:
        return ChaCha20Poly1305(wrapping_key).decrypt(nonce, header[-_KEY_BYTES - TAG_BYTES :], bound)
    except InvalidTag:
        raise MediaDamaged from None


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(_NONCE_BYTES - 1, "big") + bytes([is_last])
