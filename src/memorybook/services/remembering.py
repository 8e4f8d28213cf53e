"""Having a computer open a book: half a key in its password store, the other half in the key files."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress

from memorybook.errors import KeyringError, KeyringForgotten, MemoryBookError
from memorybook.storage import keyfile
from memorybook.storage.kdf import KEY_BYTES
from memorybook.storage.keyfile import KeyFile, Slot
from memorybook.storage.replicas import Opens
from memorybook.storage.seed import Seed
from memorybook.system.keyring import ComputerKeyring

PutSlot = Callable[[Slot | None, Opens], None]
"""Puts the keyring's slot into both key files in place of the one there, or takes it out. Blocks."""


class Remembering:
    """Puts the two halves in place and takes them away. Every method blocks, and waits for the others.

    The half in the password store is 32 random bytes that are made anew each time; by themselves they open
    nothing. The password store is never the only way in.
    """

    def __init__(self, keyring: ComputerKeyring, book_id: str, seed: Seed, put_slot: PutSlot) -> None:
        self._keyring = keyring
        self._book_id = book_id
        self._seed = seed
        self._put_slot = put_slot
        self._turn = threading.Lock()

    def problem(self) -> KeyringError | None:
        """What keeps this computer from remembering, as far as can be told without asking the person."""
        try:
            self._keyring.look()
        except KeyringError as problem:
            return problem
        return None

    def begin(self) -> None:
        """Have this computer open the book. Whatever fails, no half is left behind.

        Both halves were read back and have opened the book's key when this returns. Raises KeyringError, or
        what writing the key files raises.
        """
        with self._turn:
            self._keyring.check()
            try:
                self._keyring.store(self._book_id, os.urandom(KEY_BYTES).hex())
                kek = fetched(self._keyring, self._book_id)
                slot = keyfile.keyring_slot(self._seed, bytes.fromhex(self._book_id), kek)

                def opens(written: KeyFile) -> bool:
                    return written.unwrap_kept(kek) == self._seed

                self._put_slot(slot, opens)
            except BaseException:
                with suppress(MemoryBookError):
                    self._keyring.delete(self._book_id)
                with suppress(MemoryBookError):
                    self._put_slot(None, lambda _: True)
                raise

    def end(self) -> None:
        """Have this computer open the book no more, nor an old copy of it.

        The slot goes first. Raises KeyringError when the password store could not be asked to delete its
        half: the book is not opened by it any more even so, an old copy of the key files might be. Calling
        it again, with no slot left, deletes what is left.
        """
        with self._turn:
            self._put_slot(None, lambda _: True)
            self._keyring.delete(self._book_id)

    def drop(self) -> None:
        """Delete the half in the password store, for a book whose key files have no slot for it any more.

        Raises KeyringError.
        """
        with self._turn:
            self._keyring.delete(self._book_id)


def fetched(keyring: ComputerKeyring, book_id: str) -> bytes:
    """The half that the password store keeps. Raises KeyringForgotten when it is gone or wrong."""
    try:
        return bytes.fromhex(keyring.fetch(book_id))
    except ValueError:
        raise KeyringForgotten from None
