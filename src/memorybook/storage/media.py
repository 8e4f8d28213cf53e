"""The media store: ``media/`` in a book's folder, one immutable encrypted file for each original.

A file is on the disk, synced under its final name, before the row that names it is committed. What no
row names is never read; :mod:`memorybook.storage.unfinished` knows what of it an ended process left.
"""

import hashlib
import io
import os
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from memorybook.domain.ids import MediaId
from memorybook.errors import (
    BookClosed,
    MediaDamaged,
    MediaMissing,
    SourceChanged,
    StorageFull,
    TakingInStopped,
)
from memorybook.files import (
    UNFINISHED,
    free_bytes,
    open_to_read,
    private_folder,
    translate_os_error,
    write_atomically,
)
from memorybook.storage import ballast
from memorybook.storage.mediafile import CHUNK_BYTES, HEADER_BYTES, Opened, seal, seal_chunks

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ENDING = ".mbm"
_PIECE = 1 << 20
_UNFINISHED = re.compile(rf"\.[0-9a-f]{{16}}{re.escape(UNFINISHED)}")


class MediaStore:
    """Reads and writes media files. Thread-safe: files are independent and never change."""

    def __init__(self, folder: Path, wrapping_key: bytes) -> None:
        self._folder = folder
        self._key = wrapping_key
        self._gate = threading.Condition()
        self._writers = 0
        self._is_still = False
        self._closed = False

    def write(self, data: bytes, media: MediaId | None = None) -> MediaId:
        """Keep ``data`` under a new name, a random one if none is given; it outlasts a power cut then.

        Raises StorageFull, BookReadOnly or StorageFailed and leaves nothing behind; BookClosed.
        """
        media = media or MediaId(secrets.token_hex(16))
        self._leave_room(len(data))
        self._put(media, seal(data, media, self._key))
        return media

    def write_stream(
        self,
        file: BinaryIO,
        length: int,
        *,
        media: MediaId | None = None,
        told: Callable[[int], object] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> tuple[MediaId, bytes]:
        """As :meth:`write`, for the next ``length`` bytes of ``file``, a chunk in memory at a time.

        Returns the new name and the SHA-256 of the content. ``told`` is called with how many bytes are
        done, ``stopped`` is asked before every chunk: once it says yes, TakingInStopped is raised.
        Raises SourceChanged when the file cannot be read that far, and as :meth:`write`; then, too,
        nothing is left behind.
        """
        media = media or MediaId(secrets.token_hex(16))
        self._leave_room(length)
        digest = hashlib.sha256()
        count = max(1, -(-length // CHUNK_BYTES))

        def chunks() -> Iterator[bytes]:
            done = 0
            for _ in range(count):  # an empty file has one chunk, too
                if stopped():
                    raise TakingInStopped
                chunk = _next(file, min(CHUNK_BYTES, length - done))
                digest.update(chunk)
                yield chunk
                done += len(chunk)
                told(done)

        self._put(media, seal_chunks(chunks(), count, media, self._key))
        return media, digest.digest()

    @property
    def is_there(self) -> bool:
        """Whether its folder can be reached: when one file of it does not answer, the disk may."""
        return self._folder.is_dir()

    def read(self, media: MediaId) -> bytes:
        """The whole content. Raises MediaMissing, MediaDamaged, or what the disk said."""
        try:
            with self._file(media) as file:
                opened = Opened(file, media, self._key)
                return b"".join(opened)
        except OSError as error:
            raise translate_os_error(error) from None

    def open(self, media: MediaId) -> "MediaReader":
        """A reader that can go to any place. Raises as :meth:`read`, at once for a file cut short."""
        file = self._file(media)
        try:
            return MediaReader(file, Opened(file, media, self._key))
        except OSError as error:
            file.close()
            raise translate_os_error(error) from None
        except MediaDamaged:
            file.close()
            raise

    def remove(self, media: MediaId) -> None:
        """Take back a file that :meth:`write` made and no row names. What the disk refuses stays."""
        with self._entered(), suppress(OSError):
            self._path(media).unlink()

    def is_whole(self, media: MediaId, digest: bytes | None) -> bool:
        """Whether a file is there and opens to its last byte, and its content has this SHA-256.

        Raises what the disk said, or BookClosed.
        """
        held = hashlib.sha256()
        try:
            with self._file(media) as file:
                for chunk in Opened(file, media, self._key):
                    held.update(chunk)
        except (MediaMissing, MediaDamaged):
            return False
        except OSError as error:
            raise translate_os_error(error) from None
        return digest is None or held.digest() == digest

    def put_back(self, media: MediaId, whole: Path, digest: bytes | None) -> None:
        """Have the file of this name be ``whole`` again, which a copy of this book held.

        It is opened and compared with ``digest``, the SHA-256 of its content, before it takes the place of
        what is there. Raises MediaDamaged when it differs, StorageFull, BookReadOnly, StorageFailed or
        BookClosed.
        """

        def check(written: Path) -> None:
            held = hashlib.sha256()
            with written.open("rb") as file:
                for chunk in Opened(file, media, self._key):
                    held.update(chunk)
            if digest is not None and held.digest() != digest:
                raise MediaDamaged

        with self._entered():
            if self._closed:
                raise BookClosed
            if not self._folder.is_dir() and self._folder.parent.is_dir():
                private_folder(self._folder)
            try:
                with whole.open("rb") as file:
                    write_atomically(self._path(media), iter(lambda: file.read(_PIECE), b""), check=check)
            except OSError as error:
                raise translate_os_error(error) from None

    def destroy(self, media: MediaId) -> None:
        """Make a file unreadable for ever, also for someone who has the recovery words, and remove it.

        Its own key is overwritten first and that is synced, so that nothing which brings deleted files
        back brings its content. A file that is not there any more is as good as destroyed.
        Raises BookReadOnly, StorageFull or StorageFailed; then it may be damaged, and is asked for again.
        """
        with self._entered():
            path = self._path(media)
            try:
                with path.open("r+b") as file:
                    file.write(os.urandom(HEADER_BYTES))
                    file.flush()
                    os.fsync(file.fileno())
                path.unlink()
            except (FileNotFoundError, NotADirectoryError):
                return
            except OSError as error:
                raise translate_os_error(error) from None

    def sweep(self) -> None:
        """Remove what has no name of its own yet, left by a process that was ended while it wrote.

        Before anything is written. What the disk refuses stays.
        """
        with self._entered(), suppress(OSError):
            for path in self._folder.iterdir():
                if _UNFINISHED.fullmatch(path.name):
                    path.unlink()

    @contextmanager
    def still(self) -> Iterator[None]:
        """While this lasts no file comes or goes: those who write or remove one wait, and it for them."""
        with self._gate:
            self._gate.wait_for(lambda: not self._is_still)
            self._is_still = True
            self._gate.wait_for(lambda: not self._writers)
        try:
            yield
        finally:
            with self._gate:
                self._is_still = False
                self._gate.notify_all()

    @contextmanager
    def _entered(self) -> Iterator[None]:
        """One of those who may be at work side by side, since no two of them ever touch one file."""
        with self._gate:
            self._gate.wait_for(lambda: not self._is_still)
            self._writers += 1
        try:
            yield
        finally:
            with self._gate:
                self._writers -= 1
                self._gate.notify_all()

    def _put(self, media: MediaId, sealed: Iterable[bytes]) -> None:
        with self._entered():
            if self._closed:
                raise BookClosed
            if not self._folder.is_dir() and self._folder.parent.is_dir():
                private_folder(self._folder)
            write_atomically(self._path(media), sealed)

    def _leave_room(self, length: int) -> None:
        """Raise StorageFull rather than take what was given back to a full disk for the sake of words."""
        owed = ballast.owed(self._folder.parent)
        if owed and free_bytes(self._folder.parent) < owed + length:
            raise StorageFull

    def close(self) -> None:
        """From now on these files are not what this store's key opens: all but removing raises BookClosed.

        Call it within :meth:`still`.
        """
        self._closed = True

    def _file(self, media: MediaId) -> BinaryIO:
        if self._closed:
            raise BookClosed
        try:
            return open_to_read(self._path(media))
        except (FileNotFoundError, NotADirectoryError):
            raise MediaMissing from None
        except OSError as error:
            raise translate_os_error(error) from None

    def _path(self, media: MediaId) -> Path:
        return self._folder / f"{media}{ENDING}"


def _next(file: BinaryIO, length: int) -> bytes:
    """The next bytes of a file that is being taken in, all of them."""
    parts = []
    while length:
        try:
            part = file.read(length)
        except (OSError, ValueError):
            raise SourceChanged from None
        if not part:
            raise SourceChanged
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


class MediaReader(io.RawIOBase):
    """The content of one media file as a seekable stream; decrypts the chunks that are asked for.

    Close it. Reading raises MediaDamaged where the file is damaged, before giving out a byte of it.
    """

    def __init__(self, file: BinaryIO, opened: Opened) -> None:
        super().__init__()
        self._file = file
        self._opened = opened
        self._position = 0
        self._chunk = -1
        self._content = b""

    @property
    def length(self) -> int:
        """Bytes of content."""
        return self._opened.length

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place from the start, here or the end. Raises ``ValueError`` before the start."""
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.length}[whence]
        if origin + offset < 0:
            raise ValueError("before the start")
        self._position = origin + offset
        return self._position

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._position

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill ``buffer`` up to the end of a chunk; 0 at the end."""
        if self._position >= self.length:
            return 0
        number, start = divmod(self._position, CHUNK_BYTES)
        if number != self._chunk:
            try:
                self._content = self._opened.chunk(number)
            except OSError as error:
                raise translate_os_error(error) from None
            self._chunk = number
        view = memoryview(buffer).cast("B")
        part = self._content[start : start + len(view)]
        view[: len(part)] = part
        self._position += len(part)
        return len(part)

    def close(self) -> None:
        """Let the file go, and what was decrypted last."""
        if not self.closed:
            self._content = b""
            self._file.close()
        super().close()
