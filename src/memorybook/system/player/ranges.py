"""The recording as the player's process sees it: bytes that the app hands over when it is asked."""

import io
from collections.abc import Callable


class Ranges:
    """A file of known length behind ``fetch(offset, number)``, with what FFmpeg needs of one to read it.

    Once a range could not be had, ``has_failed`` stays true and nothing more is read: FFmpeg may take a
    failure for an end, and the one who asks must not.
    """

    def __init__(self, length: int, fetch: Callable[[int, int], bytes | None]) -> None:
        self._length = length
        self._fetch = fetch
        self._at = 0
        self.has_failed = False

    def read(self, number: int) -> bytes:
        """At most so many bytes from here on. Raises ``OSError`` when they cannot be had."""
        number = min(number, self._length - self._at)
        if number <= 0:
            return b""
        found = None if self.has_failed else self._fetch(self._at, number)
        if not found:
            self.has_failed = True
            raise OSError
        self._at += len(found)
        return found

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; beyond the end there is nothing to read."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        """Where the next byte is read from."""
        return self._at
