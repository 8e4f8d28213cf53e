"""What is known so far of the words that are in sight: asked once each, in batches, and remembered."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from typing import Final

from memorybook.errors import MemoryBookError
from memorybook.ui.core.delivery import Deliver

_BATCH: Final = 1_000
"""So many words at once: an answer is back in a tenth of a second with the slowest dictionary measured."""

_LIMIT: Final = 100_000
"""So many different words are remembered at most; then everything is asked anew."""


class Verdicts:
    """Whether words are known to the dictionary or the family. GUI thread; nothing here waits."""

    def __init__(
        self,
        ask: Callable[[Sequence[str]], Future[dict[str, bool]]],
        deliver: Deliver,
        told: Callable[[], object],
    ) -> None:
        """``told`` is called when answers came that were not known before."""
        self._ask = ask
        self._deliver = deliver
        self._told = told
        self._known: dict[str, bool] = {}
        self._asking = False
        self._generation = 0

    def forget(self) -> None:
        """Something else holds from now on: another dictionary, or another word of the family."""
        self._generation += 1
        self._known.clear()
        self._asking = False

    def is_wrong(self, word: str) -> bool:
        """Whether the word is known to be wrong. One that was not asked about is not."""
        return not self._known.get(word, True)

    def settle(self, words: Iterable[str]) -> bool:
        """Ask about those words that nothing is known of. Whether there were none.

        One question is under way at a time; who asks meanwhile is told when it has been answered.
        """
        open_words = [word for word in dict.fromkeys(words) if word not in self._known]
        if not open_words:
            return True
        if not self._asking:
            self._put(open_words[:_BATCH])
        return False

    def _put(self, words: list[str]) -> None:
        self._asking = True
        generation = self._generation

        def answered(found: dict[str, bool]) -> None:
            if generation != self._generation:
                return
            self._asking = False
            if len(self._known) > _LIMIT:
                self._known.clear()
            self._known.update(found)
            self._told()

        def failed(_: MemoryBookError) -> None:
            # No mark is said rather than a wrong one, and the writing is not disturbed by it.
            answered(dict.fromkeys(words, True))

        self._deliver(self._ask(words), answered, failed)
