"""What can be done next about each problem of a closed book, besides typing the passphrase once more."""

from typing import Literal

from memorybook.errors import (
    BookClosed,
    BookDamaged,
    BookEmpty,
    BookMissing,
    BookMoved,
    BookNewer,
    BookOpenElsewhere,
    BookReadOnly,
    BookUnreadable,
    BookWithoutWords,
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

Remedy = Literal["words", "another", "again", "place", "keyring", "copy", ""]
"""Use the recovery words, open another book, look once more, choose another place, ask the keyring again, or
bring the book back from a copy."""

Reason = Literal["wanted", "missing", "damaged"]
"""Why a book is brought back from a copy."""

_OPENING: dict[type[MemoryBookError], Remedy] = {
    WrongPassphrase: "words",
    NoPassphrase: "words",
    KeyFilesDamaged: "words",
    KeyFilesMissing: "words",
    BookDamaged: "copy",
    BookEmpty: "copy",
    BookWithoutWords: "copy",
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


_BY_COPY: dict[type[MemoryBookError], Reason] = {
    BookDamaged: "damaged",
    BookEmpty: "damaged",
    BookMissing: "missing",
    BookWithoutWords: "damaged",
}


def by_copy(error: MemoryBookError) -> Reason:
    """Why a copy may take the place of the book in the folder; as anyone may wish where it need not."""
    return _BY_COPY.get(type(error), "wanted")


def remedy(error: MemoryBookError, *, beginning: bool) -> Remedy:
    """The next thing to offer; nothing where the card itself already holds it."""
    table = _BEGINNING if beginning else _OPENING
    return table.get(type(error), "")
