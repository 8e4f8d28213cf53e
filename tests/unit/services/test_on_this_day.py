"""What is in the book of one day of the year: exact dates alone, covered photos covered, nothing of today."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.of_this_day import BabyDay, OfThisDay
from memorybook.domain.people import BabyDraft, CeremonyDraft
from memorybook.domain.photo import PhotoDraft
from memorybook.domain.recording import RecordingDraft
from memorybook.services.vault import Vault
from memorybook.storage.connection import Connection
from tests.recordings import heart, wav
from tests.unit.services.photos import small

TODAY = datetime.date(2026, 5, 22)
TODAY_EXACT = VagueDate.of(TODAY)
DATES = ("2024-05-22", "2025-05-22", "2023-05-22~", "2022-05", "2021", "", "2024-05-21", "2026-05-22")
"""Only the first two are of another 22 May; the last is today."""


def day(text: str) -> VagueDate:
    return VagueDate.parse(text)


def look(vault: Vault, month: int = 5, of: int = 22, today: datetime.date = TODAY) -> OfThisDay:
    return vault.on_this_day.look(month, of, today).result()


def fill(vault: Vault, tmp_path: Path, dates: tuple[str, ...], recorded: tuple[str, ...]) -> None:
    """A page, a photo, a keepsake, a date and a farewell of each of these dates; recordings of some."""
    for number, text in enumerate(dates):
        page = vault.journal.keep(None, EntryDraft(title=f"page {text}", day=day(text))).result()
        assert page is not None
        photo = vault.album.add(page.id, small(number)).result()
        written = PhotoDraft(caption="x", taken=day(text), covered=bool(number % 2))
        vault.album.keep(photo.id, written).result()
        vault.keepsakes.keep(None, KeepsakeDraft(title=f"k {text}", day=day(text))).result()
        vault.occasions.add(OccasionDraft(f"o {text}", day(text))).result()
        vault.record.keep_ceremony(None, CeremonyDraft(label=f"c {text}", day=day(text))).result()
    sounds = [tmp_path / f"{number}.wav" for number, _ in enumerate(recorded)]
    for number, sound in enumerate(sounds):
        sound.write_bytes(wav(heart(0.2), rate=8000 + number))
    added = vault.recordings.bring(sounds).done.result().added
    for recording, text in zip(added, recorded, strict=True):
        vault.recordings.keep(recording, RecordingDraft(title=f"r {text}", taken=day(text))).result()


def test_all_of_that_day_is_found_and_nothing_else(vault: Vault, tmp_path: Path) -> None:
    fill(vault, tmp_path, DATES, ("2025-05-22", "2023-05-22~", ""))
    first = vault.record.keep_baby(None, BabyDraft(born=day("2024-05-22"), died=day("2024-05-22~"))).result()
    second = vault.record.keep_baby(None, BabyDraft(due=day("2025-05-22"), learned=TODAY_EXACT)).result()
    found = look(vault)
    assert not found.is_empty
    assert [row.title for row in found.pages] == ["page 2025-05-22", "page 2024-05-22"]
    assert [(str(photo.day), photo.covered) for photo in found.photos] == [
        ("2025-05-22", True),
        ("2024-05-22", False),
    ]
    assert [each.draft.title for each in found.recordings] == ["r 2025-05-22"]
    assert [each.draft.title for each in found.keepsakes] == ["k 2025-05-22", "k 2024-05-22"]
    assert [each.draft.label for each in found.occasions] == ["o 2025-05-22", "o 2024-05-22"]
    assert [each.draft.label for each in found.ceremonies] == ["c 2025-05-22", "c 2024-05-22"]
    assert first is not None
    assert second is not None
    assert found.babies == (
        (second, BabyDay.DUE, day("2025-05-22")),
        (first, BabyDay.BORN, day("2024-05-22")),
    )
    # seen from another day, this year's is among them
    assert [str(row.day) for row in look(vault, today=datetime.date(2026, 11, 21)).pages] == [
        "2026-05-22",
        "2025-05-22",
        "2024-05-22",
    ]
    assert look(vault, 5, 20).is_empty


def test_what_was_put_away_is_not_among_it(vault: Vault, tmp_path: Path) -> None:
    fill(vault, tmp_path, ("2024-05-22",), ("2025-05-22",))
    found = look(vault)
    assert len(found.pages) == len(found.photos) == len(found.recordings) == len(found.keepsakes) == 1
    for row in found.pages:
        vault.journal.delete(row.id).result()
    vault.album.put_away([photo.id for photo in found.photos]).result()
    vault.recordings.put_away([each.id for each in found.recordings]).result()
    vault.keepsakes.put_away([each.id for each in found.keepsakes]).result()
    vault.occasions.put_away([each.id for each in found.occasions]).result()
    for ceremony in found.ceremonies:
        vault.record.remove_ceremony(ceremony.id).result()
    assert look(vault).is_empty


def test_a_day_without_its_year_is_of_every_year_and_comes_last(vault: Vault) -> None:
    for text in ("XXXX-10-15", "2019-10-15", "XXXX-10-15~"):
        vault.occasions.add(OccasionDraft(text, day(text))).result()
    found = look(vault, 10, 15, datetime.date(2026, 10, 15))
    assert [each.draft.label for each in found.occasions] == ["2019-10-15", "XXXX-10-15"]


def test_the_29th_of_february_is_looked_at_on_the_28th_where_there_is_none(vault: Vault) -> None:
    for text in ("2024-02-29", "2023-02-28"):
        vault.journal.keep(None, EntryDraft(title=text, day=day(text))).result()

    def titles(of: int, year: int) -> list[str]:
        return [row.title for row in look(vault, 2, of, datetime.date(year, 6, 1)).pages]

    assert titles(28, 2026) == ["2024-02-29", "2023-02-28"]
    assert titles(28, 2028) == ["2023-02-28"]
    assert titles(29, 2026) == titles(29, 2028) == ["2024-02-29"]
    for month, of in ((2, 30), (13, 1), (0, 1), (4, 31)):
        with pytest.raises(ValueError, match="out of range"):
            vault.on_this_day.look(month, of, TODAY)


def test_a_page_that_moves_to_another_date_is_found_there(vault: Vault) -> None:
    page = vault.journal.keep(None, EntryDraft(title="x", day=day("2024-05-22"))).result()
    assert page is not None
    vault.journal.keep(page.id, replace(page.draft, day=day("2024-05-23"))).result()
    assert look(vault).is_empty
    assert [row.id for row in look(vault, 5, 23).pages] == [page.id]
    vault.journal.keep(page.id, replace(page.draft, title="")).result()
    assert look(vault).is_empty  # a page with nothing on it is no page of that day


def test_pages_and_photos_are_looked_up_and_not_gone_through(vault: Vault) -> None:
    asked = {
        "entry_of_day": "entry INDEXED BY entry_of_day WHERE is_empty = 0 AND deleted_at IS NULL AND day",
        "photo_of_day": "photo INDEXED BY photo_of_day WHERE deleted_at IS NULL AND taken",
    }

    def plans(connection: Connection) -> list[str]:
        details = []
        for those in asked.values():
            where, _, column = those.rpartition(" ")
            sql = f"SELECT id FROM {where} substr({column}, 5) IN (SELECT value FROM json_each('[]'))"  # noqa: S608
            rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
            details += [row["detail"] for row in rows]
        return details

    details = vault.occasions._worker.read(plans).result()
    for index in asked:
        assert len([each for each in details if f"{index} (<expr>=?)" in each]) == 1
    assert not [each for each in details if each.startswith(("SCAN entry", "SCAN photo"))]


def test_one_damaged_thing_does_not_keep_the_others_back(vault: Vault) -> None:
    for title in ("hat", "band"):
        vault.keepsakes.keep(None, KeepsakeDraft(title=title, day=day("2024-05-22"))).result()
    assert not look(vault).damaged

    def work(connection: Connection) -> tuple[None, None]:
        connection.execute("UPDATE keepsake SET words = 'x' WHERE title = 'hat'")
        return None, None

    vault._worker.write(work).result()
    found = look(vault)
    assert [each.draft.title for each in found.keepsakes] == ["band"]
    assert found.damaged
