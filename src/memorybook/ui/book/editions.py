"""The editions that are kept: turned to, begun, put away and brought back."""

from collections.abc import Callable
from typing import Protocol

from memorybook.domain.book import Edition, KeptEdition
from memorybook.domain.ids import EditionId
from memorybook.errors import MemoryBookError
from memorybook.services.vault import Vault
from memorybook.ui.book.in_hand import ORIGIN, InHand
from memorybook.ui.core.delivery import Deliver


class EditionsView(Protocol):
    """What the screen is told of the editions that are kept."""

    def show_editions(
        self, editions: tuple[KeptEdition, ...], current: EditionId | None, *, put_away: bool
    ) -> None:
        """Those that are kept, which of them is being made, and whether others were put away."""

    def ask_drawer(self, editions: tuple[KeptEdition, ...]) -> None:
        """Show the editions that were put away."""

    def show_problem(self, error: MemoryBookError) -> None:
        """It could not be done; the book is as it was."""


class Editions:
    """Has one edition after another in hand. GUI thread.

    ``offered`` makes what a new one begins with, ``turned`` is called when another is in hand,
    and ``emptied`` when none is, so that what is left is read anew.
    """

    def __init__(
        self,
        view: EditionsView,
        *,
        vault: Vault,
        hand: InHand,
        deliver: Deliver,
        offered: Callable[[], Edition],
        turned: Callable[[], object],
        emptied: Callable[[], object],
    ) -> None:
        self._view, self._vault, self._hand, self._deliver = view, vault, hand, deliver
        self._offered, self._turned, self._emptied = offered, turned, emptied

    def tell(self) -> None:
        """Show which there are now."""

        def away(rows: tuple[KeptEdition, ...]) -> None:
            self._deliver(
                self._vault.editions.all(),
                lambda found: self._view.show_editions(found, self._hand.id, put_away=bool(rows)),
                self._view.show_problem,
            )

        self._deliver(self._vault.editions.put_away_rows(), away, self._view.show_problem)

    def open(self, kept: KeptEdition) -> None:
        """Turn to another edition; this one is kept first, and stays in hand when it cannot be."""
        self._hand.flush(lambda whole: self._turn_to(kept) if whole else self.tell())

    def begin(self) -> None:
        """Turn to a new one, with what is marked for the book; the one in hand as with :meth:`open`."""
        self._hand.flush(lambda whole: self._turn_to(None) if whole else self.tell())

    def _turn_to(self, kept: KeptEdition | None) -> None:
        if kept is None:
            self._hand.offer(self._offered())
        else:
            self._hand.open(kept)
        self.tell()
        self._turned()

    def put_away(self, edition: EditionId) -> None:
        """Put an edition away; when it is the one in hand, another takes its place."""

        def gone(_: None) -> None:
            if edition == self._hand.id:
                self._hand.edition = self._hand.id = None
                self._hand.is_changed = False
            self._emptied()

        def away(_kept: bool, /) -> None:
            self._deliver(
                self._vault.editions.put_away([edition], origin=ORIGIN), gone, self._view.show_problem
            )

        self._hand.flush(away)

    def bring_back(self, edition: EditionId) -> None:
        """Bring an edition back and turn to it."""

        def back(_: None) -> None:
            self._deliver(self._vault.editions.get(edition), self.open, self._view.show_problem)

        self._deliver(
            self._vault.editions.bring_back([edition], origin=ORIGIN), back, self._view.show_problem
        )

    def open_drawer(self) -> None:
        """Show the editions that were put away."""
        self._deliver(
            self._vault.editions.put_away_rows(), self._view.ask_drawer, self._view.show_problem
        )

    def destroy(self, edition: EditionId) -> None:
        """Delete one that was put away for ever."""
        self._deliver(
            self._vault.editions.delete_for_ever([edition], origin=ORIGIN),
            lambda _: self.tell(),
            self._view.show_problem,
        )
