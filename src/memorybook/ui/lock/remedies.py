"""What can be done next about each problem of a closed book, besides typing the passphrase once more."""

from typing import Literal

from memorybook.errors import (
    BookClosed,
    BookDamaged,
    BookEmpty,
    BookMoved,
    BookNewer,
    BookOpenElsewhere,
    BookReadOnly,
    BookUnreadable,
    FolderInUse,
    KeyFilesDamaged,
    KeyFilesMissing,
    KeyringLocked,
    KeyringUnavailable,
    MemoryBookError,
    NoPassphrase,
    NotABook,
    StorageFailed,
    StorageFull,
    WrongPassphrase,
)

Remedy = Literal["words", "another", "again", "place", "keyring", ""]
"""Use the recovery words, open another book, look once more, choose another place, ask the keyring again."""

_OPENING: dict[type[MemoryBookError], Remedy] = {
    WrongPassphrase: "words",
    NoPassphrase: "words",
    KeyFilesDamaged: "words",
    KeyFilesMissing: "words",
    BookDamaged: "another",
    BookEmpty: "another",
    NotABook: "another",
    BookNewer: "another",
    BookReadOnly: "another",
    BookUnreadable: "another",
    BookOpenElsewhere: "again",
    BookMoved: "again",
    BookClosed: "again",
    StorageFailed: "again",
    StorageFull: "again",
    KeyringLocked: "keyring",
    KeyringUnavailable: "keyring",
}
_BEGINNING: dict[type[MemoryBookError], Remedy] = {FolderInUse: "place", BookReadOnly: "place"}


def remedy(error: MemoryBookError, *, beginning: bool) -> Remedy:
    """The next thing to offer; nothing where the card itself already holds it."""
    table = _BEGINNING if beginning else _OPENING
    return table.get(type(error), "")
