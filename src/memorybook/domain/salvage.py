"""What came of taking everything that can still be read out of a damaged book, into a new one."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

READING: Final = "reading"
"""The stage in which the pages of the damaged database are gone through; counts bytes."""

COPYING: Final = "copying"
"""The stage in which photos and recordings are copied and compared; counts bytes."""

WRITING: Final = "writing"
"""The stage in which the new book is written; counts things."""

PICTURES: Final = "pictures"
"""The stage in which pictures are looked at of which nothing is written down any more; counts files."""

CHECKING: Final = "checking"
"""The stage in which the new book is read from its beginning to its end; counts bytes."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a kind came back ``whole``, how many ``in_part``, and how many are known to be ``lost``."""

    whole: int = 0
    in_part: int = 0
    lost: int = 0

    @property
    def is_whole(self) -> bool:
        """Nothing of this kind is missing, as far as anything left tells."""
        return not self.in_part and not self.lost


@dataclass(frozen=True, slots=True)
class SalvageMarks:
    """The words that mark what is not whole in the new book, in the language of the person."""

    tag: str = "damaged"
    notice: str = "This page was damaged. What could still be read of it is below; part of it may be missing."
    earlier: str = "This page was damaged. Below is what an earlier version of it said."
    note: str = "This was damaged, and part of it may be missing."
    gap: str = "[…]"
    someone: str = "Someone"


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """What is in the new book in ``folder``, and what is not.

    A page ``in_part`` stands in it as a page of its own that says so; ``from_earlier`` of them say what an
    earlier version said. A photo or recording ``in_part`` has lost its words, or its file. ``others`` are
    babies, people, ceremonies, keepsakes, days, editions and earlier versions. ``bad_pages`` of the
    ``all_pages`` of the database could not be verified. ``strays`` are files that no photo or recording
    could be made of: they were copied as they are.
    """

    folder: Path = field(repr=False)
    pages: Tally
    photos: Tally
    recordings: Tally
    others: Tally
    bad_pages: int
    all_pages: int
    from_earlier: int
    strays: int
    has_passphrase: bool

    @property
    def is_whole(self) -> bool:
        """Whether everything that was in the damaged book is in the new one, as far as anything tells."""
        return all(each.is_whole for each in (self.pages, self.photos, self.recordings, self.others))
