"""The pages that are looked at: set in the background one time after another, drawn when they are in view."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from memorybook.domain.book import BookPlan, Edition
from memorybook.domain.ids import PhotoId
from memorybook.errors import MemoryBookError
from memorybook.rendering.measures import MEASURES
from memorybook.rendering.pdf import Preview, Typesetter
from memorybook.services.vault import Vault
from memorybook.ui.book.covering import Covering, CoveringView
from memorybook.ui.core.delivery import Deliver, Run
from memorybook.ui.core.showing import Showing

T = TypeVar("T")


class PagesView(CoveringView, Protocol):
    """What the screen is told of the pages."""

    def show_nothing_chosen(self) -> None:
        """There is nothing to make pages of."""

    def forget_pages(self) -> None:
        """Let go of every page that has been drawn; they are drawn anew."""

    def show_page_count(self, count: int, width_mm: float, height_mm: float) -> None:
        """The pages have been made anew; so large is each."""

    def show_making(self, *, making: bool) -> None:
        """Whether pages are being made."""

    def show_page(self, index: int, png: bytes) -> None:
        """One page, counted from 0."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Pages could not be made; the book is as it was."""


class Pages:
    """Real pages of the edition that was asked for last. GUI thread."""

    def __init__(
        self,
        view: PagesView,
        *,
        vault: Vault,
        typesetter: Typesetter,
        run: Run,
        deliver: Deliver,
        showing: Showing | None,
        planned: Callable[[BookPlan], object],
    ) -> None:
        self._view, self._vault, self._typesetter = view, vault, typesetter
        self._run, self._deliver = run, deliver
        self._planned = planned
        self.covering = Covering(view, showing)
        self._preview: Preview | None = None
        self._plan: BookPlan | None = None
        self._wanted = 0
        self._setting = False
        self._next: Callable[[], None] | None = None

    def make(self, edition: Edition | None) -> None:
        """Make the pages anew. While others are being made, only what was asked for last comes next."""
        self._wanted += 1
        if edition is None:
            self._next = None
            self._preview = self._plan = None
            self.covering.surfaces(None)
            self._view.show_nothing_chosen()
            return
        wanted = self._wanted
        self._next = lambda: self._make(edition, wanted)
        self._go_on()

    def _go_on(self) -> None:
        if not self._setting and self._next is not None:
            begin, self._next = self._next, None
            self._setting = True
            self._view.show_making(making=True)
            begin()

    def _make(self, edition: Edition, wanted: int) -> None:
        def failed(error: MemoryBookError) -> None:
            self._end()
            if wanted == self._wanted:
                self._view.show_problem(error)
            self._go_on()

        def planned(plan: BookPlan) -> None:
            if wanted != self._wanted:
                self._end()
                self._go_on()
                return
            surfaces = self.covering.surfaces(plan)
            work = self._run(
                lambda: self._typesetter.pages(
                    plan, thumbnails=lambda photo: surfaces.get(photo) or self._thumbnail(photo)
                )
            )
            self._deliver(work, lambda preview: made(plan, preview), failed)

        def made(plan: BookPlan, preview: Preview) -> None:
            self._end()
            if wanted == self._wanted:
                self._preview, self._plan = preview, plan
                page = MEASURES[plan.page_size]
                self._view.show_page_count(preview.page_count, page.width, page.height)
                self._planned(plan)
            self._go_on()

        self._deliver(self._vault.books.plan(edition), planned, failed)

    def _end(self) -> None:
        self._setting = False
        self._view.show_making(making=False)

    def shows(self, plan: BookPlan) -> bool:
        """Whether the pages in view are those of this plan."""
        return plan is self._plan

    @property
    def is_busy(self) -> bool:
        """Whether pages are being made."""
        return self._setting or self._next is not None

    def forget(self) -> None:
        """No page stays as it was drawn."""
        self._preview = None
        self._wanted += 1
        self._view.forget_pages()

    def count_of(self, plan: BookPlan) -> int:
        """How many pages a book has; blocks while they are set, so never on the window's thread."""
        preview, known = self._preview, self._plan
        if preview is not None and plan == known:
            return preview.page_count
        return self._typesetter.pages(plan, thumbnails=self._thumbnail).page_count

    def want(self, index: int, ppi: float) -> None:
        """Draw one page, counted from 0, at so many pixels an inch."""
        preview = self._preview
        if preview is None or not 0 <= index < preview.page_count:
            return

        def drawn(png: bytes) -> None:
            if preview is self._preview:
                self._view.show_page(index, png)

        work: Future[bytes] = self._run(lambda: preview.png(index, ppi))
        self._deliver(work, drawn, self._view.show_problem)

    def _thumbnail(self, photo: PhotoId) -> bytes:
        return self._vault.album.thumbnail(photo).result()
