"""Covered photos on the pages that are looked at: a plain surface until the person asks for them."""

from typing import Protocol

from memorybook.domain.book import BookPlan
from memorybook.domain.ids import PhotoId
from memorybook.rendering.preview import each_picture
from memorybook.ui.core.showing import AllCovered, Showing, photo_key


class CoveringView(Protocol):
    """What the screen is told, and asked, about covered photos."""

    def covered_surface(self, width: int, height: int) -> bytes:
        """A JPEG of this shape that stands on a page where a covered photo is."""

    def show_covering(self, *, covered: bool, uncovered: bool) -> None:
        """Whether some photos on the pages are covered, and whether some are uncovered for now."""


class Covering:
    """Knows which photos of the pages are covered, and which of them are painted as a surface. GUI thread."""

    def __init__(self, view: CoveringView, showing: Showing | None) -> None:
        self._view = view
        self._showing = showing or AllCovered()
        self._planned: frozenset[PhotoId] = frozenset()
        self._painted: frozenset[PhotoId] = frozenset()

    def surfaces(self, plan: BookPlan | None) -> dict[PhotoId, bytes]:
        """What stands in the place of each photo whose pixels are not even asked for."""
        pictures = each_picture(plan) if plan is not None else ()
        covered = {it.photo: it for it in pictures if it.covered}
        painted = {photo: it for photo, it in covered.items() if not self._showing.shows(photo_key(photo))}
        self._planned, self._painted = frozenset(covered), frozenset(painted)
        self._view.show_covering(covered=bool(painted), uncovered=len(painted) < len(covered))
        return {photo: self._view.covered_surface(it.width, it.height) for photo, it in painted.items()}

    @property
    def differs(self) -> bool:
        """Whether other photos are to be painted as a surface than are."""
        return {it for it in self._planned if not self._showing.shows(photo_key(it))} != self._painted

    def uncover(self) -> None:
        """Show the covered photos that are on the pages."""
        self._showing.uncover(*(photo_key(photo) for photo in self._planned))

    def cover_again(self) -> None:
        """Cover them."""
        self._showing.cover_again([photo_key(photo) for photo in self._planned])
