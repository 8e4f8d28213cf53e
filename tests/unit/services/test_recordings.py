"""Recordings come into the book whole, once, are listened to from it, and come out byte for byte."""

import hashlib
import time
from pathlib import Path

import pytest

from memorybook.domain.bringing import BringAccount, BringProgress
from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId, MediaId, RecordingId
from memorybook.domain.people import BabyDraft
from memorybook.domain.recording import Probed, Recording, RecordingDraft, RecordingKind, Sort
from memorybook.errors import (
    BookClosed,
    CopyNotSaved,
    RecordingDamaged,
    RecordingEmpty,
    RecordingIsPicture,
    RecordingMissing,
    RecordingUnreadable,
)
from memorybook.services.media_writing import MediaWriting
from memorybook.services.preferences import COVER_NEW, RECORDINGS_GIVEN_UP
from memorybook.services.vault import Library, Vault
from memorybook.storage import recordings
from memorybook.storage.connection import Connection
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.disks import bad_place
from tests.recordings import video, wav


@pytest.fixture(name="heart")
def _heart(tmp_path: Path) -> Path:
    path = tmp_path / "Twelve weeks.wav"
    path.write_bytes(wav())
    return path


@pytest.fixture(name="film", scope="module")
def _film() -> bytes:
    return video(seconds=1.0)


def _bring(vault: Vault, *sources: Path | bytes, entry: EntryId | None = None) -> BringAccount[RecordingId]:
    return vault.recordings.bring(sources, entry=entry).done.result(60)


def _only(vault: Vault) -> Recording:
    rows = vault.recordings.rows().result()
    assert len(rows) == 1
    return rows[0]


def _page(vault: Vault) -> EntryId:
    entry = vault.journal.keep(None, EntryDraft(), hold_place=True).result()
    assert entry is not None
    return entry.id


def _on(vault: Vault, page: EntryId) -> tuple[RecordingId, ...]:
    return vault.journal.entry(page).result().draft.recordings


def _media(vault: Vault) -> list[str]:
    return sorted(path.name for path in (vault.folder / "media").glob("*.mbm"))


def _file(vault: Vault, media: MediaId) -> Path:
    return vault.folder / "media" / f"{media}.mbm"


def _damage(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


class TestComingIn:
    def test_a_sound_is_kept_as_it_is_with_its_length_and_its_loudness(
        self, vault: Vault, heart: Path, tmp_path: Path
    ) -> None:
        account = _bring(vault, heart)
        recording = _only(vault)
        assert account == BringAccount(added=(recording.id,))
        assert (recording.sort, recording.playable, recording.file_name) == (Sort.SOUND, True, heart.name)
        assert recording.milliseconds == 3000
        assert recording.byte_size == heart.stat().st_size
        assert recording.digest == hashlib.sha256(heart.read_bytes()).hexdigest()
        waveform, poster = vault.recordings.picture(recording.id).result()
        assert waveform
        assert max(waveform) == 255
        assert poster == b""
        vault.recordings.export(recording.id, tmp_path / "copy.wav").result()
        assert (tmp_path / "copy.wav").read_bytes() == heart.read_bytes()

    def test_a_video_has_a_small_picture_and_its_size(self, vault: Vault, film: bytes) -> None:
        _bring(vault, film)
        recording = _only(vault)
        assert recording.sort is Sort.VIDEO
        assert recording.width > 0 < recording.height
        assert vault.recordings.picture(recording.id).result()[1].startswith(b"\xff\xd8")

    def test_what_cannot_be_played_is_kept_all_the_same(self, vault: Vault, tmp_path: Path) -> None:
        strange = tmp_path / "from an old phone.xyz"
        strange.write_bytes(b"nothing that anybody knows" * 40)
        assert len(_bring(vault, strange).added) == 1
        recording = _only(vault)
        assert (recording.sort, recording.playable) == (Sort.UNKNOWN, False)
        vault.recordings.export(recording.id, tmp_path / "copy").result()
        assert (tmp_path / "copy").read_bytes() == strange.read_bytes()

    def test_a_copy_that_cannot_be_saved_is_not_blamed_on_the_book(
        self, vault: Vault, heart: Path, tmp_path: Path
    ) -> None:
        _bring(vault, heart)
        saved = vault.recordings.export(_only(vault).id, tmp_path / "gone" / "copy.wav")
        assert isinstance(saved.exception(), CopyNotSaved)

    def test_each_that_is_refused_is_named_with_its_reason(self, vault: Vault, tmp_path: Path) -> None:
        (tmp_path / "nothing.m4a").touch()
        (tmp_path / "photo.mp3").write_bytes(pictures.jpeg())
        account = _bring(vault, tmp_path / "nothing.m4a", tmp_path / "photo.mp3", tmp_path / "away.wav")
        assert [(refused.name, type(refused.error)) for refused in account.refused] == [
            ("nothing.m4a", RecordingEmpty),
            ("photo.mp3", RecordingIsPicture),
            ("away.wav", RecordingUnreadable),
        ]
        assert vault.recordings.rows().result() == ()

    def test_of_a_folder_sound_and_videos_are_taken_and_the_rest_is_counted(
        self, vault: Vault, tmp_path: Path, film: bytes
    ) -> None:
        folder = tmp_path / "phone"
        (folder / "DCIM").mkdir(parents=True)
        (folder / "voice.wav").write_bytes(wav())
        (folder / "DCIM" / "film.bin").write_bytes(film)
        (folder / "DCIM" / "photo.jpg").write_bytes(pictures.jpeg())
        (folder / "list.txt").write_text("apples")
        account = _bring(vault, folder)
        assert len(account.added) == 2
        assert account.others == 2
        assert not account.refused

    def test_what_is_in_the_book_already_is_not_stored_twice(self, vault: Vault, heart: Path) -> None:
        (first,) = _bring(vault, heart).added
        before = _media(vault)
        account = _bring(vault, heart, heart.read_bytes())
        assert (account.added, account.known) == ((), (first,))
        assert _media(vault) == before

    def test_a_damaged_one_is_made_whole_by_the_same_file(
        self, vault: Vault, heart: Path, tmp_path: Path
    ) -> None:
        _bring(vault, heart)
        recording = _only(vault)
        kept = _file(vault, recording.media)
        _damage(kept)
        with pytest.raises(RecordingDamaged):
            vault.recordings.export(recording.id, tmp_path / "copy.wav").result()
        assert not (tmp_path / "copy.wav").exists()
        assert _bring(vault, heart).known == (recording.id,)
        vault.recordings.export(recording.id, tmp_path / "copy.wav").result()
        assert (tmp_path / "copy.wav").read_bytes() == heart.read_bytes()

    def test_a_file_that_changes_while_it_is_read_takes_no_place_of_another(
        self, vault: Vault, heart: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _bring(vault, heart)
        recording = _only(vault)
        kept = _file(vault, recording.media)
        _damage(kept)
        before, names = kept.read_bytes(), MediaWriting.names

        def changed(self: MediaWriting, count: int) -> tuple[MediaId, ...]:
            heart.write_bytes(bytes(heart.stat().st_size))
            return names(self, count)

        monkeypatch.setattr(MediaWriting, "names", changed)
        account = _bring(vault, heart)
        assert [type(refused.error) for refused in account.refused] == [RecordingUnreadable]
        assert _only(vault) == recording
        assert _media(vault) == [kept.name]
        assert kept.read_bytes() == before

    def test_one_on_a_bad_place_of_the_disk_is_made_whole_by_the_same_file(
        self, vault: Vault, heart: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _bring(vault, heart)
        bad_place(monkeypatch, _file(vault, _only(vault).media))
        assert _bring(vault, heart).known == (_only(vault).id,)
        vault.recordings.export(_only(vault).id, tmp_path / "copy.wav").result()
        assert (tmp_path / "copy.wav").read_bytes() == heart.read_bytes()

    def test_new_videos_are_covered_where_that_is_wished_and_sounds_are_not(
        self, vault: Vault, heart: Path, film: bytes
    ) -> None:
        vault.preferences.put(COVER_NEW, "1").result()
        _bring(vault, heart, film)
        assert {each.sort: each.draft.covered for each in vault.recordings.rows().result()} == {
            Sort.SOUND: False,
            Sort.VIDEO: True,
        }

    def test_progress_goes_up_to_the_end_and_within_a_long_file(self, vault: Vault, heart: Path) -> None:
        told: list[BringProgress] = []
        long = wav() + bytes(3 << 20)
        vault.recordings.bring([heart, long], told=told.append).done.result(60)
        parts = [now.done for now in told]
        assert parts == sorted(parts)
        assert (told[-1].done, told[-1].total) == (2_000, 2_000)
        assert any(1_000 < part < 2_000 for part in parts)

    def test_when_it_is_cancelled_nothing_of_the_file_under_way_is_left(
        self, vault: Vault, heart: Path
    ) -> None:
        def told(now: BringProgress) -> None:
            if 0 < now.done < 1_000:
                bringing.cancel()

        bringing = vault.recordings.bring([wav() + bytes(3 << 20), heart], told=told)
        account = bringing.done.result(60)
        assert account.added == ()
        assert (account.refused, account.not_taken) == ((), 2)
        assert _media(vault) == []
        assert vault.recordings.rows().result() == ()

    def test_what_was_not_taken_in_before_the_book_closed_is_remembered(
        self, vault: Vault, library: Library, heart: Path
    ) -> None:
        vault.recordings.bring([wav() + bytes(8 << 20), heart])
        vault.close_at_once()
        again = library.open(vault.folder, PASSPHRASE)
        given_up = int(again.preferences.get(RECORDINGS_GIVEN_UP).result() or "0")
        assert given_up + len(again.recordings.rows().result()) == 2
        assert len(_media(again)) == len(again.recordings.rows().result())
        again.close()


    def test_what_the_player_could_not_make_out_then_it_may_now(self, vault: Vault, film: bytes) -> None:
        (mine,) = _bring(vault, film).added

        def as_before(connection: Connection) -> tuple[None, None]:
            nothing = Probed(Sort.UNKNOWN, "", playable=False, milliseconds=None, width=0, height=0)
            recordings.note(connection, mine, nothing)
            return None, None

        vault.recordings._worker.write(as_before).result()
        assert not _only(vault).playable
        now = vault.recordings.look_again(mine).result()
        assert (now.sort, now.playable) == (Sort.VIDEO, True)
        assert vault.recordings.picture(mine).result()[1].startswith(b"\xff\xd8")

    def test_what_still_cannot_be_played_stays_as_it_is(self, vault: Vault) -> None:
        (mine,) = _bring(vault, b"nothing that anybody knows" * 40).added
        changes: list[ChangeSet] = []
        vault.changes.subscribe(changes.append)
        assert not vault.recordings.look_again(mine).result().playable
        assert changes == []


class TestWords:
    def test_what_is_written_down_is_kept_and_read_again(
        self, vault: Vault, library: Library, heart: Path
    ) -> None:
        baby = vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
        assert baby is not None
        _bring(vault, heart)
        recording = _only(vault)
        draft = RecordingDraft(
            title="Her heart",
            kind=RecordingKind.HEARTBEAT,
            taken=VagueDate(2026, 3, None, about=True),
            recorded_by="The midwife",
            place="Room 4",
            notes="Both of us listened.\nTwice.",
            babies=(baby.id,),
            in_book=False,
        )
        changes: list[ChangeSet] = []
        vault.changes.subscribe(changes.append)
        assert vault.recordings.keep(recording.id, draft, origin="test").result().draft == draft
        vault.recordings.keep(recording.id, draft).result()
        assert changes == [ChangeSet(recordings=frozenset({recording.id}), origin="test")]
        vault.close()
        again = library.open(vault.folder, PASSPHRASE)
        assert _only(again).draft == draft
        again.close()

    def test_the_newest_day_comes_first(self, vault: Vault, heart: Path, film: bytes) -> None:
        older, newer = _bring(vault, heart, film).added
        vault.recordings.keep(newer, RecordingDraft(taken=VagueDate(2019))).result()
        assert [each.id for each in vault.recordings.rows().result()] == [older, newer]

    def test_covering_says_so_once(self, vault: Vault, film: bytes) -> None:
        (shown,) = _bring(vault, film).added
        changes: list[ChangeSet] = []
        vault.changes.subscribe(changes.append)
        vault.recordings.cover([shown], covered=True).result()
        vault.recordings.cover([shown], covered=True).result()
        assert _only(vault).draft.covered
        assert len(changes) == 1


class TestOnPages:
    def test_a_page_carries_them_in_order_and_each_once(
        self, vault: Vault, heart: Path, film: bytes
    ) -> None:
        page = _page(vault)
        first, second = _bring(vault, heart, film, entry=page).added
        _bring(vault, heart, entry=page)
        assert _on(vault, page) == (first, second)
        kept = vault.journal.entry(page).result().draft
        vault.journal.keep(page, EntryDraft(title="Listening", recordings=(second, first))).result()
        assert _on(vault, page) == (second, first)
        assert kept.recordings == (first, second)

    def test_a_page_is_found_by_the_words_put_to_its_recordings(self, vault: Vault, heart: Path) -> None:
        page = _page(vault)
        (mine,) = _bring(vault, heart, entry=page).added

        def found(words: str) -> list[EntryId]:
            return [row.id for row in vault.journal.search(words).result().rows]

        assert found("galloping") == []
        vault.recordings.keep(mine, RecordingDraft(title="Her heart", notes="like horses galloping")).result()
        assert found("galloping") == found("heart") == [page]
        vault.recordings.put_away([mine]).result()
        assert found("galloping") == []

    def test_one_that_came_while_the_page_was_kept_stays_on_it(self, vault: Vault, heart: Path) -> None:
        page = _page(vault)
        (came,) = _bring(vault, heart, entry=page).added
        vault.journal.keep(page, EntryDraft(title="Words")).result()
        assert _on(vault, page) == (came,)
        vault.journal.take_off_recording(page, came).result()
        assert _on(vault, page) == ()
        assert _only(vault).id == came

    def test_one_that_is_put_away_is_on_no_page_and_comes_back_to_its_place(
        self, vault: Vault, heart: Path, film: bytes
    ) -> None:
        page = _page(vault)
        first, second = _bring(vault, heart, film, entry=page).added
        vault.recordings.put_away([first]).result()
        assert _on(vault, page) == (second,)
        vault.journal.keep(page, EntryDraft(title="Meanwhile", recordings=(second,))).result()
        vault.recordings.bring_back([first]).result()
        assert _on(vault, page) == (first, second)

    def test_a_page_begun_with_one_that_is_put_away_meanwhile_is_kept_once_without_it(
        self, vault: Vault, heart: Path, film: bytes
    ) -> None:
        page = _page(vault)
        first, second = _bring(vault, heart, film, entry=page).added
        vault.recordings.put_away([first]).result()
        begun = EntryDraft(recordings=(first, second))
        vault.journal.keep(page, begun).result()
        told: list[ChangeSet] = []
        vault.changes.subscribe(told.append)
        vault.journal.keep(page, begun).result()
        assert told == []
        vault.recordings.delete_for_ever([first]).result()
        assert vault.journal.keep(None, EntryDraft(recordings=(first,))).result() is None
        told.clear()
        vault.journal.keep(page, begun).result()
        assert told == []
        assert _on(vault, page) == (second,)

    def test_a_version_brings_its_recordings_back(self, vault: Vault, heart: Path) -> None:
        page = _page(vault)
        (came,) = _bring(vault, heart, entry=page).added
        words = "We listened to it together, and then once more, and it was the same. " * 20
        vault.journal.keep(page, EntryDraft(body=words, recordings=(came,))).result()
        vault.journal.keep(page, EntryDraft(recordings=(came,))).result()
        vault.journal.take_off_recording(page, came).result()
        newest = vault.journal.versions(page).result()[0]
        vault.journal.bring_version_back(newest.id).result()
        assert _on(vault, page) == (came,)


class TestPuttingAway:
    @pytest.fixture(name="away")
    def _away(self, vault: Vault, heart: Path) -> Recording:
        _bring(vault, heart)
        recording = _only(vault)
        vault.recordings.put_away([recording.id]).result()
        return recording

    def test_it_is_listed_nowhere_but_with_what_was_put_away(self, vault: Vault, away: Recording) -> None:
        assert vault.recordings.rows().result() == ()
        assert vault.recordings.get([away.id]).result() == ()
        assert [each.id for each in vault.recordings.put_away_rows().result()] == [away.id]

    def test_it_comes_back_by_itself_when_it_is_brought_in_again(
        self, vault: Vault, away: Recording, heart: Path
    ) -> None:
        account = _bring(vault, heart)
        assert (account.known, account.back) == ((away.id,), (away.id,))
        assert _only(vault).id == away.id

    def test_deleting_for_ever_leaves_nothing_of_it(self, vault: Vault, away: Recording) -> None:
        page = _page(vault)
        vault.recordings.bring_back([away.id]).result()
        vault.journal.keep(page, EntryDraft(recordings=(away.id,))).result()
        assert vault.recordings.delete_for_ever([away.id]).result() == 0
        vault.recordings.put_away([away.id]).result()
        assert vault.recordings.delete_for_ever([away.id]).result() == 1
        assert _media(vault) == []
        assert vault.recordings.put_away_rows().result() == ()
        assert _on(vault, page) == ()
        assert vault.journal.page(limit=9).result().rows == ()
        with pytest.raises(LookupError):
            vault.recordings.picture(away.id).result()


class TestListening:
    def test_it_plays_from_the_book(self, vault: Vault, heart: Path) -> None:
        (mine,) = _bring(vault, heart).added
        playback = vault.recordings.open(mine)
        playback.play()
        _until(lambda: playback.position > 0)
        assert playback.duration == 3000
        playback.close()

    def test_closing_the_book_ends_it(self, vault: Vault, heart: Path) -> None:
        (mine,) = _bring(vault, heart).added
        playback = vault.recordings.open(mine)
        playback.play()
        _until(lambda: playback.position > 0)
        vault.close_at_once()
        assert not playback.is_playing
        assert not vault.recordings.open(mine).is_playing
        with pytest.raises(BookClosed):
            vault.recordings.rows().result()

    def test_a_file_that_is_gone_has_its_sentence(self, vault: Vault, heart: Path) -> None:
        (mine,) = _bring(vault, heart).added
        _file(vault, _only(vault).media).unlink()
        playback = vault.recordings.open(mine)
        playback.start()
        _until(lambda: playback.problem is not None)
        assert isinstance(playback.problem, RecordingMissing)
        playback.close()


def _until(holds: object, seconds: float = 30) -> None:
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
