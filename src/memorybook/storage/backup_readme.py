"""What stands beside copies and at the beginning of a single file, for who finds them in thirty years."""

from memorybook import __version__

_WHAT = """\
Copies of a Memory Book
=======================

{what} by the program Memory Book {version}. Everything in it is encrypted: nobody
can read it without the passphrase of the book, or the twelve words of its recovery sheet.

With the program
----------------
Install Memory Book. On its first page choose "Bring back a book from a copy", choose
{choose}, and type the passphrase or the twelve words. The book is put
into a new folder; nothing here is changed.

In a terminal:  memorybook restore "{source}" --to "New folder"

Please do not rename or remove single files in here.
{more}
Without the program
-------------------
The twelve words are enough. They stand for 16 bytes, and the database is an ordinary SQLCipher 4
database whose key is derived from them:

    HKDF-SHA256(the 16 bytes, no salt, info "memorybook/1 db"), 32 bytes
    sqlcipher book.db
    PRAGMA key = "x'<these 32 bytes as 64 hex digits>'";
    SELECT day, title, body FROM entry JOIN entry_text ON entry = id;

Photos and recordings (files ending in .mbm) open with ChaCha20-Poly1305 and a key derived from the
same 16 bytes. Every step, with examples to check a program against, is written down in FORMATS.md, which
comes with Memory Book (in the folder memorybook/storage) and with its source code.
"""

_PLACE = """
What is here
------------
media/       photos, recordings and videos, shared by all copies
snapshots/   one folder for each copy; the highest number is the newest

The newest seven copies are kept, and fewer of older ones. What is deleted for ever in the book goes from here
with the last copy that has it. A copy opens with the passphrase and the sheet that the book had when it
was made: after a sheet is withdrawn, newer copies go into a folder of their own.
"""


def of_a_place() -> str:
    """The text of ``README.txt`` in a place."""
    return _WHAT.format(
        what="This folder was made",
        version=__version__,
        choose="this folder",
        source="this folder",
        more=_PLACE,
    )


def of_a_file() -> str:
    """The text at the beginning of a single file."""
    return _WHAT.format(
        what="This file was made", version=__version__, choose="this file", source="this file", more=""
    )
