"""What the large photo needs of the screen, and of what a person has uncovered. No Qt."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from memorybook.domain.edit import Edit
from memorybook.domain.ids import BabyId
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.errors import MemoryBookError
from memorybook.ui.core.keeping import FormView
from memorybook.ui.core.showing import Key, Showing
from memorybook.ui.photos.pixels import PixelScreen


class Covers(Showing, Protocol):
    """What is uncovered for now, and can be covered again before the place is left."""

    def cover_again(self, keys: Iterable[Key] | None = None) -> None:
        """Cover these, or all of them."""


class LargeScreen(FormView, PixelScreen, Protocol):
    """What the presenter tells the screen."""

    def show_shown(self, photo: Photo, place: int, among: int) -> None:
        """A photo is turned to: the one at ``place`` (from 0) ``among`` so many."""

    def show_none(self) -> None:
        """There is no photo to turn to any more."""

    def show_draft(self, draft: PhotoDraft, babies: Mapping[BabyId, str]) -> None:
        """What is written down of the photo; ``babies`` are those it may be of, by what they are called."""

    def draft(self) -> PhotoDraft:
        """What the form holds now."""

    def show_edit(self, edit: Edit, *, can_undo: bool, working: bool) -> None:
        """What is done to the photo, or is being done."""

    def show_crop(self, jpeg: bytes, edit: Edit) -> None:
        """Let the person say what stays. ``jpeg`` is the whole photo, upright."""

    def show_put_away(self, bring_back: Callable[[], None]) -> None:
        """A photo is not shown any more; offer to bring it back."""

    def show_copied(self, *, clean: bool) -> None:
        """A copy has been saved outside of the book."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or kept."""
