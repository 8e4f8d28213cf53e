"""Making a book: what is chosen, which pages are shown, what is remembered, and where the PDF goes."""

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Protocol

from memorybook.domain.book import BookPlan, Edition, KeptEdition
from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import PhotoId
from memorybook.domain.material import Came, Key, Material, Part
from memorybook.domain.photo import PhotoRow
from memorybook.errors import MemoryBookError
from memorybook.rendering.pdf import Typesetter
from memorybook.services import choosing
from memorybook.services.vault import Vault
from memorybook.ui.book import selection
from memorybook.ui.book.covering import Covering
from memorybook.ui.book.describing import Describing
from memorybook.ui.book.editions import Editions, EditionsView
from memorybook.ui.book.findings import Findings, look
from memorybook.ui.book.in_hand import ORIGIN, InHand
from memorybook.ui.book.pages import Pages, PagesView
from memorybook.ui.book.saving import Saving, SavingView, Target
from memorybook.ui.book.selection import Figures, Section
from memorybook.ui.core.delivery import Deliver, Run
from memorybook.ui.core.showing import Showing


class BookView(PagesView, SavingView, EditionsView, Protocol):
    """What the presenter tells the screen."""

    def show_material(self, material: Material) -> None:
        """What can go in."""

    def show_words(self, edition: Edition) -> None:
        """Fill in the words of an edition that is turned to."""

    def show_edition(self, edition: Edition, figures: Mapping[Section, Figures]) -> None:
        """What is set, and how many of each section are in."""

    def show_came(self, came: Came) -> None:
        """What has come since the edition was looked through; maybe nothing."""

    def show_cover_picture(self, photo: PhotoId | None, jpeg: bytes) -> None:
        """The picture on the cover, or none."""

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """A small picture that was asked for has come."""

    def ask_cover(self, rows: tuple[PhotoRow, ...]) -> None:
        """Have the person choose a picture for the cover, from these."""

    def show_findings(self, findings: Findings) -> None:
        """What is worth a look before it is saved; maybe nothing."""


class BookPresenter:
    """Drives one :class:`BookView`. GUI thread; typesetting runs in the background, one at a time."""

    def __init__(
        self,
        view: BookView,
        *,
        vault: Vault,
        typesetter: Typesetter,
        run: Run,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
        language: str,
        showing: Showing | None = None,
    ) -> None:
        self._view = view
        self._vault = vault
        self._run, self._deliver = run, deliver
        self._language = language
        self.material = Material()
        self.hand = InHand(
            vault.editions, deliver, told=lambda: self.editions.tell(), failed=view.show_problem
        )
        self.editions = Editions(
            view,
            vault=vault,
            hand=self.hand,
            deliver=deliver,
            offered=self._offered,
            turned=self._show_all,
            emptied=self._read_anew,
        )
        self.pages = Pages(
            view,
            vault=vault,
            typesetter=typesetter,
            run=run,
            deliver=deliver,
            showing=showing,
            planned=self._planned,
        )
        self.saving = Saving(view, vault, run, deliver, now)
        self._fresh = False
        self.findings = Findings()
        self._early: dict[str, str] = {}
        self.describing = Describing(
            vault.album, deliver, kept=self.typeset, failed=view.show_problem
        )
        self._cover: PhotoId | None = None

    @property
    def covering(self) -> Covering:
        """Which covered photos of the pages are looked at."""
        return self.pages.covering

    @property
    def edition(self) -> Edition:
        """What is set now."""
        return self.hand.edition or Edition(title="", entries=(), language=self._language)

    # arriving

    def show(self) -> None:
        """The screen is turned to: read what can go in, if anything has changed since."""
        if self._fresh:
            return
        self._fresh = True
        self.pages.forget()  # what was covered meanwhile stays in no picture
        known: tuple[KeptEdition, ...] = ()
        away = False

        def put_away(rows: tuple[KeptEdition, ...]) -> None:
            nonlocal away
            away = bool(rows)

        def failed(error: MemoryBookError) -> None:
            self._fresh = False
            self._view.show_problem(error)

        def editions(found: tuple[KeptEdition, ...]) -> None:
            nonlocal known
            known = found

        def complete(material: Material) -> None:
            self.material = material
            self._view.show_material(material)
            self._settle(known)
            self._view.show_editions(known, self.hand.id, put_away=away)

        # The vault answers in the order in which it is asked.
        self._deliver(self._vault.editions.all(), editions, failed)
        self._deliver(self._vault.editions.put_away_rows(), put_away, failed)
        self._deliver(self._vault.books.material(), complete, failed)

    def _read_anew(self) -> None:
        self._fresh = False
        self.show()

    def _settle(self, known: tuple[KeptEdition, ...]) -> None:
        """Go on with what is in hand, else with what was made last, else with what is marked for the book."""
        here = {each.id: each for each in known}
        hand = self.hand
        if hand.id is not None and hand.id not in here and not hand.is_changed:
            hand.edition = hand.id = None  # it was put away meanwhile
        if hand.edition is None and known:
            hand.open(known[0])
        elif hand.edition is None or hand.is_offered:
            hand.offer(self._offered())
        if self._early:
            hand.change(replace(self.edition, **self._early))  # type: ignore[arg-type]  # all of them are words
            self._early = {}
        self._show_all()

    def _show_all(self) -> None:
        """Another edition is in hand."""
        self._view.show_words(self.edition)
        self._show_edition()
        self.typeset()
        self._look_for_new()

    def _offered(self) -> Edition:
        bare = Edition(title=self.material.title, entries=(), language=self._language)
        return choosing.marked(bare, self.material)

    def _look_for_new(self) -> None:
        """Say what has come since the edition was looked through."""
        if self.hand.id is None:
            self._view.show_came(Came())
        else:
            found = self._vault.editions.since(self.hand.id)
            self._deliver(found, self._view.show_came, self._view.show_problem)

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed: what is shown here no longer holds."""
        if changes != ChangeSet(editions=True, origin=ORIGIN):
            self._fresh = False

    # choosing

    def change(self, edition: Edition, *, seen: bool = False) -> None:
        """Set something, once it is known what can go in. The pages follow after :meth:`rest`."""
        if self.hand.edition is None:
            return
        self.hand.change(edition, seen=seen)
        self._show_edition()

    def set_words(self, words: Mapping[str, str]) -> None:
        """The words that stand on the screen; also those typed before it is known what can go in."""
        if self.hand.edition is None:
            self._early = {name: text for name, text in words.items() if text}
            return
        self.hand.change(replace(self.edition, **words))  # type: ignore[arg-type]  # all of them are words

    def set_section(self, section: Section, *, on: bool) -> None:
        """All of a section go in, or none."""
        keys: Collection[Key] = ()
        if on:
            keys = [item.key for item in selection.items_of(self.material, section)]
        self.change(selection.with_section(self.edition, self.material, section, keys))

    def add_new(self, came: Came) -> None:
        """Put in what has come since."""
        self.change(selection.put_in(self.edition, self.material, came.keys), seen=True)
        self.rest()

    def rest(self) -> None:
        """The person paused: make the pages anew, and keep what was set."""
        if self.hand.edition is None:
            return
        self.typeset()
        self.hand.keep()

    def _show_edition(self) -> None:
        edition = self.edition
        self._view.show_edition(edition, selection.figures(edition, self.material))
        if edition.cover != self._cover:
            self._cover = edition.cover
            self._show_cover()

    # the cover

    def _show_cover(self) -> None:
        photo = self._cover
        if photo is None:
            self._view.show_cover_picture(None, b"")
            return

        def come(jpeg: bytes) -> None:
            if photo == self._cover:
                self._view.show_cover_picture(photo, jpeg)

        if any(it.covered for it in self.material.of(Part.PHOTOS) if it.id == photo):
            self._view.show_cover_picture(photo, b"")
            return
        self._deliver(self._vault.album.thumbnail(photo), come, self._view.show_problem)

    def choose_cover(self) -> None:
        """Offer the photos of the book that are not covered: a cover lies open."""

        def found(rows: tuple[PhotoRow, ...]) -> None:
            self._view.ask_cover(tuple(row for row in rows if row.in_book and not row.covered))

        self._deliver(self._vault.album.rows(), found, self._view.show_problem)

    def want_thumbnail(self, photo: PhotoId) -> None:
        """A small picture is looked at in a list."""
        self._deliver(
            self._vault.album.thumbnail(photo),
            lambda jpeg: self._view.show_thumbnail(photo, jpeg),
            self._view.show_problem,
        )

    # pages

    def typeset(self) -> None:
        """Make the pages anew from what is set. An earlier, slower answer is dropped."""
        edition = self.edition
        nothing = not any(selection.ids_of(edition, part) for part in Part)
        days = edition.with_dates and bool(self.material.days or edition.title)
        if nothing and not days:
            self.findings = Findings().with_damage_of(self.material)
            self._view.show_findings(self.findings)
            self.pages.make(None)
        else:
            self.pages.make(edition)

    def _planned(self, plan: BookPlan) -> None:
        """The pages of this plan are in view: look it over."""

        def found(findings: Findings) -> None:
            if self.pages.shows(plan):
                self.findings = findings.with_damage_of(self.material)
                self._view.show_findings(self.findings)

        self._deliver(self._run(lambda: look(plan)), found, self._view.show_problem)

    def decorate(self, photo: PhotoId, *, on: bool) -> None:
        """Have a picture need no words in this edition, or have it need them again."""
        kept = self.edition.decorative
        self.change(replace(self.edition, decorative=kept | {photo} if on else kept - {photo}))
        self.rest()

    def make_smaller(self, photo: PhotoId, *, on: bool) -> None:
        """Have a picture printed so small that it does not look soft, or as large as the others."""
        kept = self.edition.smaller
        self.change(replace(self.edition, smaller=kept | {photo} if on else kept - {photo}))
        self.rest()

    def covering_changed(self) -> None:
        """Something was uncovered, or is covered again: no page with it stays as it was drawn."""
        if self.covering.differs:
            self.pages.forget()
            self.typeset()

    def want_page(self, index: int, ppi: float) -> None:
        """Draw one page, counted from 0, at so many pixels an inch."""
        self.pages.want(index, ppi)

    # saving

    def save(self, target: Target) -> None:
        """Make the PDF; the edition it is made of is kept, to be made again."""
        self.hand.keep_whole()
        self.saving.save(self.edition, target, self.pages.count_of)

    def stop(self) -> None:
        """The book is being closed: a PDF that is not finished is given up, nothing of it is written."""
        self.pages.stop()
        self.saving.stop()

    def when_idle(self, act: Callable[[], object]) -> None:
        """Do something once no PDF is being made, which is now unless one is."""
        self.saving.when_idle(act)

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep what was set and call ``then``: with ``True`` when all of it is kept.

        Words for a picture that are on their way into the book are waited for.
        """
        self.describing.when_done(lambda: self.hand.flush(then))

    @property
    def has_covered(self) -> bool:
        """Whether there are covered photos that could go in."""
        return any(item.covered and item.in_book for item in self.material.of(Part.PHOTOS))
