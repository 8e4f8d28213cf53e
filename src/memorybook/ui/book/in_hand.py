"""The edition that is being made: what is set is kept in the vault by itself, under a name."""

from collections.abc import Callable

from memorybook.domain.book import Edition, KeptEdition
from memorybook.domain.ids import EditionId
from memorybook.errors import MemoryBookError
from memorybook.services.editions import Editions
from memorybook.ui.core.delivery import Deliver

ORIGIN = "book"
"""Who asked for changes of editions that are made here."""


class InHand:
    """Holds what is set now. GUI thread. ``told`` is called when it was kept, ``failed`` when it was not."""

    def __init__(
        self,
        editions: Editions,
        deliver: Deliver,
        *,
        told: Callable[[], object],
        failed: Callable[[MemoryBookError], object],
    ) -> None:
        self._editions, self._deliver = editions, deliver
        self._told, self._failed = told, failed
        self.edition: Edition | None = None
        self.id: EditionId | None = None
        self.name = ""
        self.is_named = self.is_changed = self.is_seen = False
        self._keeping = False
        self._waiting: list[Callable[[bool], None]] = []

    def offer(self, edition: Edition) -> None:
        """Begin anew with what is offered; it is kept once something of it is changed."""
        self.edition, self.id, self.name = edition, None, edition.title
        self.is_named = self.is_changed = self.is_seen = False

    def open(self, kept: KeptEdition) -> None:
        """Go on with one that was kept."""
        self.edition, self.id, self.name = kept.edition, kept.id, kept.name
        self.is_named = kept.name != kept.edition.title
        self.is_changed = self.is_seen = False

    @property
    def is_offered(self) -> bool:
        """Whether nothing of it was chosen by the person yet."""
        return self.id is None and not self.is_changed and not self._keeping

    def change(self, edition: Edition, *, seen: bool = False) -> None:
        """Set something; ``seen`` when all that can go in was looked through."""
        if edition != self.edition or seen:
            self.edition = edition
            self.is_changed = True
            self.is_seen = self.is_seen or seen

    def rename(self, name: str) -> None:
        """Give it a name of its own; without one it goes by its title."""
        self.is_named = bool(name.strip())
        self.name = name.strip()
        self.is_changed = True
        self.keep()

    def keep(self) -> None:
        """Write what was set into the vault, if anything was and nothing is being written."""
        if self._keeping or not self.is_changed or self.edition is None:
            return
        if not self.is_named:
            self.name = self.edition.title
        self._keeping, self.is_changed = True, False
        seen, self.is_seen = self.is_seen, False
        self._deliver(
            self._editions.keep(self.id, self.name, self.edition, seen=seen, origin=ORIGIN),
            self._kept,
            lambda error: self._not_kept(error, seen=seen),
        )

    def keep_whole(self) -> None:
        """As :meth:`keep`, also when nothing of what was offered was changed: a PDF was made of it."""
        self.is_changed = self.is_changed or self.id is None
        self.keep()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep what was set and call ``then``: with ``True`` when all of it is kept."""
        if not self.is_changed and not self._keeping:
            then(True)  # noqa: FBT003 - as every such callback is told
            return
        self._waiting.append(then)
        self.keep()

    def _kept(self, kept: KeptEdition) -> None:
        self._keeping = False
        self.id = kept.id
        if self.is_changed:
            self.keep()
            return
        self._told()
        self._tell_waiting(kept=True)

    def _not_kept(self, error: MemoryBookError, *, seen: bool) -> None:
        self._keeping, self.is_changed = False, True
        self.is_seen = self.is_seen or seen
        self._failed(error)
        self._tell_waiting(kept=False)

    def _tell_waiting(self, *, kept: bool) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then(kept)

    def take_over(self, other: "InHand") -> None:
        """Go on with what another one held."""
        self.edition, self.id, self.name = other.edition, other.id, other.name
        self.is_named, self.is_changed, self.is_seen = other.is_named, other.is_changed, other.is_seen
