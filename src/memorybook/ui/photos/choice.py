"""Which photos of the grid are chosen: one by one, from one to another, or all within a frame."""

import itertools
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex

from memorybook.domain.ids import PhotoId
from memorybook.ui.photos.model import PhotosModel

_Flag = QItemSelectionModel.SelectionFlag


class Choice:
    """Works on the selection of a view; where the keyboard is, is no choice yet. GUI thread."""

    def __init__(self, photos: PhotosModel, selection: QItemSelectionModel) -> None:
        self._photos, self._selection = photos, selection
        self._anchor = QPersistentModelIndex()

    def ids(self) -> tuple[PhotoId, ...]:
        """What is chosen, in the order of the grid."""
        selection = self._selection.selection()
        spans = [selection.at(number) for number in range(selection.count())]
        places = sorted(place for span in spans for place in range(span.top(), span.bottom() + 1))
        return tuple(self._photos.row_at(place).id for place in places)

    def choose(self, ids: Iterable[PhotoId]) -> None:
        """Have these chosen, of those that are there, and no others."""
        places = (self._photos.index_of(photo) for photo in ids)
        self.choose_places((index.row() for index in places if index.isValid()), QItemSelection())

    def choose_places(self, places: Iterable[int], beside: QItemSelection) -> None:
        """Have the photos at these places chosen, those ``beside`` too, and no others."""
        selection = QItemSelection(beside)
        for first, last in _runs(sorted(places)):  # Qt takes seconds for thousands of single rows
            run = QItemSelection(self._photos.index(first), self._photos.index(last))
            selection.merge(run, _Flag.Select)
        self._selection.select(selection, _Flag.ClearAndSelect)

    def begin_at(self, index: QModelIndex) -> None:
        """The next choice of several begins here."""
        self._anchor = QPersistentModelIndex(index)

    def to(self, place: int, *, otherwise_from: QModelIndex | None = None) -> None:
        """Choose all from where the choice began, or else from the given place, in the grid's order."""
        if not self._anchor.isValid() and otherwise_from is not None:
            self._anchor = QPersistentModelIndex(otherwise_from)
        start = self._anchor.row() if self._anchor.isValid() else place
        first, last = sorted((start, place))
        self.choose_places(range(first, last + 1), QItemSelection())

    def toggle(self, place: int) -> None:
        """Choose one more, or one less."""
        index = self._photos.index(place)
        self.begin_at(index)
        self._selection.select(index, _Flag.Toggle)


def _runs(places: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of all that follow one another, of numbers in their order."""
    for _, run in itertools.groupby(enumerate(places), lambda each: each[1] - each[0]):
        numbers = [place for _, place in run]
        yield numbers[0], numbers[-1]
