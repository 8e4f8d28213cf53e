"""Words are compared in a process of their own, which can do nothing else and ends when it is told to."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from memorybook.domain.spelling import Dictionary
from memorybook.errors import DictionaryNotRecognised, SpellerStopped
from memorybook.system.speller import Speller, client, protocol
from tests import dictionaries, timers
from tests.unit.system.decoder.test_sandbox import status_of
from tests.unit.system.decoder.test_worker_life import is_gone, until


def test_words_are_known_or_not_and_others_are_proposed(tmp_path: Path) -> None:
    speller = Speller(dictionaries.english(tmp_path))
    try:
        assert speller.worker_id is None
        words = ("remembered", "Remembering", "rememberd", "it's", "THE", "sae", "שלום")
        assert speller.check(words) == (True, True, False, True, True, False, True)
        assert "their" in speller.suggest("thier")
        assert "remembered" in speller.suggest("rememberd")
        assert speller.check([]) == ()
    finally:
        speller.close()


def test_a_script_read_from_right_to_left(tmp_path: Path) -> None:
    speller = Speller(dictionaries.hebrew(tmp_path))
    try:
        assert speller.check(["שלום", "שלוום"]) == (True, False)
        assert speller.suggest("שלוום") == ("שלום",)
    finally:
        speller.close()


def test_an_old_code_page_has_no_opinion_of_other_letters(tmp_path: Path) -> None:
    speller = Speller(dictionaries.latin(tmp_path))
    try:
        assert speller.check(["été", "ete", "שלום", "naïve"]) == (True, False, True, True)
        assert speller.suggest("שלום") == ()
        assert "mère" in speller.suggest("mére")
    finally:
        speller.close()


def test_it_can_open_send_and_write_nothing(tmp_path: Path) -> None:
    speller = Speller(dictionaries.english(tmp_path))
    try:
        speller.check(["sea"])
        process = speller.worker_id
        assert process is not None
        status = status_of(process)
        assert (status["Seccomp"], status["NoNewPrivs"], status["Umask"]) == ("2", "1", "0077")
        found = [str(link.readlink()) for link in Path(f"/proc/{process}/fd").iterdir()]
        assert [name for name in found if name != "/dev/null" and not name.startswith("pipe:")] == []
        environment = Path(f"/proc/{process}/environ").read_bytes()
        assert str(Path.home()).encode() not in environment
        arguments = Path(f"/proc/{process}/cmdline").read_bytes()
        assert b"sea" not in arguments
        assert str(tmp_path).encode() not in arguments
    finally:
        speller.close()
    assert is_gone(process)


def test_the_environment_adds_no_dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dictionaries.write(tmp_path / "other", "en_GB", ("nonsense",))
    for name in ("HUNSPELL_DATA", "DICPATH", "DICTIONARY", "WORDLIST"):
        monkeypatch.setenv(name, str(tmp_path / "other"))
    speller = Speller(dictionaries.english(tmp_path / "here"))
    try:
        assert speller.check(["nonsense", "sea"]) == (False, True)
    finally:
        speller.close()


@pytest.mark.parametrize(
    ("affixes", "words"),
    [("", ()), ("\x00\xff garbage", ("/", "//", "0")), ("SET UTF-8\n", ("12", "13"))],
    ids=["empty", "garbage", "numbers"],
)
def test_what_knows_none_of_its_own_words_is_no_dictionary(
    tmp_path: Path, affixes: str, words: tuple[str, ...]
) -> None:
    speller = Speller(dictionaries.write(tmp_path, "xx", words, affixes=affixes))
    with pytest.raises(DictionaryNotRecognised):
        speller.check(["sea"])
    assert speller.worker_id is None
    speller.close()


def test_a_dictionary_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    speller = Speller(Dictionary("en_GB", tmp_path))
    with pytest.raises(DictionaryNotRecognised):
        speller.suggest("sea")
    speller.close()


def test_a_process_that_was_ended_is_started_anew(tmp_path: Path) -> None:
    speller = Speller(dictionaries.english(tmp_path))
    try:
        assert speller.check(["sea"]) == (True,)
        first = speller.worker_id
        assert first is not None
        os.kill(first, signal.SIGKILL)
        until(lambda: is_gone(first))
        assert speller.check(["sae"]) == (False,)
        assert speller.worker_id != first
    finally:
        speller.close()


def test_an_answer_that_does_not_come_is_waited_for_no_longer_than_said(tmp_path: Path) -> None:
    speller = Speller(dictionaries.english(tmp_path), patience=5.0)
    try:
        speller.check(["sea"])
        held = speller.worker_id
        assert held is not None
        os.kill(held, signal.SIGSTOP)
        with pytest.raises(SpellerStopped):
            speller.check(["sea"])
        assert is_gone(held)
        assert speller.check(["sea"]) == (True,)
    finally:
        speller.close()


def test_closing_ends_it_in_the_middle_of_an_answer(tmp_path: Path) -> None:
    speller = Speller(dictionaries.english(tmp_path))
    speller.check(["sea"])
    held = speller.worker_id
    assert held is not None
    os.kill(held, signal.SIGSTOP)
    raised: list[SpellerStopped] = []

    def ask() -> None:
        try:
            speller.check(["sea"])
        except SpellerStopped as stopped:
            raised.append(stopped)

    thread = threading.Thread(target=ask)
    thread.start()
    until(timers.running)
    started = time.monotonic()
    speller.close()
    thread.join()
    assert raised
    assert time.monotonic() - started < client.SECONDS_PER_ANSWER
    assert is_gone(held)
    with pytest.raises(SpellerStopped):
        speller.check(["sea"])


def test_what_the_process_says_is_checked() -> None:
    for body, number in ((b"\x01", 2), (b"\x02", 1), (b"", 1)):
        with pytest.raises(protocol.ProtocolError):
            protocol.unpack_verdicts(body, number)
    with pytest.raises(protocol.ProtocolError):
        protocol.unpack_suggestions(b"\xff")
    assert protocol.unpack_suggestions("sea\nline\u2028break\n\nlong".encode() + b"x" * 200) == ("sea",)
    assert len(protocol.unpack_suggestions(b"a\n" * 50)) == protocol.SUGGESTIONS


def test_the_packaged_program_is_its_own_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert client.worker_command() == [sys.executable, client.WORKER_ARGUMENT]
