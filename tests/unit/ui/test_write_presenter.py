"""Keeping what is written, with a real book below and a page that is only remembered above."""

import datetime
import random
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import BabyId, EntryId, PhotoId, RecordingId, VersionId
from memorybook.domain.people import Baby, BabyDraft, Person
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.domain.recording import Recording
from memorybook.domain.versions import VersionRow
from memorybook.errors import MemoryBookError, PictureNotRecognised, StorageFull
from memorybook.services.preferences import PROMPT_GROUP, PROMPTS
from memorybook.services.prompts import PromptGroup, Prompts
from memorybook.services.vault import Library, Vault
from memorybook.ui.write.presenter import WritePresenter
from tests.books import PASSPHRASE
from tests.corpus import pictures

NOW = datetime.datetime(2026, 11, 21, 14, 2, tzinfo=datetime.UTC)


class Heard:
    """What a screen would show of recordings."""

    def __init__(self, problems: list[type[MemoryBookError]]) -> None:
        self.recordings: list[RecordingId] = []
        self.seen: set[RecordingId] = set()
        self.refused: list[str] = []
        self.taken_off: list[RecordingId] = []
        self._problems = problems

    def show_recordings(self, recordings: Sequence[Recording]) -> None:
        self.recordings = [recording.id for recording in recordings]

    def show_picture(self, recording: RecordingId, waveform: bytes, poster: bytes) -> None:
        assert waveform or poster
        self.seen.add(recording)

    def show_covered(self, recording: RecordingId, waveform: bytes) -> None:
        self.seen.discard(recording)

    def show_adding(self, waiting: int) -> None: ...

    def show_refused(self, error: MemoryBookError, name: str) -> None:
        self.refused.append(name)

    def show_taken_off(self, recording: RecordingId) -> None:
        self.taken_off.append(recording)

    def show_problem(self, error: MemoryBookError) -> None:
        self._problems.append(type(error))


class Page:
    """What a screen would show."""

    def __init__(self) -> None:
        self.now = EntryDraft()
        self.state = ""
        self.composing = ""
        self.people: list[str] = []
        self.babies: list[str] = []
        self.tags: list[str] = []
        self.prompt = ""
        self.group = ""
        self.prompts_wanted = self.number_wanted = self.stopped = False
        self.put_away: list[EntryId] = []
        self.undo: VersionId | None = None
        self.photos: list[PhotoId] = []
        self.thumbnails: set[PhotoId] = set()
        self.problems: list[type[MemoryBookError]] = []
        self.recordings = Heard(self.problems)

    def draft(self) -> EntryDraft:
        return self.now

    def show_draft(self, draft: EntryDraft) -> None:
        self.now = draft

    @property
    def pictures(self) -> "Page":
        return self

    def finish_composing(self) -> None:
        self.now, self.composing = replace(self.now, body=self.now.body + self.composing), ""

    def show_people(self, people: Sequence[Person], me: str) -> None:
        self.people = [person.name for person in people]

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        self.babies = [baby.name for baby in babies]

    def show_known_tags(self, tags: Sequence[str]) -> None:
        self.tags = list(tags)

    def show_prompt_groups(self, groups: Sequence[PromptGroup], chosen: str) -> None:
        self.group = chosen

    def show_prompt(self, text: str) -> None:
        self.prompt = text

    def show_prompts_wanted(self, *, wanted: bool) -> None:
        self.prompts_wanted = wanted

    def show_prompts_stopped(self) -> None:
        self.stopped = True

    def show_number_wanted(self, *, wanted: bool) -> None:
        self.number_wanted = wanted

    def show_put_away(self, entry_id: EntryId) -> None:
        self.put_away.append(entry_id)

    def show_brought_back(self, undo: VersionId | None) -> None:
        self.undo = undo

    def show_photos(self, photos: Sequence[Photo]) -> None:
        self.photos = [photo.id for photo in photos]

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        assert jpeg.startswith(b"\xff\xd8")
        self.thumbnails.add(photo)

    def show_covered(self, photo: Photo) -> None:
        self.thumbnails.discard(photo.id)

    def show_adding(self, waiting: int) -> None: ...

    def show_writing(self) -> None:
        self.state = "writing"

    def show_kept(self, at: datetime.datetime) -> None:
        assert at == NOW
        self.state = "kept"

    def show_nothing_to_keep(self) -> None:
        self.state = ""

    def show_problem(self, error: MemoryBookError) -> None:
        self.problems.append(type(error))

    def show_saved_elsewhere(self, name: str) -> None:
        self.elsewhere = name

    def show_not_kept(self, error: MemoryBookError) -> None:
        self.problems.append(type(error))
        self.state = "not kept"

    def show_taken_off(self, photo: PhotoId) -> None: ...

    def show_picture_problem(self, error: MemoryBookError, name: str) -> None:
        self.problems.append(type(error))


class Later:
    """Deliveries wait here until a test lets them happen, as they wait for the event loop."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[Any], None], Callable[[MemoryBookError], None]]] = []

    def __call__(
        self, future: Future[Any], done: Callable[[Any], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        self.waiting.append((future, done, failed))

    def happen(self, times: int | None = None) -> None:
        """Let everything arrive, or so many answers, in their order."""
        while self.waiting and times != 0:
            times = times - 1 if times is not None else None
            future, done, failed = self.waiting.pop(0)
            error = future.exception()
            if error is None:
                done(future.result())
            else:
                failed(error if isinstance(error, MemoryBookError) else MemoryBookError())


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def presenter(vault: Vault, page: Page, later: Later) -> WritePresenter:
    presenter = WritePresenter(
        page,
        vault=vault,
        prompts=Prompts("en", chance=random.Random(1)),  # noqa: S311
        deliver=later,
        now=lambda: NOW,
    )
    presenter.begin()
    later.happen()
    return presenter


def kept(vault: Vault) -> list[EntryDraft]:
    rows = vault.journal.all_for_book().result()
    return [vault.journal.entry(row.id).result().draft for row in rows]


def write(page: Page, **words: Any) -> None:
    page.now = EntryDraft(**{"day": VagueDate(2026, 11, 21), **words})


def test_a_blank_page_is_dated_today_and_never_kept(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    assert page.now == EntryDraft(day=VagueDate(2026, 11, 21))
    presenter.keep()
    later.happen()
    assert (page.state, kept(vault)) == ("", [])


def test_words_typed_while_a_page_is_first_kept_do_not_make_a_second_page(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    write(page, body="One")
    presenter.keep()
    write(page, body="One two")
    presenter.keep()
    assert page.state != "kept"
    later.happen()
    assert page.state == "kept"
    assert [draft.body for draft in kept(vault)] == ["One two"]


def test_a_photo_that_arrives_while_words_are_kept_stays_on_the_page(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    write(page, body="One")
    presenter.keep()
    later.happen()
    presenter.pictures.add([pictures.jpeg()])
    future = later.waiting[-1][0]
    future.result()
    write(page, body="One two")
    presenter.keep()
    later.happen()
    assert len(page.photos) == 1
    assert page.thumbnails == set(page.photos)
    (draft,) = kept(vault)
    assert (draft.body, list(draft.photos)) == ("One two", page.photos)
    assert page.state == "kept"


def test_pictures_alone_make_a_page_and_a_refused_one_makes_none(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter, tmp_path: Path
) -> None:
    presenter.pictures.add([b"%PDF-1.7"])
    later.happen()
    assert (page.problems, kept(vault)) == ([PictureNotRecognised], [])
    presenter.pictures.add([pictures.heic(), pictures.webp()])
    later.happen()
    (draft,) = kept(vault)
    assert list(draft.photos) == page.photos
    assert len(page.photos) == 2


def test_a_photo_can_be_taken_off_and_put_back(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    presenter.pictures.add([pictures.jpeg()])
    later.happen()
    (photo,) = page.photos
    presenter.pictures.take_off(photo)
    later.happen()
    assert (page.photos, kept(vault)) == ([], [])
    presenter.pictures.put_back(photo)
    later.happen()
    assert [list(draft.photos) for draft in kept(vault)] == [[photo]]


def test_turning_to_another_page_keeps_the_one_before(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    write(page, title="First")
    presenter.begin_after_keeping()
    later.happen()
    assert page.now.title == ""
    write(page, title="Second")
    first = EntryId(1)
    presenter.open(first)
    later.happen()
    assert (page.now.title, presenter.entry_id) == ("First", first)
    assert [draft.title for draft in kept(vault)] == ["First", "Second"]


def refused(error: MemoryBookError) -> Callable[..., Future[Any]]:
    """A keep that cannot write."""

    def keep(*_: Any, **__: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(error)
        return future

    return keep


def several(number: int) -> list[Path | bytes]:
    return [pictures.jpeg(pictures.scene(40, 30, seed)) for seed in range(number)]


def test_words_put_to_a_photo_do_not_say_that_other_words_are_kept(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(page, body="One")
    presenter.pictures.add([pictures.jpeg()])
    later.happen()
    monkeypatch.setattr(vault.journal, "keep", refused(StorageFull()))
    write(page, body="One two")
    presenter.keep()
    later.happen()
    presenter.pictures.say(page.photos[0], PhotoDraft(caption="Words"))
    later.happen()
    assert page.state == "not kept"


def test_a_photo_that_is_opened_again_begins_with_what_was_said_of_it_last(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    presenter.pictures.add([pictures.jpeg()])
    later.happen()
    (photo,) = page.photos
    seen: list[PhotoDraft] = []
    presenter.pictures.say(photo, PhotoDraft(caption="Words"))
    presenter.pictures.look_at(photo, lambda known, _: seen.append(known.draft))
    later.happen()
    assert seen == [PhotoDraft(caption="Words")]
    presenter.pictures.say(photo, PhotoDraft(caption="Words", covered=True))
    presenter.pictures.look_at(photo, lambda known, _: seen.append(known.draft))
    later.happen()
    assert len(seen) == 1, "it was covered meanwhile"


@pytest.mark.parametrize("leaving", ["new page", "close"])
def test_leaving_while_pictures_come_in_loses_none(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter, leaving: str, library: Library
) -> None:
    presenter.pictures.add(several(4))
    left: list[bool] = []
    if leaving == "new page":
        presenter.begin_after_keeping()
        later.happen()
    else:
        presenter.flush(left.append)
        while not left:
            later.happen(1)
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    (row,) = again.journal.all_for_book().result()
    again.close()
    assert row.photo_count == 4


def test_a_picture_that_could_not_be_added_for_want_of_room_is_added_with_the_next_try(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(vault.journal, "keep", refused(StorageFull()))
        presenter.pictures.add([pictures.jpeg()])
        later.happen()
    assert page.state == "not kept"
    presenter.keep()
    later.happen()
    assert len(page.photos) == 1
    assert page.state == "kept"


def test_words_typed_while_another_page_is_fetched_are_kept_where_they_were_typed(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    other = vault.journal.keep(None, EntryDraft(body="Other")).result()
    assert other is not None
    write(page, body="One")
    presenter.keep()
    later.happen()
    presenter.open(other.id)
    write(page, body="One two")
    presenter.edited()
    later.happen()
    assert page.now.body == "Other"
    assert sorted(draft.body for draft in kept(vault)) == ["One two", "Other"]


def test_a_page_that_comes_late_does_not_take_the_place_of_one_begun_since(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    other = vault.journal.keep(None, EntryDraft(body="Other")).result()
    assert other is not None
    for answers in range(6):
        presenter.open(other.id)
        later.happen(answers)
        presenter.begin_after_keeping()
        write(page, body=f"New {answers}")
        presenter.edited()
        later.happen()
        assert page.now.body == f"New {answers}"
        presenter.keep()
        later.happen()
    assert sorted(draft.body for draft in kept(vault)) == [*(f"New {n}" for n in range(6)), "Other"]


def test_a_page_that_is_brought_back_late_does_not_take_the_place_of_one_begun_since(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    write(page, body="One")
    presenter.putting_away.put_away()
    later.happen()
    presenter.putting_away.bring_back(page.put_away[0])
    presenter.begin_after_keeping()
    write(page, body="Two")
    later.happen()
    assert page.now.body == "Two"
    assert [draft.body for draft in kept(vault)] == ["One"], "it is back in the book"


def test_a_name_that_is_kept_late_is_not_put_on_another_page(
    page: Page, later: Later, presenter: WritePresenter
) -> None:
    chosen: list[str] = []
    presenter.add_person("Ada", lambda person: chosen.append(person.name))
    presenter.begin_after_keeping()
    later.happen()
    assert (chosen, page.people) == ([], ["Ada"])
    presenter.add_person("Ben", lambda person: chosen.append(person.name))
    later.happen()
    assert chosen == ["Ben"]


def test_closing_never_waits_for_an_answer_to_an_earlier_page(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    other = vault.journal.keep(None, EntryDraft(body="Other")).result()
    assert other is not None
    write(page, body="One")
    presenter.keep()
    later.happen()
    presenter.open(other.id)
    later.happen(2)
    write(page, body="One two")
    presenter.keep()
    later.happen(1)
    closed: list[bool] = []
    presenter.flush(closed.append)
    later.happen()
    assert closed == [True]


def test_after_a_mistake_of_ours_keeping_goes_on(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    write(page, body="One", babies=(BabyId(99),))
    presenter.keep()
    later.happen()
    assert page.state == "not kept"
    write(page, body="One")
    closed: list[bool] = []
    presenter.flush(closed.append)
    later.happen()
    assert (closed, [draft.body for draft in kept(vault)]) == ([True], ["One"])


def test_pictures_for_a_new_page_do_not_wait_for_those_of_the_page_before(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    write(page, body="One")
    presenter.pictures.add(several(2))
    presenter.begin_after_keeping()
    later.happen(3)
    write(page, body="Two")
    presenter.pictures.add([pictures.webp()])
    later.happen()
    assert sorted(len(draft.photos) for draft in kept(vault)) == [1, 2]


def test_a_photo_is_not_put_back_on_another_page(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    presenter.pictures.add([pictures.jpeg()])
    later.happen()
    (photo,) = page.photos
    presenter.pictures.take_off(photo)
    later.happen()
    presenter.pictures.put_back(photo)
    waiting, later.waiting = later.waiting, []
    presenter.begin()
    later.waiting += waiting
    later.happen()
    assert page.photos == []


def test_what_can_be_chosen_for_a_page_follows_the_book(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    vault.people.add("Gran").result()
    vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
    vault.journal.keep(None, EntryDraft(body="One", tags=("garden",))).result()
    presenter.changed(ChangeSet(people=True, record=True, tags=True))
    later.happen()
    assert (page.people, page.babies, page.tags) == (["Gran"], ["Wren"], ["garden"])


def test_a_page_that_is_put_away_is_kept_first_and_comes_back_as_it_was(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    write(page, body="Not kept yet", tags=("garden",))
    presenter.putting_away.put_away()
    later.happen()
    assert page.now == EntryDraft(day=VagueDate(2026, 11, 21))
    assert kept(vault) == []
    (entry_id,) = page.put_away
    presenter.putting_away.bring_back(entry_id)
    later.happen()
    assert (page.now.body, page.now.tags, presenter.entry_id) == ("Not kept yet", ("garden",), entry_id)
    assert len(kept(vault)) == 1


def test_a_page_that_cannot_be_kept_is_not_put_away(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(page, body="One")
    monkeypatch.setattr(vault.journal, "keep", refused(StorageFull()))
    presenter.putting_away.put_away()
    later.happen()
    assert (page.now.body, page.state, page.put_away) == ("One", "not kept", [])


def test_a_page_put_away_elsewhere_is_left(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    write(page, body="One")
    presenter.keep()
    later.happen()
    entry_id = presenter.entry_id
    assert entry_id is not None
    vault.journal.delete(entry_id, origin="story").result()
    presenter.changed(ChangeSet(entries=frozenset({entry_id}), drawer=True, origin="story"))
    later.happen()
    assert (page.now.body, presenter.entry_id, kept(vault)) == ("", None, [])


def test_words_on_a_page_that_is_put_away_elsewhere_are_a_page_of_their_own(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    write(page, body="One")
    presenter.keep()
    later.happen()
    entry_id = presenter.entry_id
    assert entry_id is not None
    vault.journal.delete(entry_id, origin="story").result()
    write(page, body="One two")
    presenter.changed(ChangeSet(entries=frozenset({entry_id}), drawer=True, origin="story"))
    later.happen()
    assert [draft.body for draft in kept(vault)] == ["One two"]
    assert presenter.entry_id != entry_id
    assert len(vault.journal.drawer().result()) == 1


def test_going_back_keeps_how_the_page_was(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    write(page, body="A long page with many words, all of which go at once")
    presenter.keep()
    later.happen()
    write(page, body="Short")
    rows: list[VersionRow] = []
    presenter.putting_away.versions(rows.extend)
    later.happen()
    assert [draft.body for draft in kept(vault)] == ["Short"], "kept before the versions are read"
    shown: list[str] = []
    presenter.putting_away.version(rows[0].id, lambda version: shown.append(version.draft.body))
    presenter.putting_away.go_back_to(rows[0].id)
    later.happen()
    assert shown == ["A long page with many words, all of which go at once"] == [page.now.body]
    assert page.undo is not None
    presenter.putting_away.go_back_to(page.undo)
    later.happen()
    assert page.now.body == "Short"


def test_what_an_input_method_holds_goes_with_the_page(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    write(page, body="One")
    page.composing = " two"
    left: list[bool] = []
    presenter.flush(left.append)
    later.happen()
    assert (left, [draft.body for draft in kept(vault)]) == ([True], ["One two"])


def test_a_place_to_start_is_for_a_new_page_and_for_those_who_want_one(
    vault: Vault, page: Page, later: Later, presenter: WritePresenter
) -> None:
    assert page.prompt.endswith("?")
    first = page.prompt
    presenter.wishes.another()
    assert page.prompt not in {"", first}
    entry = vault.journal.keep(None, EntryDraft(body="One")).result()
    assert entry is not None
    presenter.open(entry.id)
    later.happen()
    assert page.prompt == ""
    presenter.begin()
    later.happen()
    assert page.prompt
    presenter.wishes.stop_prompts()
    later.happen()
    assert (page.prompt, page.stopped) == ("", True)
    presenter.begin()
    later.happen()
    assert page.prompt == ""
    vault.preferences.put(PROMPTS, "on").result()
    vault.preferences.put(PROMPT_GROUP, "people").result()
    presenter.changed(ChangeSet(preferences=True))
    later.happen()
    assert page.prompt
    assert (page.group, page.prompts_wanted) == ("people", True)
