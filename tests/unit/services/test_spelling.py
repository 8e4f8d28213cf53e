"""Words of the page compared with a dictionary and with what the family keeps in its own book."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from memorybook.domain.changes import ChangeSet
from memorybook.domain.people import BabyDraft
from memorybook.errors import BookClosed, DictionaryNotRecognised, SpellerStopped
from memorybook.services.preferences import TITLE
from memorybook.services.spelling import OFF
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests import dictionaries
from tests.books import FAST, PASSPHRASE
from tests.unit.system.decoder.test_worker_life import is_gone, until


@pytest.fixture
def library(decoder: Decoder, tmp_path: Path) -> Library:
    here = dictionaries.on_this_computer(tmp_path / "dictionaries")
    return Library(decoder=decoder, clock=SystemClock(), kdf=FAST, dictionaries=here)


@pytest.fixture
def vault(library: Library, tmp_path: Path) -> Iterator[Vault]:
    vault = library.create(tmp_path / "book", PASSPHRASE)
    vault.spelling.state("en_GB").result()
    yield vault
    vault.close()


def wrong(vault: Vault, text: str) -> list[str]:
    return [word for word, right in vault.spelling.check(text.split()).result().items() if not right]


def test_the_language_of_the_computer_is_taken_until_one_is_chosen(vault: Vault) -> None:
    state = vault.spelling.state("en_AU").result()
    assert state.choice == ""
    assert [each.name for each in state.found] == ["en_GB", "he_IL"]
    assert state.active is not None
    assert state.active.name == "en_GB"
    assert vault.spelling.state("fr_FR").result().active is None
    assert wrong(vault, "sae") == []
    vault.spelling.choose("he_IL").result()
    chosen = vault.spelling.state("en_GB").result()
    assert (chosen.choice, chosen.active) == ("he_IL", state.found[1])
    assert wrong(vault, "שלום שלוום") == ["שלוום"]
    vault.spelling.choose("fr").result()
    missing = vault.spelling.state("en_GB").result()
    assert (missing.active, missing.is_missing) == (None, True)
    vault.spelling.choose(OFF).result()
    off = vault.spelling.state("en_GB").result()
    assert (off.active, off.is_missing) == (None, False)
    assert wrong(vault, "sae") == []


def test_the_choice_is_in_the_book(vault: Vault, library: Library) -> None:
    vault.spelling.choose("he_IL").result()
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.spelling.state("en_GB").result().choice == "he_IL"
    again.close()


def test_kept_words_are_right_in_this_book_and_go_with_it(vault: Vault, library: Library) -> None:
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    assert wrong(vault, "the snuggly sea") == ["snuggly"]
    vault.spelling.keep("snuggly").result()
    vault.spelling.keep("snuggly").result()
    vault.spelling.keep("Ádám").result()
    assert published == [ChangeSet(spelling=True)] * 2
    assert wrong(vault, "the snuggly Snuggly SNUGGLY snuggly's ádám sae") == ["sae"]
    assert vault.spelling.kept().result() == ("snuggly", "Ádám")
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    again.spelling.state("en_GB").result()
    assert wrong(again, "snuggly") == []
    again.spelling.forget("snuggly").result()
    again.spelling.forget("never there").result()
    assert wrong(again, "snuggly") == ["snuggly"]
    again.close()


def test_a_name_is_never_wrong(vault: Vault) -> None:
    text = "Mireille Zoë Béla Quillon's Tove"
    assert wrong(vault, text) == text.split()
    vault.record.keep_baby(None, BabyDraft(names="Mireille Zoë")).result()
    vault.people.add("Grandma Béla").result()
    vault.preferences.put(TITLE, "For Quillon").result()
    assert wrong(vault, text) == ["Tove"]


def test_apostrophes_of_print_and_keyboard_are_one(vault: Vault) -> None:
    assert wrong(vault, "it's it’s don’t do’nt") == ["do’nt"]
    assert "don’t" in vault.spelling.suggest("do’nt").result()


def test_suggestions(vault: Vault) -> None:
    assert "their" in vault.spelling.suggest("thier").result()
    vault.spelling.choose(OFF).result()
    vault.spelling.state("en_GB").result()
    assert vault.spelling.suggest("thier").result() == ()


def test_a_dictionary_is_brought(vault: Vault, tmp_path: Path) -> None:
    file = dictionaries.latin(tmp_path / "from").folder / "fr.dic"
    assert [each.name for each in vault.spelling.bring(file).result()] == ["fr"]
    assert vault.spelling.state("fr_FR").result().active is not None
    assert wrong(vault, "été ete") == ["ete"]
    bad = dictionaries.write(tmp_path / "bad", "de", ()).folder / "de.dic"
    with pytest.raises(DictionaryNotRecognised):
        vault.spelling.bring(bad).result()
    assert [each.name for each in vault.spelling.state("fr").result().found] == ["en_GB", "fr", "he_IL"]


def test_a_process_that_keeps_ending_is_left_alone(vault: Vault) -> None:
    for _ in range(3):
        assert wrong(vault, "sae") == ["sae"]
        process = worker_of(vault)
        os.kill(process, signal.SIGSTOP)
        asked = vault.spelling.check(["sea"])
        os.kill(process, signal.SIGKILL)
        assert isinstance(asked.exception(), SpellerStopped | None)
        until(lambda process=process: is_gone(process))  # type: ignore[misc]
    assert wrong(vault, "sae") == ["sae"], "the count begins anew with every answer"


def worker_of(vault: Vault) -> int:
    speller = vault.spelling._speller
    assert speller is not None
    assert speller.worker_id is not None
    return speller.worker_id


@pytest.mark.parametrize("at_once", [True, False])
def test_nothing_of_it_is_left_when_the_book_is_closed(vault: Vault, *, at_once: bool) -> None:
    assert wrong(vault, "sae") == ["sae"]
    process = worker_of(vault)
    os.kill(process, signal.SIGSTOP)
    asked = vault.spelling.check(["sea"])
    queued = vault.spelling.suggest("sea")  # no thread ever comes to it
    vault.close_at_once() if at_once else vault.close()
    assert isinstance(asked.exception(), SpellerStopped | BookClosed), "stopped, or not begun"
    assert isinstance(queued.exception(), BookClosed)
    assert is_gone(process)
    assert isinstance(vault.spelling.check(["sea"]).exception(), BookClosed)
    vault.close()
