"""Which covered pictures of an open book a person has uncovered; they are covered again when she leaves."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from memorybook.ui.core import cover
from memorybook.ui.core.showing import Key


class Uncovered(QObject):
    """One for each open book, shared by its places. Nothing of it is kept: a book opens covered.

    ``changed`` tells that some are uncovered or covered again: a place then fetches what it may show, and
    lets go of the pixels of what it may not. Covering the whole screen covers everything again. GUI thread.
    It ends with ``book``: the cover of the process outlives every book and must not be heard by a closed one.
    """

    changed = Signal()

    def __init__(self, book: QObject) -> None:
        super().__init__(book)
        self._keys: set[Key] = set()
        cover.current().covered.connect(self.cover_again)

    def shows(self, key: Key) -> bool:
        """Whether the person has uncovered this picture and is still there."""
        return key in self._keys

    def uncover(self, *keys: Key) -> None:
        """The person chose to look at these pictures, mostly at one."""
        if not self._keys.issuperset(keys):
            self._keys.update(keys)
            self.changed.emit()

    def cover_again(self, keys: Iterable[Key] | None = None) -> None:
        """Cover these, or all of them."""
        staying = set() if keys is None else self._keys.difference(keys)
        if staying != self._keys:
            self._keys = staying
            self.changed.emit()
