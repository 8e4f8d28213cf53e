"""What a presenter needs to know of covered pictures: which of them a person has uncovered for now. No Qt."""

from collections.abc import Iterable
from typing import Literal, Protocol

from memorybook.domain.ids import PhotoId, RecordingId

Key = tuple[Literal["photo", "recording"], int]
"""One picture of the book: a photo, or the still picture of a recording."""


def photo_key(photo: PhotoId) -> Key:
    """The name of a photo among what can be uncovered."""
    return ("photo", photo)


def recording_key(recording: RecordingId) -> Key:
    """The name of a recording among what can be uncovered."""
    return ("recording", recording)


class Showing(Protocol):
    """Asked before the pixels of a covered picture are fetched. GUI thread."""

    def shows(self, key: Key) -> bool:
        """Whether the person has uncovered this picture and is still there."""

    def uncover(self, *keys: Key) -> None:
        """The person chose to look at these pictures."""

    def cover_again(self, keys: Iterable[Key] | None = None) -> None:
        """Cover these, or all of them."""


class AllCovered:
    """Where nobody can uncover anything."""

    def shows(self, key: Key) -> bool:
        """Nothing is shown."""
        del key
        return False

    def uncover(self, *keys: Key) -> None:
        """They stay covered."""

    def cover_again(self, keys: Iterable[Key] | None = None) -> None:
        """It is."""


def may_show(showing: Showing, key: Key, *, covered: bool) -> bool:
    """Whether the pixels of a picture may be fetched and painted."""
    return not covered or showing.shows(key)
