"""The list that sheets are printed from, and what somebody types of a sheet."""

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorybook import resources
from memorybook.domain import recovery
from memorybook.errors import RecoveryWordsMistyped, WordListDamaged
from memorybook.services import recovery as service
from memorybook.services.recovery import RecoverySheet, RecoveryWords

RECOVERY = RecoveryWords()
WORDS = RECOVERY.words
SEED = bytes.fromhex("8f3d0c5ab1e9472686d4f07b2c915ea3")
SHEET = RECOVERY.sheet(SEED)

DATA = Path(__file__).parents[1] / "domain" / "data"


def lines(name: str) -> Iterator[str]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def unprintable() -> dict[str, str]:
    """Every word that may not be printed, with the heading it stands under."""
    found: dict[str, str] = {}
    heading = ""
    for line in lines("unprintable.txt"):
        if line.startswith("["):
            heading = line.strip("[]")
        else:
            found |= dict.fromkeys(line.split(), heading)
    return found


def one_edit_away(word: str) -> set[str]:
    """Every text that a slip makes of a word: one letter more, less or other, or two neighbours swapped."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(a + letter + b for a, b in cuts for letter in letters),
        *(a + letter + b[1:] for a, b in cuts if b for letter in letters),
        *(a + b[1:] for a, b in cuts if b),
        *(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1),
    } - {word}


def test_the_list_is_the_one_it_always_was() -> None:
    """Its digest is never changed: sheets that were printed would open nothing any more."""
    content = (resources.folder("words") / "english.txt").read_bytes()
    assert (
        hashlib.sha256(content).hexdigest()
        == service.LIST_SHA256
        == "3243d6436501913ab54fd0127bcea1c4bbc00759c65de0caf8025d74f5692e88"
    )
    assert content == "".join(f"{word}\n" for word in WORDS).encode("ascii")


def test_the_list_is_2048_sorted_words_of_four_to_eight_letters() -> None:
    assert len(WORDS) == len(set(WORDS)) == recovery.LIST_LENGTH
    assert list(WORDS) == sorted(WORDS)
    assert [word for word in WORDS if not re.fullmatch("[a-z]{4,8}", word)] == []


def test_four_letters_tell_every_word() -> None:
    beginnings = Counter(word[: service.TELLING_LETTERS] for word in WORDS)
    assert [beginning for beginning, count in beginnings.items() if count > 1] == []


def test_no_slip_makes_one_word_of_another() -> None:
    everything = set(WORDS)
    assert [(word, other) for word in WORDS for other in one_edit_away(word) & everything] == []


def test_no_two_words_sound_the_same() -> None:
    everything = set(WORDS)
    found = [sorted(everything.intersection(line.split())) for line in lines("sound_alikes.txt")]
    assert len(found) > 150
    assert [alike for alike in found if len(alike) > 1] == []


def test_no_word_is_one_that_should_not_be_printed() -> None:
    kept_off = unprintable()
    assert len(kept_off) > 2000
    assert len(set(kept_off.values())) >= 20
    stings = kept_off | {word + ending: why for word, why in kept_off.items() for ending in ("s", "es")}
    assert {word: stings[word] for word in WORDS if word in stings} == {}


@pytest.mark.parametrize(
    "word", ["baby", "child", "cradle", "infant", "orphan", "grief", "abandon", "mother", "father", "blood"]
)
def test_the_words_of_other_lists_that_hurt_are_known(word: str) -> None:
    assert word in unprintable()
    assert not RECOVERY.is_word(word)


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"acorn\n",
        b"\xff" * 100,
        "\n".join(reversed(WORDS)).encode("ascii"),
        "\n".join((*WORDS[:-1], "zoo")).encode("ascii"),
    ],
)
def test_a_list_that_was_changed_is_not_used(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "words"
    shutil.copytree(resources.folder("words"), folder)
    if content is None:
        (folder / "english.txt").unlink()
    else:
        (folder / "english.txt").write_bytes(content)
    service._list.cache_clear()
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path / name)
    with pytest.raises(WordListDamaged):
        RecoveryWords().sheet(SEED)


def test_a_list_with_other_line_ends_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "english.txt").write_bytes("\r\n".join(WORDS).encode("ascii"))
    service._list.cache_clear()
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path / name)
    assert RecoveryWords().words == WORDS


def test_a_word_is_completed_once_there_is_only_one() -> None:
    for word in WORDS:
        assert RECOVERY.complete(word[:4]) == RECOVERY.complete(word) == word
        assert all(RECOVERY.starts_well(word[:length]) for length in range(len(word) + 1))
        assert RECOVERY.is_word(word)
        assert RECOVERY.is_word(f" {word.upper()}\n")


@given(st.text())
def test_completion_never_guesses(text: str) -> None:
    word = RECOVERY.complete(text)
    beginning = text.strip().lower()
    if word is not None:
        assert [each for each in WORDS if each.startswith(word[: len(beginning)])] == [word]
    assert RECOVERY.starts_well(text) or not RECOVERY.is_word(text)


@pytest.mark.parametrize("text", ["", " ", "a", "zz", "acorns", "1", "\U0010ffff", "aco rn"])
def test_what_is_not_completed(text: str) -> None:
    assert RECOVERY.complete(text) is None
    assert not RECOVERY.is_word(text)


def test_nothing_typed_is_a_good_beginning() -> None:
    assert RECOVERY.starts_well("")
    assert RECOVERY.starts_well("A")
    assert not RECOVERY.starts_well("xx")


@pytest.mark.parametrize(
    "text",
    [
        " ".join(SHEET.words),
        "\n".join(SHEET.words).upper(),
        ", ".join(word.title() for word in SHEET.words),
        " ".join(f"{number}. {word}" for number, word in enumerate(SHEET.words, 1)),
        "\n".join(f"{number})\t{word}" for number, word in enumerate(SHEET.words, 1)),
        "-".join(SHEET.words),
        " ".join(word[:4] for word in SHEET.words),
        " ".join(word[:5] for word in SHEET.words),
        "\u00a0".join(SHEET.words) + "\u2028",
        SHEET.code,
        SHEET.code.lower().replace("-", ""),
        SHEET.code.replace("-", " – ").replace("1", "l"),
        "\uff28\uff37\uff39\uff27" + SHEET.code[4:],
    ],
)
def test_the_sheet_is_read_however_it_is_typed(text: str) -> None:
    assert RECOVERY.read(text) == SEED


@given(st.binary(min_size=16, max_size=16))
def test_every_sheet_opens_its_own_seed(seed: bytes) -> None:
    sheet = RECOVERY.sheet(seed)
    assert RECOVERY.read(" ".join(sheet.words)) == RECOVERY.read(sheet.code) == seed


def test_every_slip_in_a_word_is_found_and_pointed_at() -> None:
    known = {word[:length] for word in WORDS for length in range(4, 9)}
    tried = 0
    for position, word in enumerate(SHEET.words):
        for slip in one_edit_away(word) - known:
            tried += 1
            with pytest.raises(RecoveryWordsMistyped) as raised:
                RECOVERY.read(" ".join((*SHEET.words[:position], slip, *SHEET.words[position + 1 :])))
            assert raised.value.position == position
    assert tried > 4000


def test_a_word_cut_below_four_letters_is_pointed_at() -> None:
    with pytest.raises(RecoveryWordsMistyped) as raised:
        RECOVERY.read(" ".join((*SHEET.words[:7], "pap", *SHEET.words[8:])))
    assert raised.value.position == 7


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "correct horse battery staple",
        " ".join(SHEET.words[:11]),
        " ".join((*SHEET.words, "acorn")),
        " ".join(reversed(SHEET.words)),
        SHEET.code[:-1],
        SHEET.code[:-1] + "0",
        "\0" * 100,
    ],
)
def test_what_opens_nothing(text: str) -> None:
    with pytest.raises(RecoveryWordsMistyped):
        RECOVERY.read(text)


@given(st.text())
def test_any_text_is_read_or_mistyped(text: str) -> None:
    with pytest.raises(RecoveryWordsMistyped):
        RECOVERY.read(text)


def test_a_long_text_pasted_by_mistake_is_told_as_one() -> None:
    with pytest.raises(RecoveryWordsMistyped):
        RECOVERY.read("once upon a time " * 20_000)


def test_a_sheet_does_not_show_itself_in_a_log() -> None:
    assert repr(SHEET) == str(SHEET) == "RecoverySheet()"
    assert RecoverySheet(SHEET.words, SHEET.code) == SHEET
