"""How much room a book has left on its disk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes. ``free`` is what this person may still write; ``wanted`` what lets the book work at its ease.

    ``is_full`` tells that the room kept for words is in use: words are still kept, for many hours of writing,
    and things can be deleted; pictures, recordings and copies wait until there is room again.
    """

    free: int
    wanted: int
    is_full: bool

    @property
    def is_short(self) -> bool:
        """Whether it is time to say so, while there is still enough for everything that is being done."""
        return self.is_full or self.free < self.wanted

    @property
    def lacking(self) -> int:
        """How much has to be freed until nothing needs to be said."""
        return max(0, self.wanted - self.free)
