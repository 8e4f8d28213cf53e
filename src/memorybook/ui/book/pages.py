"""The pages that are looked at: set in the background one time after another, drawn when they are in view."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from memorybook.domain.book import BookPlan, Edition
from memorybook.domain.ids import PhotoId
from memorybook.errors import MemoryBookError
from memorybook.rendering.glimpse import Glimpse, Spot
from memorybook.rendering.measures import MEASURES
from memorybook.rendering.pdf import Preview, Typesetter
from memorybook.services.vault import Vault
from memorybook.ui.book.covering import Covering, CoveringView
from memorybook.ui.core.delivery import Deliver, Run
from memorybook.ui.core.showing import Showing

T = TypeVar("T")

_PREPARED = 500


class PagesView(CoveringView, Protocol):
    """What the screen is told of the pages."""

    def show_nothing_chosen(self) -> None:
        """There is nothing to make pages of."""

    def forget_pages(self) -> None:
        """Let go of every page that has been drawn; they are drawn anew."""

    def page_in_view(self) -> int:
        """The page that is looked at, counted from 0."""

    def show_page_count(
        self, count: int, width_mm: float, height_mm: float, *, at: int, whole: bool
    ) -> None:
        """The pages have been made anew; so large is each. Page ``at`` is what was looked at before.

        Until they are ``whole`` there are those around it alone, and nobody knows how many there will be.
        """

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
        self._preview: Preview | None = None  # made last, also while it is not whole
        self._source: Preview | Glimpse | None = None  # what is drawn from
        self._spot: Spot | None = None  # what is looked at while there is but a glimpse
        self._plan: BookPlan | None = None
        self._stopped = False
        self._wanted = 0
        self._setting = False
        self._next: Callable[[], None] | None = None

    def make(self, edition: Edition | None) -> None:
        """Make the pages anew. While others are being made, only what was asked for last comes next."""
        self._wanted += 1
        self._stopped = False
        if edition is None:
            self._next = None
            self._preview = self._source = self._spot = self._plan = None
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
            before, spot, index = self._preview, self._looked_at(), self._view.page_in_view()

            def begun() -> tuple[Preview, Glimpse | None]:
                preview = self._typesetter.pages(
                    plan,
                    thumbnails=lambda photo: surfaces.get(photo) or self._thumbnail(photo),
                    before=before,
                )
                # What takes longer than somebody waits for: what is looked at comes first.
                return preview, None if preview.settle_if_near() else preview.glimpse(spot, index)

            self._deliver(self._run(begun), lambda made: begun_with(plan, *made), failed)

        def begun_with(plan: BookPlan, preview: Preview, glimpse: Glimpse | None) -> None:
            if glimpse is None or wanted != self._wanted:
                whole(plan, preview)
                return
            self._spot = self._looked_at()
            self._preview, self._plan, self._source = preview, plan, glimpse
            self._show(plan, glimpse.page_count, at=glimpse.index, whole=False)
            work = self._run(lambda: preview.settle(lambda: self._stopped or wanted != self._wanted))
            self._deliver(work, lambda _: whole(plan, preview), failed)

        def whole(plan: BookPlan, preview: Preview) -> None:
            self._end()
            if wanted == self._wanted and preview.is_settled:
                spot, index = self._looked_at(), self._view.page_in_view()
                at = min(index, preview.page_count - 1) if spot is None else preview.index_of(spot)
                self._preview, self._plan, self._source, self._spot = preview, plan, preview, None
                self._show(plan, preview.page_count, at=at, whole=True)
                self._planned(plan)
            self._go_on()

        self._deliver(self._vault.books.plan(edition), planned, failed)

    def _looked_at(self) -> Spot | None:
        """What is in view, where that is known."""
        if self._spot is None and self._preview is not None and self._preview.is_settled:
            return self._preview.spot(self._view.page_in_view())
        return self._spot

    def _show(self, plan: BookPlan, count: int, *, at: int, whole: bool) -> None:
        page = MEASURES[plan.page_size]
        self._view.show_page_count(count, page.width, page.height, at=at, whole=whole)

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

    def stop(self) -> None:
        """Set no more pages than those that are being set."""
        self._stopped = True

    def forget(self) -> None:
        """No page stays as it was drawn. Where each is stays known: no picture is in that."""
        self._source = None
        self._wanted += 1
        self._view.forget_pages()

    def count_of(self, plan: BookPlan) -> int:
        """How many pages a book has; blocks while they are set, so never on the window's thread."""
        preview, known = self._preview, self._plan
        if preview is not None and preview.is_settled and plan == known:
            return preview.page_count
        return self._typesetter.pages(plan, thumbnails=self._thumbnail, before=preview).page_count

    def prepare(self) -> None:
        """Somebody looks for a place for the PDF: what it needs is worked out meanwhile, if it is little."""
        preview, plan = self._preview, self._plan
        if plan is None or preview is None or self.is_busy or not preview.is_settled:
            return
        if preview.page_count <= _PREPARED:
            # What cannot be set is told when the PDF is made.
            self._deliver(self._run(lambda: self._typesetter.prepare(plan)), _unheard, _unheard)

    def want(self, index: int, ppi: float) -> None:
        """Draw one page, counted from 0, at so many pixels an inch."""
        source = self._source
        if source is None or not 0 <= index < source.page_count:
            return

        def drawn(png: bytes) -> None:
            if source is self._source:
                self._view.show_page(index, png)

        work: Future[bytes] = self._run(lambda: source.png(index, ppi))
        self._deliver(work, drawn, self._view.show_problem)

    def _thumbnail(self, photo: PhotoId) -> bytes:
        return self._vault.album.thumbnail(photo).result()


def _unheard(_: object) -> None:
    """Nobody waits for it."""
