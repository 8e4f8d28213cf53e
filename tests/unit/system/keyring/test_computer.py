"""The password store of the computer, with GNOME's real one on a session bus of its own."""

import os
import secrets
import signal
import socket
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
import secretstorage

from memorybook.errors import (
    KeyringForgotten,
    KeyringLocked,
    KeyringUnavailable,
    KeyringUnprotected,
)
from memorybook.system.keyring import ComputerKeyring
from memorybook.system.keyring.computer import SECONDS_PER_CALL
from tests.keyrings import SECONDS, Session, nonsense, silence

ACCOUNT = secrets.token_hex(16)
SECRET = secrets.token_hex(32)
PATIENCE = 0.3
AT_ONCE = SECONDS_PER_CALL - 1
"""Seconds: a refusal that takes longer has waited for an answer that nobody gives."""


def kept(session: Session) -> str:
    return session.search("service", "org.memorybook") + session.search("service", "org.memorybook.check")


def everything_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def the_thread_left_behind() -> threading.Thread:
    (thread,) = (each for each in threading.enumerate() if each.name == "memorybook-keyring")
    return thread


def test_a_secret_is_stored_given_back_and_deleted(desktop_keyring: Session) -> None:
    ring = ComputerKeyring()
    ring.look()
    ring.check()
    assert kept(desktop_keyring) == "", "the trial item is gone"
    ring.store(ACCOUNT, SECRET)
    assert ring.fetch(ACCOUNT) == SECRET
    found = desktop_keyring.search("service", "org.memorybook", "username", ACCOUNT)
    assert f"secret = {SECRET}" in found, "positive control: secret-tool sees it"
    ring.delete(ACCOUNT)
    assert kept(desktop_keyring) == ""
    with pytest.raises(KeyringForgotten):
        ring.fetch(ACCOUNT)


def test_an_account_has_one_secret_and_its_own(desktop_keyring: Session) -> None:
    ring = ComputerKeyring()
    ring.store(ACCOUNT, SECRET)
    ring.store(ACCOUNT, SECRET[::-1])
    ring.store("another", "ab")
    assert ring.fetch(ACCOUNT) == SECRET[::-1]
    ring.delete(ACCOUNT)
    assert ring.fetch("another") == "ab"


def test_deleting_what_is_not_there_is_fine(desktop_keyring: Session) -> None:
    ComputerKeyring().delete(ACCOUNT)


def test_an_item_is_deleted_from_the_keyring_that_was_the_default_once(desktop_keyring: Session) -> None:
    ring = ComputerKeyring()
    ring.store(ACCOUNT, SECRET)
    desktop_keyring.add_default("another", b"with a password")
    with pytest.raises(KeyringForgotten):
        ring.fetch(ACCOUNT)
    ring.store(ACCOUNT, SECRET[::-1])
    ring.delete(ACCOUNT)
    assert kept(desktop_keyring) == ""


def test_the_item_names_no_one(desktop_keyring: Session) -> None:
    ComputerKeyring().store(ACCOUNT, SECRET)
    with closing(secretstorage.dbus_init()) as bus:
        (item,) = secretstorage.search_items(bus, {"service": "org.memorybook"})
        assert item.get_label() == f"Password for '{ACCOUNT}' on 'org.memorybook'"
        attributes = item.get_attributes()
    assert attributes.pop("application") == "Python keyring library"
    assert attributes.pop("xdg:schema", "org.freedesktop.Secret.Generic") == "org.freedesktop.Secret.Generic"
    assert attributes == {"service": "org.memorybook", "username": ACCOUNT}


def test_a_locked_keyring_is_told_at_once_where_nobody_can_be_asked(desktop_keyring: Session) -> None:
    ring = ComputerKeyring()
    ring.store(ACCOUNT, SECRET)
    desktop_keyring.lock()
    ring.look()
    for call in (ring.check, lambda: ring.fetch(ACCOUNT), lambda: ring.delete(ACCOUNT)):
        began = time.monotonic()
        with pytest.raises(KeyringLocked):
            call()
        assert time.monotonic() - began < AT_ONCE


@pytest.mark.parametrize("label", ["login2", "Standard-Schlüsselbund_1", "a"])
def test_a_keyring_without_a_password_gets_nothing(desktop_keyring: Session, label: str) -> None:
    desktop_keyring.add_default(label, b"")
    before = everything_below(desktop_keyring.keyrings)
    ring = ComputerKeyring()
    for call in (ring.look, ring.check, lambda: ring.store(ACCOUNT, SECRET), lambda: ring.fetch(ACCOUNT)):
        with pytest.raises(KeyringUnprotected):
            call()
    assert everything_below(desktop_keyring.keyrings) == before
    assert kept(desktop_keyring) == ""


def test_what_a_keyring_keeps_can_be_deleted_after_its_password_went(desktop_keyring: Session) -> None:
    ring = ComputerKeyring()
    ring.store(ACCOUNT, SECRET)
    desktop_keyring.add_default("open to all", b"")
    ring.delete(ACCOUNT)
    assert kept(desktop_keyring) == ""


def test_what_lies_in_a_keyring_that_lost_its_password_is_taken_out(desktop_keyring: Session) -> None:
    ring = ComputerKeyring()
    desktop_keyring.add_default("open to all", b"")
    with closing(secretstorage.dbus_init()) as bus:
        collection = secretstorage.get_default_collection(bus)
        attributes = {"service": "org.memorybook", "username": ACCOUNT}
        collection.create_item("as after a change of its password", attributes, SECRET.encode())
    assert SECRET.encode() in everything_below(desktop_keyring.keyrings)
    with pytest.raises(KeyringUnprotected):
        ring.fetch(ACCOUNT)
    assert SECRET.encode() not in everything_below(desktop_keyring.keyrings)


def test_a_keyring_without_a_password_really_is_a_text_file(desktop_keyring: Session) -> None:
    """The positive control: what would have happened to the secret."""
    desktop_keyring.add_default("open to all", b"")
    with closing(secretstorage.dbus_init()) as bus:
        collection = secretstorage.get_default_collection(bus)
        collection.create_item("x", {"service": "org.memorybook"}, SECRET.encode())
    assert SECRET.encode() in everything_below(desktop_keyring.keyrings)


def test_a_keyring_with_a_password_keeps_nothing_in_clear(desktop_keyring: Session) -> None:
    ComputerKeyring().store(ACCOUNT, SECRET)
    written = everything_below(desktop_keyring.keyrings)
    assert b"GnomeKeyring" in written
    assert SECRET.encode() not in written
    assert bytes.fromhex(SECRET) not in written


def test_no_keyring_is_made_where_there_is_none(bus: Session) -> None:
    bus.begin_keyring()
    ring = ComputerKeyring()
    for call in (ring.look, ring.check, lambda: ring.store(ACCOUNT, SECRET), lambda: ring.fetch(ACCOUNT)):
        with pytest.raises(KeyringUnavailable):
            call()
    assert not list(bus.keyrings.glob("*.keyring"))


def test_without_a_service_every_call_is_refused_at_once(bus: Session) -> None:
    _refused_at_once()


@pytest.mark.parametrize("address", ["", "unix:path=/nonexistent/bus", "nonsense"])
def test_without_a_bus_every_call_is_refused_at_once(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    _refused_at_once()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    _refused_at_once()


def test_a_service_that_answers_nonsense_is_refused_at_once(bus: Session) -> None:
    with nonsense(bus):
        _refused_at_once()


def test_a_service_that_ended_is_refused_at_once(bus: Session) -> None:
    process = bus.begin_keyring("--unlock")
    ComputerKeyring().store(ACCOUNT, SECRET)
    bus.end_part(process)
    _refused_at_once()


def _refused_at_once() -> None:
    ring = ComputerKeyring()
    for call in (
        ring.look,
        ring.check,
        lambda: ring.store(ACCOUNT, SECRET),
        lambda: ring.fetch(ACCOUNT),
        lambda: ring.delete(ACCOUNT),
    ):
        began = time.monotonic()
        with pytest.raises(KeyringUnavailable):
            call()
        assert time.monotonic() - began < AT_ONCE


def test_a_service_that_never_answers_is_given_up_and_not_asked_twice(bus: Session) -> None:
    ring = ComputerKeyring(patience=PATIENCE)
    with silence(bus):
        began = time.monotonic()
        with pytest.raises(KeyringUnavailable):
            ring.fetch(ACCOUNT)
        assert PATIENCE <= time.monotonic() - began < PATIENCE + AT_ONCE
        left_behind = the_thread_left_behind()
        assert left_behind.daemon, "it does not hold up the end of the program"
        patient = ring._patience = 60.0
        for _ in range(3):
            began = time.monotonic()
            with pytest.raises(KeyringUnavailable):
                ring.check()
            assert time.monotonic() - began < AT_ONCE < patient
        assert the_thread_left_behind() is left_behind
    left_behind.join(SECONDS)
    assert not left_behind.is_alive(), "it ends when the service does"


def test_who_waits_is_refused_when_the_program_ends(bus: Session) -> None:
    ring = ComputerKeyring()
    refused: list[type[Exception]] = []

    def ask() -> None:
        try:
            ring.fetch(ACCOUNT)
        except KeyringUnavailable as problem:
            refused.append(type(problem))

    with silence(bus) as was_asked:
        waiting = [threading.Thread(target=ask) for _ in range(2)]
        for thread in waiting:
            thread.start()
        was_asked()
        left_behind = the_thread_left_behind()
        ring.give_up()
        for thread in waiting:
            thread.join(AT_ONCE)
        assert refused == [KeyringUnavailable] * 2
    left_behind.join(SECONDS)


def test_a_bus_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # A socket's name has 107 bytes at most, which pytest's own folder comes close to.
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as mute:
        mute.bind(f"{folder}/bus")
        mute.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={folder}/bus")
        with pytest.raises(KeyringUnavailable):
            ComputerKeyring(patience=PATIENCE).look()
        left_behind = the_thread_left_behind()
    left_behind.join(SECONDS)
    assert not left_behind.is_alive()


def test_after_a_late_answer_the_service_is_asked_again(bus: Session) -> None:
    process = bus.begin_keyring("--unlock")
    ring = ComputerKeyring(patience=PATIENCE)
    os.kill(process, signal.SIGSTOP)
    with pytest.raises(KeyringUnavailable):
        ring.store(ACCOUNT, SECRET)
    late = the_thread_left_behind()
    os.kill(process, signal.SIGCONT)
    late.join(SECONDS)
    assert kept(bus) == "", "what was written after it was given up is taken back"
    patient = ComputerKeyring()
    patient.store(ACCOUNT, SECRET)
    assert patient.fetch(ACCOUNT) == SECRET


def test_calls_from_several_threads_wait_for_one_another(desktop_keyring: Session) -> None:
    ring = ComputerKeyring()
    wrong: list[str] = []

    def keep(account: str) -> None:
        ring.store(account, account * 2)
        if ring.fetch(account) != account * 2:
            wrong.append(account)

    threads = [threading.Thread(target=keep, args=(secrets.token_hex(16),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not wrong
