"""The recordings of the page that is open, driven as a person would, against a real book."""

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from memorybook.domain.ids import RecordingId
from memorybook.domain.recording import Recording, RecordingDraft
from memorybook.services.prompts import Prompts
from memorybook.services.vault import Vault
from memorybook.ui.core.showing import Key
from memorybook.ui.write.presenter import WritePresenter
from tests.recordings import tone, video, wav
from tests.unit.ui.test_write_presenter import NOW, Later, Page, write


class Uncovering:
    """What the person has uncovered."""

    def __init__(self) -> None:
        self.keys: set[Key] = set()

    def shows(self, key: Key) -> bool:
        return key in self.keys

    def uncover(self, *keys: Key) -> None:
        self.keys.update(keys)

    def cover_again(self, keys: Iterable[Key] | None = None) -> None:
        self.keys.clear()


@pytest.fixture(name="page")
def _page() -> Page:
    return Page()


@pytest.fixture(name="later")
def _later() -> Later:
    return Later()


@pytest.fixture(name="uncovering")
def _uncovering() -> Uncovering:
    return Uncovering()


@pytest.fixture(name="presenter")
def _presenter(vault: Vault, page: Page, later: Later, uncovering: Uncovering) -> WritePresenter:
    presenter = WritePresenter(
        page,
        vault=vault,
        prompts=Prompts("en", chance=random.Random(1)),  # noqa: S311
        deliver=later,
        now=lambda: NOW,
        showing=uncovering,
    )
    vault.changes.subscribe(presenter.changed)
    presenter.begin()
    later.happen()
    return presenter


@pytest.fixture(name="heart")
def _heart(tmp_path: Path) -> Path:
    path = tmp_path / "heart.wav"
    path.write_bytes(wav())
    return path


def _brought(vault: Vault, *sources: bytes) -> tuple[RecordingId, ...]:
    return vault.recordings.bring(sources).done.result(60).ids


def _on(vault: Vault, presenter: WritePresenter) -> tuple[RecordingId, ...]:
    assert presenter.entry_id is not None
    return vault.journal.entry(presenter.entry_id).result().draft.recordings


def test_one_that_is_added_to_a_blank_page_makes_the_page(
    vault: Vault, presenter: WritePresenter, page: Page, later: Later, heart: Path
) -> None:
    presenter.recordings.add([heart])
    later.happen()
    (row,) = vault.recordings.rows().result()
    assert _on(vault, presenter) == (row.id,)
    assert page.recordings.recordings == [row.id]
    assert page.recordings.seen == {row.id}
    assert page.state == "kept"


def test_words_typed_meanwhile_and_the_recording_are_kept_together(
    vault: Vault, presenter: WritePresenter, page: Page, later: Later, heart: Path
) -> None:
    presenter.recordings.add([heart])
    later.happen(1)
    write(page, title="Listening")
    presenter.edited()
    presenter.keep()
    later.happen()
    assert presenter.entry_id is not None
    kept = vault.journal.entry(presenter.entry_id).result().draft
    assert (kept.title, len(kept.recordings)) == ("Listening", 1)


def test_one_of_the_book_is_put_on_the_page_and_offered_no_more(
    vault: Vault, presenter: WritePresenter, later: Later
) -> None:
    first, second = _brought(vault, wav(), wav(tone(1.0)))
    presenter.recordings.put([second])
    later.happen()
    assert _on(vault, presenter) == (second,)
    offered: list[Recording] = []
    presenter.recordings.others(offered.extend)
    later.happen()
    assert [recording.id for recording in offered] == [first]


def test_one_that_is_taken_off_can_be_put_back(
    vault: Vault, presenter: WritePresenter, page: Page, later: Later
) -> None:
    (mine,) = _brought(vault, wav())
    presenter.recordings.put([mine])
    later.happen()
    presenter.recordings.take_off(mine)
    later.happen()
    assert _on(vault, presenter) == ()
    assert page.recordings.taken_off == [mine]
    presenter.recordings.put([mine])
    later.happen()
    assert _on(vault, presenter) == (mine,)


def test_one_that_cannot_be_read_is_named(
    presenter: WritePresenter, page: Page, later: Later, tmp_path: Path
) -> None:
    presenter.recordings.add([tmp_path / "away.wav"])
    later.happen()
    assert page.recordings.refused == ["away.wav"]


def test_the_page_opens_again_with_its_recordings(
    vault: Vault, presenter: WritePresenter, page: Page, later: Later
) -> None:
    (mine,) = _brought(vault, wav())
    presenter.recordings.put([mine])
    later.happen()
    kept = presenter.entry_id
    assert kept is not None
    presenter.begin()
    later.happen()
    assert page.recordings.recordings == []
    presenter.open(kept)
    later.happen()
    assert page.recordings.recordings == [mine]
    presenter.keep()
    later.happen()
    assert _on(vault, presenter) == (mine,)


def test_one_that_is_put_away_elsewhere_leaves_the_page_and_comes_back(
    vault: Vault, presenter: WritePresenter, page: Page, later: Later
) -> None:
    (mine,) = _brought(vault, wav())
    write(page, title="Listening")
    presenter.recordings.put([mine])
    later.happen()
    kept = presenter.entry_id
    vault.recordings.put_away([mine]).result()
    later.happen()
    assert page.recordings.recordings == []
    assert presenter.entry_id == kept
    vault.recordings.bring_back([mine]).result()
    later.happen()
    assert page.recordings.recordings == [mine]


def test_the_picture_of_a_covered_video_is_shown_when_it_is_asked_for(
    vault: Vault, presenter: WritePresenter, page: Page, later: Later, uncovering: Uncovering
) -> None:
    (mine,) = _brought(vault, video(seconds=1.0))
    vault.recordings.keep(mine, RecordingDraft(covered=True)).result()
    presenter.recordings.put([mine])
    later.happen()
    assert page.recordings.seen == set()
    presenter.recordings.uncover(mine)
    presenter.recordings.covering_changed()
    later.happen()
    assert page.recordings.seen == {mine}
    uncovering.cover_again()
    presenter.recordings.covering_changed()
    later.happen()
    assert page.recordings.seen == set()
