"""What was written down of days and is not in the book yet: it is at hand until the book has taken it."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from memorybook.domain.ids import OccasionId
from memorybook.domain.occasion import Occasion, OccasionDraft
from memorybook.errors import MemoryBookError
from memorybook.services.occasions import Occasions
from memorybook.ui.core.delivery import Deliver, or_none

T = TypeVar("T")


class Writing:
    """Hands days to the book; what it does not take, on a full disk for one, waits. GUI thread.

    ``changed`` gets each day that is kept differently, ``refused`` every reason why one is not taken, and
    ``all_kept`` is called once none waits any more of which that was said.
    """

    def __init__(
        self,
        occasions: Occasions,
        deliver: Deliver,
        *,
        changed: Callable[[Occasion], object],
        refused: Callable[[MemoryBookError], object],
        all_kept: Callable[[], object],
    ) -> None:
        self._occasions = occasions
        self._deliver = deliver
        self._changed = changed
        self._refused = refused
        self._all_kept = all_kept
        self._new: list[OccasionDraft] = []
        self._other: dict[OccasionId, OccasionDraft] = {}
        self._under_way = 0
        self._was_refused = False
        self._then: list[Callable[[bool], None]] = []

    def of(self, occasion: OccasionId) -> OccasionDraft | None:
        """A day as it was written last, while the book has it in other words."""
        return self._other.get(occasion)

    def keep(self, occasion: OccasionId | None, draft: OccasionDraft) -> None:
        """Keep a new day, or one that is there in other words."""
        if occasion is None:
            self._new.append(draft)
            self._add(draft)
        else:
            self._other[occasion] = draft
            self._change(occasion, draft)

    def keep_again(self) -> None:
        """Try all that waits once more, unless that is being done."""
        if self._under_way:
            return
        self._under_way += 1  # or an answer that comes at once would be taken for the last one
        for draft in tuple(self._new):
            self._add(draft)
        for occasion, draft in tuple(self._other.items()):
            self._change(occasion, draft)
        self._came()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep what waits and call ``then``: with ``True`` when all of it is kept."""
        self._then.append(then)
        self.keep_again()

    def _add(self, draft: OccasionDraft) -> None:
        self._ask(self._occasions.add(draft), lambda _: self._new.remove(draft))

    def _change(self, occasion: OccasionId, draft: OccasionDraft) -> None:
        def done(now: Occasion | None) -> None:
            if self._other.get(occasion) is draft:
                del self._other[occasion]
            if now is not None:  # else it was deleted for ever meanwhile
                self._changed(now)

        self._ask(or_none(self._occasions.change(occasion, draft)), done)

    def _ask(self, future: Future[T], done: Callable[[T], None]) -> None:
        def taken(answer: T) -> None:
            done(answer)
            self._came()

        def refused(error: MemoryBookError) -> None:
            self._was_refused = True
            self._refused(error)
            self._came()

        self._under_way += 1
        self._deliver(future, taken, refused)

    def _came(self) -> None:
        self._under_way -= 1
        if self._under_way:
            return
        kept = not self._new and not self._other
        if kept and self._was_refused:
            self._was_refused = False
            self._all_kept()
        waiting, self._then = self._then, []
        for then in waiting:
            then(kept)
