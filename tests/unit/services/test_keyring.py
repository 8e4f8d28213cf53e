"""A book that this computer remembers: both halves of the key in place, and both of them gone again."""

import shutil
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import pytest

from memorybook.errors import (
    BookClosed,
    BookReadOnly,
    KeyringForgotten,
    KeyringLocked,
    KeyringUnavailable,
    KeyringUnprotected,
)
from memorybook.services.vault import Library, Vault
from memorybook.services.ways_in import KeyringState
from memorybook.storage import keyfile, replicas
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from memorybook.system.keyring import ComputerKeyring
from memorybook.system.keyring.computer import SECONDS_PER_CALL
from tests.books import FAST, PASSPHRASE
from tests.disks import read_only
from tests.keyrings import SECONDS, Session, bus, desktop_keyring, silence

__all__ = ["bus", "desktop_keyring"]

T = TypeVar("T")
AT_ONCE = SECONDS_PER_CALL - 1


@pytest.fixture
def book(desktop_keyring: Session, vault: Vault) -> Vault:
    """An open book on a desktop with an open keyring."""
    return vault


def done(future: Future[T]) -> T:
    return future.result(SECONDS)


def slots(folder: Path) -> list[list[str]]:
    """The ids of the slots of each replica, without the passphrases'."""
    return [
        [
            keyfile.slot_id(slot)
            for slot in keyfile.parse((folder / name).read_bytes()).slots
            if keyfile.slot_id(slot) == keyfile.KEYRING
        ]
        for name in replicas.NAMES
    ]


def kept(session: Session) -> str:
    return session.search("service", "org.memorybook") + session.search("service", "org.memorybook.check")


def answered() -> None:
    """Wait for the calls that were left behind; they get their answer once the service goes on."""
    for thread in threading.enumerate():
        if thread.name == "memorybook-keyring":
            thread.join(SECONDS)


def test_a_book_that_is_remembered_opens_without_a_passphrase(
    desktop_keyring: Session, library: Library, book: Vault
) -> None:
    assert not library.remembers(book.folder)
    done(book.ways.remember_here())
    assert slots(book.folder) == [["keyring"], ["keyring"]]
    assert done(book.ways.keyring_state()) == KeyringState(offered=True, on=True, problem=None)
    (computer,) = (way for way in done(book.ways.all()) if way.kind == "keyring")
    assert computer.id == "keyring"
    assert computer.created
    book.close()
    assert library.remembers(book.folder)
    again = library.open_with_keyring(book.folder)
    assert again.opened_by == "keyring"
    assert done(again.ways.keyring_state()).on
    again.close()
    library.open(book.folder, PASSPHRASE).close()


def test_what_is_kept_in_either_place_opens_nothing_alone(
    desktop_keyring: Session, library: Library, book: Vault, tmp_path: Path
) -> None:
    done(book.ways.remember_here())
    found = desktop_keyring.search("service", "org.memorybook")
    (secret,) = (line.split(" = ")[1] for line in found.splitlines() if line.startswith("secret = "))
    assert len(secret) == 64
    for name in replicas.NAMES:
        data = (book.folder / name).read_bytes()
        assert secret.encode() not in data
        assert bytes.fromhex(secret) not in data
    assert book.folder.name not in found


def test_nothing_is_remembered_before_it_is_asked_for(
    desktop_keyring: Session, library: Library, book: Vault
) -> None:
    assert done(book.ways.keyring_state()) == KeyringState(offered=True, on=False, problem=None)
    book.close()
    with pytest.raises(KeyringForgotten):
        library.open_with_keyring(book.folder)
    assert kept(desktop_keyring) == ""


def test_forgetting_takes_both_halves_and_old_copies_with_them(
    desktop_keyring: Session, library: Library, book: Vault, tmp_path: Path
) -> None:
    done(book.ways.remember_here())
    old = {name: (book.folder / name).read_bytes() for name in replicas.NAMES}
    done(book.ways.forget_here())
    assert slots(book.folder) == [[], []]
    assert kept(desktop_keyring) == ""
    assert [way.kind for way in done(book.ways.all())] == ["passphrase"]
    book.close()
    copy = tmp_path / "copy"
    shutil.copytree(book.folder, copy)
    for name, data in old.items():
        (copy / name).write_bytes(data)
    assert library.remembers(copy)
    for folder in (book.folder, copy):
        with pytest.raises(KeyringForgotten):
            library.open_with_keyring(folder)
    library.open(copy, PASSPHRASE).close()


def test_remembering_again_makes_old_copies_useless(
    desktop_keyring: Session, library: Library, book: Vault
) -> None:
    done(book.ways.remember_here())
    old = (book.folder / replicas.NAMES[0]).read_bytes()
    done(book.ways.remember_here())
    book.close()
    for name in replicas.NAMES:
        (book.folder / name).write_bytes(old)
    with pytest.raises(KeyringForgotten):
        library.open_with_keyring(book.folder)


@pytest.mark.parametrize("change", ["gone", "another", "short", "not a key"])
def test_a_half_that_is_gone_or_changed_is_forgotten(
    desktop_keyring: Session, library: Library, book: Vault, change: str
) -> None:
    done(book.ways.remember_here())
    book.close()
    book_id = replicas.remembered(book.folder)
    assert book_id is not None
    ring = ComputerKeyring()
    if change == "gone":
        ring.delete(book_id)
    else:
        ring.store(book_id, {"another": "ab" * 32, "short": "ab", "not a key": "eight fold"}[change])
    before = {path: path.read_bytes() for path in book.folder.glob("book.*")}
    with pytest.raises(KeyringForgotten):
        library.open_with_keyring(book.folder)
    assert {path: path.read_bytes() for path in book.folder.glob("book.*")} == before
    library.open(book.folder, PASSPHRASE).close()


def test_a_locked_keyring_leaves_the_passphrase(
    desktop_keyring: Session, library: Library, book: Vault
) -> None:
    done(book.ways.remember_here())
    desktop_keyring.lock()
    assert done(book.ways.keyring_state()).offered, "looking asks nobody to unlock it"
    with pytest.raises(KeyringLocked):
        done(book.ways.remember_here())
    assert slots(book.folder) == [["keyring"], ["keyring"]], "what was there stays as it was"
    book.close()
    with pytest.raises(KeyringLocked):
        library.open_with_keyring(book.folder)
    library.open(book.folder, PASSPHRASE).close()


def test_a_keyring_without_a_password_is_refused_and_gets_nothing(
    desktop_keyring: Session, book: Vault
) -> None:
    desktop_keyring.add_default("open to all", b"")
    before = {path: path.read_bytes() for path in desktop_keyring.keyrings.iterdir()}
    state = done(book.ways.keyring_state())
    assert (state.offered, state.on, type(state.problem)) == (False, False, KeyringUnprotected)
    with pytest.raises(KeyringUnprotected):
        done(book.ways.remember_here())
    assert {path: path.read_bytes() for path in desktop_keyring.keyrings.iterdir()} == before
    assert slots(book.folder) == [[], []]


def test_without_a_service_nothing_is_offered(bus: Session, library: Library, vault: Vault) -> None:
    state = done(vault.ways.keyring_state())
    assert (state.offered, state.on, type(state.problem)) == (False, False, KeyringUnavailable)
    with pytest.raises(KeyringUnavailable):
        done(vault.ways.remember_here())
    assert slots(vault.folder) == [[], []]


def test_a_service_that_went_away_takes_no_way_in_with_it(
    bus: Session, library: Library, vault: Vault
) -> None:
    process = bus.begin_keyring("--unlock")
    done(vault.ways.remember_here())
    bus.end_part(process)
    vault.close()
    with pytest.raises(KeyringUnavailable):
        library.open_with_keyring(vault.folder)
    again = library.open(vault.folder, PASSPHRASE)
    with pytest.raises(KeyringUnavailable):
        done(again.ways.forget_here())
    assert slots(again.folder) == [[], []], "the book's half goes even so"
    bus.begin_keyring("--unlock")
    assert "secret" in kept(bus)
    done(again.ways.forget_here())
    assert kept(bus) == "", "asked once more, the other half goes too"
    again.close()


def test_a_service_that_never_answers_holds_nothing_up(
    bus: Session, library: Library, vault: Vault
) -> None:
    with silence(bus) as was_asked:
        refused = vault.ways.remember_here()
        was_asked()
        done(vault.ways.rename(done(vault.ways.all())[0].id, "Anna"))
        assert not refused.done(), "other changes do not wait for it"
        library.stop_asking()
        with pytest.raises(KeyringUnavailable):
            done(refused)
    answered()


def test_a_service_that_never_answers_is_given_up(bus: Session, decoder: Decoder, tmp_path: Path) -> None:
    keyring = ComputerKeyring(patience=0.3)
    library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST, keyring=keyring)
    vault = library.create(tmp_path / "Memory Book", PASSPHRASE)
    with silence(bus):
        with pytest.raises(KeyringUnavailable):
            done(vault.ways.remember_here())
        vault.close()
    answered()
    assert slots(vault.folder) == [[], []]


def test_a_program_that_ends_does_not_wait_for_an_answer(
    bus: Session, library: Library, vault: Vault
) -> None:
    with silence(bus) as was_asked:
        refused = vault.ways.remember_here()
        was_asked()
        library.stop_asking()
        with pytest.raises(KeyringUnavailable):
            refused.result(AT_ONCE)
    answered()


def test_key_files_that_cannot_be_written_leave_nothing_in_the_keyring(
    desktop_keyring: Session, book: Vault
) -> None:
    with read_only(book.folder), pytest.raises(BookReadOnly):
        done(book.ways.remember_here())
    assert kept(desktop_keyring) == ""
    assert slots(book.folder) == [[], []]


def test_key_files_that_cannot_be_written_keep_both_halves(
    desktop_keyring: Session, library: Library, book: Vault
) -> None:
    done(book.ways.remember_here())
    with read_only(book.folder), pytest.raises(BookReadOnly):
        done(book.ways.forget_here())
    book.close()
    library.open_with_keyring(book.folder).close()


def test_a_closed_book_remembers_nothing(desktop_keyring: Session, book: Vault) -> None:
    book.close()
    for change in (book.ways.remember_here, book.ways.forget_here):
        with pytest.raises(BookClosed):
            done(change())
    assert kept(desktop_keyring) == ""


def test_another_book_in_the_same_keyring_stays(
    desktop_keyring: Session, library: Library, book: Vault, tmp_path: Path
) -> None:
    other = library.create(tmp_path / "Other", PASSPHRASE)
    done(book.ways.remember_here())
    done(other.ways.remember_here())
    done(book.ways.forget_here())
    other.close()
    library.open_with_keyring(other.folder).close()
