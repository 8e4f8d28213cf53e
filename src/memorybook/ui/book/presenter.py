"""Making a book: which pages are chosen, which are shown, and where the PDF goes."""

import datetime
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from memorybook.domain.book import BookPlan, CoveredPhotos, Edition, PageSize
from memorybook.domain.changes import ChangeSet
from memorybook.domain.entry import EntryRow
from memorybook.domain.ids import BabyId, CeremonyId, EntryId, PhotoId
from memorybook.domain.people import Baby, Ceremony
from memorybook.domain.wording import WORD
from memorybook.errors import MemoryBookError
from memorybook.rendering.pdf import Preview, Typesetter
from memorybook.rendering.saving import save_book
from memorybook.services.preferences import TITLE
from memorybook.services.vault import Vault
from memorybook.ui.book.covering import Covering, CoveringView
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.showing import Showing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choices:
    """What is set on the screen."""

    title: str
    dedication: str
    chosen: frozenset[EntryId]
    babies: frozenset[BabyId]
    ceremonies: frozenset[CeremonyId]
    with_dates: bool
    page_size: PageSize
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """What can go into a book. ``title`` is on its cover, ``word`` stands for a baby without a name."""

    rows: tuple[EntryRow, ...] = ()
    babies: tuple[Baby, ...] = ()
    ceremonies: tuple[Ceremony, ...] = ()
    title: str = ""
    word: str = ""


class BookView(CoveringView, Protocol):
    """What the presenter tells the screen."""

    def show_material(self, material: Material) -> None:
        """What can go in, oldest first; all that is marked for the book is chosen."""

    def choices(self) -> Choices:
        """What is set on the screen now."""

    def show_nothing_chosen(self) -> None:
        """There is nothing to make pages of."""

    def forget_pages(self) -> None:
        """Let go of every page that has been drawn; they are drawn anew."""

    def show_page_count(self, count: int) -> None:
        """The pages have been made anew."""

    def show_page(self, index: int, png: bytes) -> None:
        """One page, counted from 0."""

    def show_saving(self, done: int, total: int) -> None:
        """The PDF is being made; so many photographs of so many are in."""

    def show_saved(self, path: Path) -> None:
        """The PDF is where it was asked for."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Pages or the PDF could not be made; the book is as it was."""


class BookPresenter:
    """Drives one :class:`BookView`. GUI thread; typesetting runs in the background, one at a time."""

    def __init__(
        self,
        view: BookView,
        *,
        vault: Vault,
        typesetter: Typesetter,
        run: Callable[[Callable[[], object]], Future[object]],
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
        language: str,
        showing: Showing | None = None,
    ) -> None:
        self._view = view
        self.covering = Covering(view, showing)
        self._vault = vault
        self._typesetter = typesetter
        self._run = run
        self._deliver = deliver
        self._now = now
        self._language = language
        self._material = Material()
        self._preview: Preview | None = None
        self._wanted = 0
        self._fresh = False
        self._saving = False
        self._closed = False
        self._when_idle: list[Callable[[], object]] = []

    def show(self) -> None:
        """The screen is turned to: read what can go in, if anything has changed since."""
        if self._fresh:
            return
        self._fresh = True

        found = Material()
        vault, deliver = self._vault, self._deliver

        def take(**part: object) -> None:
            nonlocal found
            found = replace(found, **part)  # type: ignore[arg-type]  # each of its own kind, see below

        def failed(error: MemoryBookError) -> None:
            self._fresh = False
            self._view.show_problem(error)

        def complete(rows: tuple[EntryRow, ...]) -> None:
            self._material = replace(found, rows=rows)
            self._view.show_material(self._material)
            self.typeset()

        # The vault answers in the order in which it is asked.
        deliver(vault.preferences.get(TITLE), lambda title: take(title=title or ""), failed)
        deliver(vault.preferences.get(WORD), lambda word: take(word=word or ""), failed)
        deliver(vault.record.babies(), lambda babies: take(babies=_of_use(babies)), failed)
        deliver(vault.record.ceremonies(), lambda all_: take(ceremonies=_with_words(all_)), failed)
        deliver(vault.journal.all_for_book(), complete, failed)

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed: what is shown here no longer holds."""
        del changes
        self._fresh = False

    def stop(self) -> None:
        """The book is being closed: a PDF that is not finished is given up, nothing of it is written."""
        self._closed = True

    def when_idle(self, act: Callable[[], object]) -> None:
        """Do something once no PDF is being made, which is now unless one is."""
        if self._saving:
            self._when_idle.append(act)
        else:
            act()

    def _rest(self) -> None:
        self._saving = False
        waiting, self._when_idle = self._when_idle, []
        for act in waiting:
            act()

    def _edition(self) -> Edition | None:
        choices = self._view.choices()
        material = self._material
        entries = tuple(row.id for row in material.rows if row.id in choices.chosen)
        babies = tuple(baby.id for baby in material.babies if baby.id in choices.babies)
        farewells = tuple(each.id for each in material.ceremonies if each.id in choices.ceremonies)
        if not (entries or babies or farewells) and not (choices.with_dates and choices.title):
            return None
        return Edition(
            title=choices.title,
            entries=entries,
            babies=babies,
            ceremonies=farewells,
            dedication=choices.dedication,
            with_dates=choices.with_dates,
            page_size=choices.page_size,
            covered=CoveredPhotos.IN_PLACE if choices.covered else CoveredPhotos.LEAVE_OUT,
            language=self._language,
        )

    def typeset(self) -> None:
        """Make the pages anew from what is set. An earlier, slower answer is dropped."""
        edition = self._edition()
        self._wanted += 1
        wanted = self._wanted
        if edition is None:
            self._preview = None
            self.covering.surfaces(None)
            self._view.show_nothing_chosen()
            return

        def planned(plan: BookPlan) -> None:
            if wanted == self._wanted:
                surfaces = self.covering.surfaces(plan)
                work = self._in_background(
                    lambda: self._typesetter.pages(
                        plan, thumbnails=lambda photo: surfaces.get(photo) or self._thumbnail(photo)
                    )
                )
                self._deliver(work, made, self._view.show_problem)

        def made(preview: Preview) -> None:
            if wanted == self._wanted:
                self._preview = preview
                self._view.show_page_count(preview.page_count)

        self._deliver(self._vault.books.plan(edition), planned, self._view.show_problem)

    def covering_changed(self) -> None:
        """Something was uncovered, or is covered again: no page with it stays as it was drawn."""
        if self.covering.differs:
            self._preview = None
            self._view.forget_pages()
            self.typeset()

    def _thumbnail(self, photo: PhotoId) -> bytes:
        return self._vault.album.thumbnail(photo).result()

    def _in_background(self, work: Callable[[], T]) -> Future[T]:
        return self._run(work)  # type: ignore[return-value]  # run() gives back what work() returns

    def want_page(self, index: int, ppi: float) -> None:
        """Draw one page, counted from 0, at so many pixels an inch."""
        preview, wanted = self._preview, self._wanted
        if preview is None or not 0 <= index < preview.page_count:
            return

        def drawn(png: bytes) -> None:
            if wanted == self._wanted:
                self._view.show_page(index, png)

        self._deliver(self._in_background(lambda: preview.png(index, ppi)), drawn, self._view.show_problem)

    def save(self, path: Path) -> None:
        """Make the PDF and put it at ``path``."""
        edition = self._edition()
        if edition is None or self._saving:
            return
        self._saving = True
        self._view.show_saving(0, 0)
        created = self._now()

        def planned(plan: BookPlan) -> None:
            self._deliver(self._in_background(lambda: self._write(plan, created, path)), saved, failed)

        def saved(where: Path) -> None:
            self._view.show_saved(where)
            self._rest()

        def failed(error: MemoryBookError) -> None:
            self._view.show_problem(error)
            self._rest()

        self._deliver(self._vault.books.plan(edition), planned, failed)

    def _write(self, plan: BookPlan, created: datetime.datetime, path: Path) -> Path:
        def progress(done: int, total: int) -> None:
            told: Future[tuple[int, int]] = Future()
            told.set_result((done, total))
            self._deliver(told, lambda figures: self._view.show_saving(*figures), self._view.show_problem)

        save_book(self._vault, plan, path, created=created, progress=progress, cancelled=lambda: self._closed)
        return path


def _of_use(babies: tuple[Baby, ...]) -> tuple[Baby, ...]:
    """Those of whom something can be printed: the word used for one makes no page."""
    return tuple(baby for baby in babies if not replace(baby.draft, word="").is_empty)


def _with_words(ceremonies: tuple[Ceremony, ...]) -> tuple[Ceremony, ...]:
    return tuple(ceremony for ceremony in ceremonies if not ceremony.draft.is_empty)
