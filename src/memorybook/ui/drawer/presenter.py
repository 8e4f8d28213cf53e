"""What waits in the drawer, what one thing there says and shows, and what a person does with them."""

from collections.abc import Callable, Sequence
from typing import Protocol

from memorybook.domain.drawer import DrawerRow
from memorybook.domain.entry import Entry
from memorybook.domain.ids import EntryId, KeepsakeId, OccasionId, PhotoId, RecordingId
from memorybook.domain.keepsake import Keepsake
from memorybook.domain.occasion import Occasion
from memorybook.domain.photo import Photo
from memorybook.domain.recording import Recording
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.journal import Journal
from memorybook.services.keepsakes import Keepsakes
from memorybook.services.occasions import Occasions
from memorybook.services.recordings import Recordings
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.showing import AllCovered, Showing, may_show
from memorybook.ui.drawer.contents import Contents
from memorybook.ui.drawer.steps import Steps
from memorybook.ui.drawer.waiting import Ref, Waiting, numbers


class DrawerView(Protocol):
    """What the presenter tells the screen."""

    def show_rows(self, rows: Sequence[Waiting]) -> None:
        """Everything that waits, the last one first; may be nothing."""

    def show_small(self, ref: Ref, jpeg: bytes) -> None:
        """The small picture of a row has come."""

    def show_page(self, entry: Entry) -> None:
        """The words of the page that is chosen."""

    def show_thing(self, waiting: Waiting) -> None:
        """The words of the photo, the recording or the keepsake that is chosen."""

    def show_picture(self, jpeg: bytes) -> None:
        """The picture of what is chosen."""

    def show_covered(self) -> None:
        """The picture of what is chosen is covered, or covered again."""

    def show_nothing(self) -> None:
        """Nothing is chosen, or several things are."""

    def cover_rows(self) -> None:
        """Something was uncovered, or is covered again: let go of the small pictures of covered ones."""

    def show_brought_back(self, waiting: tuple[Waiting, ...]) -> None:
        """Things are back where they were."""

    def show_deleting(self) -> None:
        """Things are being deleted for ever, which takes a while in a very large book."""

    def show_gone(self, waiting: tuple[Waiting, ...]) -> None:
        """These were deleted for ever."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""


class DrawerPresenter:
    """Drives one :class:`DrawerView`. GUI thread. A late answer to an earlier question is dropped."""

    def __init__(
        self,
        view: DrawerView,
        *,
        journal: Journal,
        album: Album,
        recordings: Recordings,
        keepsakes: Keepsakes,
        occasions: Occasions,
        deliver: Deliver,
        showing: Showing | None = None,
    ) -> None:
        self._view = view
        self._journal = journal
        self._album = album
        self._recordings = recordings
        self._keepsakes = keepsakes
        self._occasions = occasions
        self._deliver = deliver
        self._contents = Contents(
            journal=journal,
            album=album,
            recordings=recordings,
            keepsakes=keepsakes,
            occasions=occasions,
            deliver=deliver,
        )
        self._showing = showing or AllCovered()
        self._question = 0
        self._rows: dict[Ref, Waiting] = {}
        self._chosen: Ref | None = None

    def show(self) -> None:
        """The screen is turned to: read what waits."""
        self._question += 1
        question = self._question

        def found(waiting: tuple[Waiting, ...]) -> None:
            if question == self._question:
                self._rows = {each.ref: each for each in waiting}
                self._chosen = None
                self._view.show_rows(waiting)

        self._contents.read(found, self._view.show_problem)

    # pictures

    def may_show(self, waiting: Waiting) -> bool:
        """Whether the pixels of its picture may be fetched."""
        key = waiting.picture_key
        return key is not None and may_show(self._showing, key, covered=waiting.covered)

    def need(self, ref: Ref) -> None:
        """A row is in sight; its small picture is fetched unless it is covered."""
        row = self._rows.get(ref)
        if row is None or not self.may_show(row):
            return

        def come(jpeg: bytes) -> None:
            if self.may_show(row):  # it may have been covered meanwhile
                self._view.show_small(ref, jpeg)

        if isinstance(row.picture, Photo):
            self._deliver(self._album.thumbnail(row.picture.id), come, self._view.show_problem)
        elif row.picture is not None:
            self._poster(row.picture, come)

    def _poster(self, recording: Recording, come: Callable[[bytes], None]) -> None:
        def found(pictures: tuple[bytes, bytes]) -> None:
            if pictures[1]:
                come(pictures[1])

        self._deliver(self._recordings.picture(recording.id), found, self._view.show_problem)

    def uncover(self) -> None:
        """The person chose to look at the picture of what is chosen."""
        row = self._rows.get(self._chosen) if self._chosen is not None else None
        if row is not None and (key := row.picture_key) is not None:
            self._showing.uncover(key)

    def covering_changed(self) -> None:
        """Something was uncovered, or is covered again."""
        self._view.cover_rows()
        row = self._rows.get(self._chosen) if self._chosen is not None else None
        if row is not None and row.covered:
            self._show_picture(row)

    def _show_picture(self, row: Waiting) -> None:
        picture = row.picture
        if picture is None:
            return
        if not self.may_show(row):
            self._view.show_covered()
            return

        def come(jpeg: bytes) -> None:
            if row.ref == self._chosen and self.may_show(row):
                self._view.show_picture(jpeg)

        if isinstance(picture, Photo):
            self._deliver(self._album.rendition(picture.id), come, self._view.show_problem)
        else:
            self._poster(picture, come)

    # what a person does

    def choose(self, refs: Sequence[Ref]) -> None:
        """Show what a page says, or what a thing is, when it alone is chosen."""
        only = refs[0] if len(refs) == 1 else None
        if only == self._chosen:
            return
        self._chosen = only
        row = self._rows.get(only) if only is not None else None
        if row is None:
            self._view.show_nothing()
        elif isinstance(row.what, DrawerRow):
            self._read_page(row.ref, row.what.id)
        else:
            self._view.show_thing(row)
            self._show_picture(row)

    def _read_page(self, ref: Ref, entry_id: EntryId) -> None:
        def read(entry: Entry) -> None:
            if ref == self._chosen:
                self._view.show_page(entry)

        self._deliver(self._journal.entry(entry_id, in_drawer=True), read, self._view.show_problem)

    def bring_back(self, refs: Sequence[Ref]) -> None:
        """Put things back where they were."""
        rows = self._chosen_rows(refs)
        steps = Steps(self._deliver, self._view.show_problem, self.show)
        for page in numbers(rows, DrawerRow):
            steps.take(self._journal.bring_back(EntryId(page)))
        if photos := numbers(rows, Photo):
            steps.take(self._album.bring_back([PhotoId(each) for each in photos]))
        if recordings := numbers(rows, Recording):
            steps.take(self._recordings.bring_back([RecordingId(each) for each in recordings]))
        if keepsakes := numbers(rows, Keepsake):
            steps.take(self._keepsakes.bring_back([KeepsakeId(each) for each in keepsakes]))
        if dates := numbers(rows, Occasion):
            steps.take(self._occasions.bring_back([OccasionId(each) for each in dates]))
        steps.end(lambda: self._view.show_brought_back(rows))

    def delete_for_ever(self, refs: Sequence[Ref]) -> None:
        """Take things out of the book with all that was in them. There is no way back from this."""
        rows = self._chosen_rows(refs)
        self._view.show_deleting()
        steps = Steps(self._deliver, self._view.show_problem, self.show)
        if pages := numbers(rows, DrawerRow):
            steps.take(self._journal.delete_for_ever([EntryId(each) for each in pages]))
        if keepsakes := numbers(rows, Keepsake):
            steps.take(self._keepsakes.delete_for_ever([KeepsakeId(each) for each in keepsakes]))
        if photos := numbers(rows, Photo):
            steps.take(self._album.delete_for_ever([PhotoId(each) for each in photos]))
        if recordings := numbers(rows, Recording):
            steps.take(self._recordings.delete_for_ever([RecordingId(each) for each in recordings]))
        if dates := numbers(rows, Occasion):
            steps.take(self._occasions.delete_for_ever([OccasionId(each) for each in dates]))
        steps.end(lambda: self._view.show_gone(rows))

    def _chosen_rows(self, refs: Sequence[Ref]) -> tuple[Waiting, ...]:
        return tuple(self._rows[ref] for ref in refs if ref in self._rows)
