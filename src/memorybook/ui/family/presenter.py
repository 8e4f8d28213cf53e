"""Who the book is about, farewells, and who writes: what is listed, what is open, what is put away."""

import datetime
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import BabyId, CeremonyId, PersonId
from memorybook.domain.people import Baby, BabyDraft, Ceremony, CeremonyDraft, KeptAside, Person
from memorybook.domain.wording import WORD
from memorybook.errors import MemoryBookError
from memorybook.services.people import People
from memorybook.services.preferences import Preferences
from memorybook.services.record import Record
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.keeping import FormView, Keeping

T = TypeVar("T")
ORIGIN = "family"


@dataclass(frozen=True, slots=True)
class Family:
    """Everything the place lists. ``word`` is the book's word for a baby."""

    babies: tuple[Baby, ...] = ()
    ceremonies: tuple[Ceremony, ...] = ()
    people: tuple[Person, ...] = ()
    aside: KeptAside = field(default_factory=KeptAside)
    word: str = ""


class FamilyView(FormView, Protocol):
    """What the presenter tells the screen."""

    def show_family(self, family: Family) -> None:
        """List everything, in the order of the parents."""

    def show_overview(self) -> None:
        """Leave the form that is open."""

    def show_baby(self, baby: BabyId | None, draft: BabyDraft, word: str) -> None:
        """Open the form of a baby; ``None`` for one that is not in the book yet."""

    def show_ceremony(
        self, ceremony: CeremonyId | None, draft: CeremonyDraft, babies: Sequence[Baby], word: str
    ) -> None:
        """Open the form of a farewell."""

    def baby_draft(self) -> BabyDraft:
        """What the form of a baby holds now."""

    def ceremony_draft(self) -> CeremonyDraft:
        """What the form of a farewell holds now."""

    def show_put_away(self, bring_back: Callable[[], None]) -> None:
        """Something is not listed any more; offer to bring it back."""

    def show_person_stays(self, person: Person) -> None:
        """A name stands on a page and cannot be taken off the list."""

    def show_person_removed(self, person: Person) -> None:
        """A name is off the list; offer to write it down again."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or kept."""


class FamilyPresenter:
    """Drives one :class:`FamilyView`. GUI thread."""

    def __init__(
        self,
        view: FamilyView,
        *,
        record: Record,
        people: People,
        preferences: Preferences,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
    ) -> None:
        self._view = view
        self._record = record
        self._people = people
        self._preferences = preferences
        self._deliver = deliver
        self._now = now
        self._keeping: Keeping[BabyDraft, Baby | None] | Keeping[CeremonyDraft, Ceremony | None] | None = None
        self._baby: BabyId | None = None
        self._ceremony: CeremonyId | None = None
        self._family = Family()
        self._moving = 0

    # listing

    def show(self) -> None:
        """Read everything anew; a form that is open stays as it is."""
        family = Family()

        def take(**part: object) -> None:
            nonlocal family
            family = replace(family, **part)  # type: ignore[arg-type]  # each of its own kind, see below

        def complete(word: str | None) -> None:
            if self._moving:  # what was read is behind what is shown, and is read again
                return
            self._family = replace(family, word=word or "")
            self._view.show_family(self._family)

        # The vault answers in the order in which it is asked.
        failed = self._view.show_problem
        self._deliver(self._record.babies(), lambda found: take(babies=found), failed)
        self._deliver(self._record.ceremonies(), lambda found: take(ceremonies=found), failed)
        self._deliver(self._people.all(), lambda found: take(people=found), failed)
        self._deliver(self._record.kept_aside(), lambda found: take(aside=found), failed)
        self._deliver(self._preferences.get(WORD), complete, failed)

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed, here or in another place."""
        if changes.record or changes.people or changes.preferences:
            self.show()

    # forms

    def add_baby(self) -> None:
        """Begin a new record. Nothing is kept until something is typed."""
        self._begin_baby(None, BabyDraft())

    def open_baby(self, baby_id: BabyId) -> None:
        """Open a record that is listed."""
        baby = next((baby for baby in self._family.babies if baby.id == baby_id), None)
        if baby is not None:
            self._begin_baby(baby.id, baby.draft)

    def _begin_baby(self, baby_id: BabyId | None, draft: BabyDraft) -> None:
        self._baby, self._ceremony = baby_id, None

        def written(result: Baby | None) -> None:
            if result is not None:
                self._baby = result.id
                rows = tuple(result if each.id == result.id else each for each in self._family.babies)
                self._family = replace(self._family, babies=rows)

        self._view.show_baby(baby_id, draft, self._family.word)
        self._keeping = Keeping(
            self._view,
            self._view.baby_draft(),  # as the form gives it back when nothing is typed
            read=self._view.baby_draft,
            write=lambda typed: self._record.keep_baby(self._baby, typed, origin=ORIGIN),
            written=written,
            deliver=self._deliver,
            now=self._now,
        )

    def add_ceremony(self) -> None:
        """Begin a new farewell. Nothing is kept until something is typed."""
        self._begin_ceremony(None, CeremonyDraft())

    def open_ceremony(self, ceremony_id: CeremonyId) -> None:
        """Open a farewell that is listed."""
        found = next((each for each in self._family.ceremonies if each.id == ceremony_id), None)
        if found is not None:
            self._begin_ceremony(found.id, found.draft)

    def _begin_ceremony(self, ceremony_id: CeremonyId | None, draft: CeremonyDraft) -> None:
        self._baby, self._ceremony = None, ceremony_id

        def written(result: Ceremony | None) -> None:
            if result is not None:
                self._ceremony = result.id
                rows = tuple(result if each.id == result.id else each for each in self._family.ceremonies)
                self._family = replace(self._family, ceremonies=rows)

        self._view.show_ceremony(ceremony_id, draft, self._family.babies, self._family.word)
        self._keeping = Keeping(
            self._view,
            self._view.ceremony_draft(),
            read=self._view.ceremony_draft,
            write=lambda typed: self._record.keep_ceremony(self._ceremony, typed, origin=ORIGIN),
            written=written,
            deliver=self._deliver,
            now=self._now,
        )

    def keep(self) -> None:
        """Keep the form that is open, now."""
        if self._keeping is not None:
            self._keeping.keep()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep the form that is open and call ``then``: with ``True`` when all of it is kept."""
        if self._keeping is None:
            then(True)  # noqa: FBT003 - as every such callback is told
        else:
            self._keeping.flush(then)

    def leave(self) -> None:
        """Go back to the list once the form is kept; it stays open while it is not."""

        def kept(all_of_it: bool, /) -> None:
            if all_of_it:
                self._close()

        self.flush(kept)

    def _close(self) -> None:
        self._keeping = None
        self._view.show_overview()
        self.show()

    # order, putting away, bringing back

    def move(self, baby_id: BabyId, step: int) -> None:
        """Put a baby so many places further down, or up."""
        order = list(self._family.babies)
        at = next((at for at, baby in enumerate(order) if baby.id == baby_id), -1)
        if at < 0 or not 0 <= at + step < len(order):
            return
        order.insert(at + step, order.pop(at))
        # Shown at once, so that the next press goes on from here and not from the order on the disk.
        self._family = replace(self._family, babies=tuple(order))
        self._view.show_family(self._family)
        self._moving += 1

        def moved() -> None:
            self._moving -= 1
            self.show()

        def failed(error: MemoryBookError) -> None:
            moved()
            self._view.show_problem(error)

        self._deliver(
            self._record.move_baby(baby_id, at + step, origin=ORIGIN), lambda _: moved(), failed
        )

    def put_away(self) -> None:
        """Take what is open off the list. It stays in the book and can be brought back."""

        def kept(all_of_it: bool, /) -> None:
            if not all_of_it:
                return
            if self._baby is not None:
                baby = self._baby
                self._away(
                    self._record.remove_baby(baby, origin=ORIGIN), lambda: self.bring_back_baby(baby)
                )
            elif self._ceremony is not None:
                ceremony = self._ceremony
                self._away(
                    self._record.remove_ceremony(ceremony, origin=ORIGIN),
                    lambda: self.bring_back_ceremony(ceremony),
                )
            else:
                self._close()  # nothing was typed

        self.flush(kept)

    def _away(self, future: Future[T], bring_back: Callable[[], None]) -> None:
        self._close()  # at once, so that nobody goes on writing in what goes
        self._deliver(future, lambda _: self._view.show_put_away(bring_back), self._view.show_problem)

    def bring_back_baby(self, baby_id: BabyId) -> None:
        """Put a baby back in its place."""
        self._and_show(self._record.bring_back_baby(baby_id, origin=ORIGIN))

    def bring_back_ceremony(self, ceremony_id: CeremonyId) -> None:
        """Put a farewell back."""
        self._and_show(self._record.bring_back_ceremony(ceremony_id, origin=ORIGIN))

    def delete_for_ever(self, babies: Sequence[BabyId] = (), ceremonies: Sequence[CeremonyId] = ()) -> None:
        """Destroy what was put away. There is no way back from this."""
        self._and_show(self._record.delete_for_ever(babies, ceremonies, origin=ORIGIN))

    def _and_show(self, future: Future[T]) -> None:
        self._deliver(future, lambda _: self.show(), self._view.show_problem)

    # people

    def add_person(self, name: str) -> None:
        """Write a name down; nothing happens without one."""
        if name.strip():
            self._and_show(self._people.add(name, origin=ORIGIN))

    def rename(self, person: PersonId, name: str) -> None:
        """Give a person another name; without one the name stays."""
        if name.strip():
            self._and_show(self._people.rename(person, name, origin=ORIGIN))

    def remove(self, person: Person) -> None:
        """Take a name off the list, unless it stands on a page."""

        def done(gone: bool) -> None:
            self.show()
            if gone:
                self._view.show_person_removed(person)
            else:
                self._view.show_person_stays(person)

        self._deliver(self._people.remove(person.id, origin=ORIGIN), done, self._view.show_problem)
