"""What the story asks of a real book, with a screen above that only remembers."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from memorybook.domain.entry import Entry, EntryDraft, EntryRow
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.services.vault import Vault
from memorybook.storage.connection import Connection
from memorybook.ui.story.presenter import StoryPresenter


class Screen:
    """Remembers the titles that were listed last."""

    def __init__(self) -> None:
        self.titles: list[str] = []

    def show_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        self.titles = [row.title for row in rows]

    def add_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        self.titles += [row.title for row in rows]

    def show_nothing_written(self) -> None: ...

    def show_nothing_found(self) -> None: ...

    def show_entry(self, entry: Entry, photos: Sequence[Photo]) -> None: ...

    def show_picture(self, photo: PhotoId, jpeg: bytes) -> None: ...

    def show_no_entry(self) -> None: ...

    def show_problem(self, error: MemoryBookError) -> None:
        raise error


def test_only_the_last_of_many_letters_is_searched_for(vault: Vault) -> None:
    for title in ("maple", "map", "moon"):
        vault.journal.keep(None, EntryDraft(title=title)).result()
    asked: list[tuple[Future[Any], Callable[[Any], None]]] = []
    screen = Screen()
    presenter = StoryPresenter(
        screen,
        journal=vault.journal,
        album=vault.album,
        deliver=lambda future, done, failed: asked.append((future, done)),
    )
    busy, free = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        busy.set()
        assert free.wait(30)

    vault._worker.read(hold)
    assert busy.wait(30)
    for typed in ("m", "ma", "map", "mapl"):
        presenter.search(typed)
    free.set()
    answers = [done for future, done in asked if not future.cancelled() and future.result() is not None]
    assert [future.cancelled() for future, _ in asked] == [True, True, True, False]
    answers[0](asked[-1][0].result())
    assert screen.titles == ["maple"]
