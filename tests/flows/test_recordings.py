"""Recordings, as people use them: brought in, listened to, watched, written about, put away, handed back."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import RecordingId
from memorybook.domain.recording import Recording, RecordingDraft, RecordingKind
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.film import Film
from memorybook.ui.kit.waveform import Waveform
from memorybook.ui.lock.view import LockScreen
from tests.flows.driver import Driver, running
from tests.flows.test_family import tab_to
from tests.flows.test_refusals import PASSPHRASE, begin
from tests.recordings import heart, video, wav

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]


@pytest.fixture(name="driver")
def _driver(tmp_path: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path)
        yield driver


@pytest.fixture(name="voice")
def _voice(tmp_path: Path) -> Path:
    path = tmp_path / "New Recording 7.wav"
    path.write_bytes(wav(heart(40.0)))
    return path


def rows(driver: Driver) -> tuple[Recording, ...]:
    return driver.book.vault.recordings.rows().result()


def brought(driver: Driver, *sources: Path | bytes) -> tuple[RecordingId, ...]:
    return driver.book.vault.recordings.bring(sources).done.result(60).ids


def opened(driver: Driver, *sources: Path | bytes) -> RecordingId:
    """The place of the recordings with these in it, and the first of them open."""
    first = brought(driver, *sources)[0]
    driver.press("place-recordings")
    driver.press(f"recording-{first}-open")
    driver.find("recording-title")
    return first


def account(driver: Driver) -> str:
    return driver.find("recordings-bringing", QLabel).text()


def wave(driver: Driver, name: str) -> Waveform:
    return driver.find(f"{name}-wave", Waveform)


def test_files_are_chosen_and_there_is_a_plain_account(driver: Driver, voice: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.m4a").touch()
    driver.press("place-recordings")
    driver.find("recordings-nothing")
    driver.press("recordings-add")
    driver.choose_files(voice, tmp_path / "empty.m4a")
    driver.wait(lambda: "added" in account(driver))
    assert "1 recording added, 1 could not be taken in." in account(driver)
    assert "empty.m4a" in account(driver)
    (row,) = rows(driver)
    driver.find(f"recording-{row.id}")
    assert driver.sees("1 recording")
    assert driver.sees(voice.name)


def test_a_folder_is_dropped_on_the_place(driver: Driver, voice: Path, tmp_path: Path) -> None:
    folder = tmp_path / "phone"
    folder.mkdir()
    (folder / "one.wav").write_bytes(voice.read_bytes())
    (folder / "list.txt").write_text("apples")
    driver.press("place-recordings")
    driver.drop("recordings", folder)
    driver.wait(lambda: "added" in account(driver))
    assert "no recording and was left where it is" in account(driver)
    assert len(rows(driver)) == 1


def test_it_is_played_and_moved_in_by_keyboard_alone(driver: Driver, voice: Path) -> None:
    (mine,) = brought(driver, voice)
    driver.press("place-recordings")
    name = f"recording-{mine}"
    shown = wave(driver, name)
    tab_to(driver, f"{name}-play")
    driver.key("Space")
    driver.wait(lambda: shown.value() > 0)
    assert driver.find(f"{name}-play", Button).accessibleName().startswith("Let it rest")
    driver.key("Space")
    driver.wait(lambda: driver.find(f"{name}-play", Button).accessibleName().startswith("Play"))
    tab_to(driver, f"{name}-wave")
    driver.key("Home")
    assert shown.value() == 0
    driver.key("Right")
    driver.key("PgDown")
    assert shown.value() == 20
    assert shown.accessibleDescription() == "0:20 of 0:40"
    driver.wait(lambda: driver.find(f"{name}-time", QLabel).text() == "0:20 of 0:40")


def test_a_press_into_the_sound_goes_there(driver: Driver, voice: Path) -> None:
    (mine,) = brought(driver, voice)
    driver.press("place-recordings")
    shown = wave(driver, f"recording-{mine}")
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=shown.rect().center())
    time = driver.find(f"recording-{mine}-time", QLabel)
    driver.wait(lambda: time.text() in {"0:19 of 0:40", "0:20 of 0:40"})


def test_what_is_listened_to_is_not_heard_in_another_place(driver: Driver, voice: Path) -> None:
    (mine,) = brought(driver, voice)
    driver.press("place-recordings")
    driver.press(f"recording-{mine}-play")
    shown = wave(driver, f"recording-{mine}")
    driver.wait(lambda: shown.value() > 0)
    driver.press("place-write")
    driver.wait(lambda: shown.value() == 0)
    driver.press("place-recordings")
    assert driver.find(f"recording-{mine}-play", Button).accessibleName().startswith("Play")


def test_what_is_written_about_it_is_kept_also_by_a_lock_in_mid_sentence(
    driver: Driver, voice: Path
) -> None:
    mine = opened(driver, voice)
    driver.type_into("recording-title", "Her heart")
    driver.press("recording-offer-kind")
    driver.press("recording-kind-heartbeat")
    driver.press("recording-offer-by")
    driver.type_into_focused("The midwife")
    driver.wait(lambda: driver.find("recording-state", QLabel).text().startswith("Kept at"))
    driver.press("recording-offer-notes")
    driver.type_into_focused("We listened tw")
    driver.key("Ctrl+L")
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("entry-text")
    (kept,) = rows(driver)
    assert kept.id == mine
    assert kept.draft == RecordingDraft(
        title="Her heart",
        kind=RecordingKind.HEARTBEAT,
        recorded_by="The midwife",
        notes="We listened tw",
    )


def test_it_is_put_away_and_brought_back(driver: Driver, voice: Path) -> None:
    mine = opened(driver, voice)
    driver.press("recording-away")
    driver.find("recordings-notice")
    driver.wait(lambda: not rows(driver))
    driver.press("recordings-notice-action")
    driver.find(f"recording-{mine}")
    assert [row.id for row in rows(driver)] == [mine]


def test_putting_one_away_leaves_it_at_once_and_no_word_of_another_is_lost(
    driver: Driver, voice: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second.wav"
    second.write_bytes(wav(heart(5.0)))
    mine, other = brought(driver, voice, second)
    driver.press("place-recordings")
    driver.press(f"recording-{mine}-open")
    driver.find("recording-title")
    go_on = threading.Event()
    driver.book.vault._worker.read(lambda _: go_on.wait(60))
    driver.press("recording-away")
    driver.press(f"recording-{other}-open")
    driver.type_into("recording-title", "All in one go")
    go_on.set()
    driver.wait(lambda: [row.id for row in rows(driver)] == [other])
    driver.press("recording-back")
    driver.wait(lambda: driver.sees("It waits in the drawer"))
    assert [row.draft.title for row in rows(driver)] == ["All in one go"]


def test_one_that_is_put_away_while_it_is_written_about_again_keeps_its_words(
    driver: Driver, voice: Path
) -> None:
    mine = opened(driver, voice)
    go_on = threading.Event()
    driver.book.vault._worker.read(lambda _: go_on.wait(60))
    driver.press("recording-away")
    driver.press(f"recording-{mine}-open")
    driver.type_into("recording-title", "All in one go")
    go_on.set()
    driver.wait(lambda: driver.sees("It waits in the drawer"))
    (away,) = driver.book.vault.recordings.put_away_rows().result()
    assert (away.id, away.draft.title) == (mine, "All in one go")


def test_the_place_leads_to_what_was_put_away_and_says_nothing_of_it_that_no_longer_holds(
    driver: Driver, voice: Path
) -> None:
    mine = opened(driver, voice)
    assert "recordings-drawer" not in [each.objectName() for each in driver.all(Button)]
    driver.press("recording-away")
    driver.wait(lambda: driver.sees("It waits in the drawer"))
    driver.press("recordings-drawer")
    driver.press("drawer-bring-back")
    driver.wait(lambda: driver.sees("It is back where it was."))
    driver.press("drawer-back")
    driver.find(f"recording-{mine}")
    driver.wait(lambda: not driver.sees("It waits in the drawer"))
    assert "recordings-drawer" not in [each.objectName() for each in driver.all(Button)]


def test_a_copy_is_saved_byte_for_byte_and_its_exposure_said_before_and_after(
    driver: Driver, voice: Path, tmp_path: Path
) -> None:
    opened(driver, voice)
    assert driver.sees("A copy is outside of your book.")
    driver.press("recording-save")
    driver.choose_files(tmp_path / "copy.wav")
    driver.wait(lambda: driver.sees("nothing protects it"))
    assert (tmp_path / "copy.wav").read_bytes() == voice.read_bytes()


def test_what_cannot_be_played_is_kept_and_that_is_said(driver: Driver, tmp_path: Path) -> None:
    strange = tmp_path / "old.xyz"
    strange.write_bytes(b"nothing that anybody knows" * 40)
    (mine,) = brought(driver, strange)
    driver.press("place-recordings")
    driver.find(f"recording-{mine}")
    driver.wait(lambda: driver.sees("cannot be played here"))
    assert f"recording-{mine}-play" not in {widget.objectName() for widget in driver.all(QWidget)}


def test_a_covered_video_is_shown_when_it_is_asked_for_and_covered_again_on_leaving(
    driver: Driver,
) -> None:
    (mine,) = brought(driver, video(seconds=1.0))
    driver.book.vault.recordings.cover([mine], covered=True).result()
    driver.press("place-recordings")
    film = driver.find(f"recording-{mine}-film", Film)
    driver.wait(lambda: film.is_covered)
    assert not film.is_shown
    assert film.accessibleName().startswith("Covered video")
    driver.press(f"recording-{mine}-film")
    driver.wait(lambda: film.is_shown)
    driver.press("place-write")
    driver.press("place-recordings")
    driver.wait(lambda: film.is_covered)
    assert not film.is_shown


def test_a_video_is_watched_at_a_size_to_be_watched_at(driver: Driver) -> None:
    (mine,) = brought(driver, video(seconds=2.0))
    driver.press("place-recordings")
    driver.press(f"recording-{mine}-film")
    large = driver.find(f"recording-large-{mine}-film", Film)
    driver.wait(lambda: wave(driver, f"recording-large-{mine}").value() > 0)
    assert large.width() > 600
    driver.key("Escape")
    driver.wait(lambda: driver.focused().objectName() == f"recording-{mine}-open")


def test_one_is_added_to_the_page_taken_off_and_put_back(driver: Driver, voice: Path) -> None:
    driver.choose_from_menu("add-recording", "From this computer…")
    driver.choose_files(voice)
    driver.wait(lambda: rows(driver))
    (mine,) = (row.id for row in rows(driver))
    driver.press(f"page-recording-{mine}-off")
    driver.wait(lambda: driver.sees("The recording is off this page"))
    driver.press("write-notice-action")
    driver.find(f"page-recording-{mine}")
    entry = driver.book.writing.entry_id
    assert entry is not None
    journal = driver.book.vault.journal
    driver.wait(lambda: journal.entry(entry).result().draft.recordings == (mine,))


def test_one_of_the_book_is_chosen_for_the_page(driver: Driver, voice: Path) -> None:
    (mine,) = brought(driver, voice)
    driver.choose_from_menu("add-recording", "From the book…")
    driver.find(f"choose-recording-{mine}", CheckBox).setChecked(True)
    driver.press("choose-recordings-yes")
    driver.find(f"page-recording-{mine}")


def test_a_recording_dropped_among_pictures_is_a_recording(driver: Driver, voice: Path) -> None:
    driver.drop("entry-text", voice)
    driver.wait(lambda: rows(driver))
    driver.find(f"page-recording-{rows(driver)[0].id}")


def test_it_is_listened_to_where_the_page_is_read(driver: Driver, voice: Path) -> None:
    (mine,) = brought(driver, voice)
    page = EntryDraft(title="Listening", body="Twice.", recordings=(mine,))
    driver.book.vault.journal.keep(None, page).result()
    driver.press("place-story")
    driver.press(f"reading-recording-{mine}-play")
    driver.wait(lambda: wave(driver, f"reading-recording-{mine}").value() > 0)
