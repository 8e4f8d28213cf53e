"""A PDF that is given up leaves nothing, also where two files belong together."""

import datetime
from pathlib import Path

import pytest

from memorybook.domain.book import BookPlan, Edition, PageSize, Preset
from memorybook.domain.entry import EntryDraft
from memorybook.errors import MemoryBookError
from memorybook.services.vault import Vault
from memorybook.ui.book.saving import Saving, Target
from tests.corpus import pictures
from tests.unit.ui import immediate

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


class Told:
    """What a person would be told; ``stop_at`` photographs they stop it."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.saving: Saving
        self.stop_at: int | None = None
        self.meanwhile: list[str] = []
        self.place: Path

    def show_saving(self, done: int, total: int) -> None:
        self.meanwhile += [each.name for each in self.place.iterdir() if each.suffix == ".pdf"]
        if done == self.stop_at:
            self.saving.stop()

    def show_saved(self, path: Path, cover: Path | None) -> None:
        self.heard.append("saved" if cover is None else "saved with its cover")

    def show_stopped(self) -> None:
        self.heard.append("stopped")

    def show_problem(self, error: MemoryBookError) -> None:
        self.heard.append(type(error).__name__)


@pytest.fixture
def edition(vault: Vault) -> Edition:
    """For a print service, with two photographs."""
    entry = vault.journal.keep(None, EntryDraft("The sea", "Look.")).result()
    assert entry is not None
    for seed in range(2):
        vault.album.add(entry.id, pictures.jpeg(pictures.scene(60 + seed, 40))).result()
    return Edition("Wren", (entry.id,), page_size=PageSize.SIX_NINE, preset=Preset.PRESS, language="en")


def save(
    vault: Vault, edition: Edition, folder: Path, *, name: str = "book", stop: bool = False
) -> list[str]:
    told = Told()
    told.place = folder
    told.saving = Saving(told, vault, immediate.run, immediate.deliver, lambda: NOW)
    told.stop_at = 1 if stop else None
    target = Target(folder / f"{name}.pdf", folder / "cover.pdf")
    told.saving.save(edition, target, pages_of)
    assert not told.saving.is_running
    assert set(told.meanwhile) <= {"taken.pdf"}, "none of the two is there before both are whole"
    return told.heard


def pages_of(_: BookPlan) -> int:
    return 8


def test_what_is_stopped_leaves_neither_the_pages_nor_their_cover(
    vault: Vault, edition: Edition, tmp_path: Path
) -> None:
    place = tmp_path / "print"
    place.mkdir()
    assert save(vault, edition, place, stop=True) == ["stopped"]
    assert list(place.iterdir()) == []
    (place / "taken.pdf").mkdir()
    assert save(vault, edition, place, name="taken") == ["PagesNotSaved"]
    assert [each.name for each in place.iterdir()] == ["taken.pdf"]
    assert save(vault, edition, place) == ["saved with its cover"]
    assert {each.name for each in place.iterdir()} == {"taken.pdf", "book.pdf", "cover.pdf"}
