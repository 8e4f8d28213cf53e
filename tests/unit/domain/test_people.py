"""What counts as written down, which word is used, and when two tags are the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.gestation import Gestation
from memorybook.domain.ids import BabyId, PersonId, PhotoId
from memorybook.domain.people import BabyDraft, CeremonyDraft, Measurement
from memorybook.domain.tags import folded, tidy
from memorybook.domain.wording import Word, own_word, word_for

SECRET = "lighthouse"
DAY = VagueDate(2024, about=True)


@pytest.mark.parametrize("field", ["names", "word", "place", "carers", "met", "notes"])
def test_any_words_make_a_record(field: str) -> None:
    assert not BabyDraft(**{field: "x"}).is_empty  # type: ignore[arg-type]
    assert BabyDraft(**{field: " \n"}).is_empty  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["due", "learned", "born", "died"])
def test_one_vague_date_makes_a_record(field: str) -> None:
    assert not BabyDraft(**{field: DAY}).is_empty  # type: ignore[arg-type]


def test_how_far_along_and_measurements_make_a_record() -> None:
    assert BabyDraft().is_empty
    assert BabyDraft(in_book=False).is_empty
    assert not BabyDraft(gestation=Gestation(0)).is_empty
    assert not BabyDraft(measurements=(Measurement("weight", "12 oz"),)).is_empty
    assert not BabyDraft(measurements=(Measurement("hair like mine", ""),)).is_empty
    assert BabyDraft(measurements=(Measurement("weight", " "), Measurement("", ""))).is_empty


def test_a_farewell_is_empty_until_something_is_said() -> None:
    assert CeremonyDraft(baby=BabyId(1), in_book=False).is_empty
    assert not CeremonyDraft(day=DAY).is_empty
    for field in ("label", "place", "readings", "music", "who", "rests", "notes"):
        assert not CeremonyDraft(**{field: "x"}).is_empty  # type: ignore[arg-type]


def test_a_page_is_empty_without_words_pictures_and_fields() -> None:
    chosen = EntryDraft(day=DAY, author=PersonId(1), in_book=False, babies=(BabyId(1),), tags=(" ",))
    assert chosen.is_empty
    for words in ({"title": "x"}, {"body": "x"}, {"recipient": "x"}, {"tags": ("x",)}):
        assert not replace(chosen, **words).is_empty
    assert not replace(chosen, photos=(PhotoId(1),)).is_empty


def test_nothing_that_is_written_is_in_a_repr() -> None:
    measured = (Measurement(SECRET, SECRET),)
    baby = BabyDraft(names=SECRET, word=SECRET, measurements=measured, place=SECRET, notes=SECRET)
    ceremony = CeremonyDraft(label=SECRET, readings=SECRET, who=SECRET)
    page = EntryDraft(title=SECRET, tags=(SECRET,), recipient=SECRET)
    assert SECRET not in repr((baby, ceremony, page))


@pytest.mark.parametrize(
    ("own", "books", "used"),
    [
        ("", None, "baby"),
        ("", "", "baby"),
        ("", "pregnancy", "pregnancy"),
        ("son", "pregnancy", "son"),
        (" our bean ", "name", "our bean"),
        (" ", "name", "name"),
    ],
)
def test_a_baby_s_own_word_goes_before_the_book_s(own: str, books: str | None, used: str) -> None:
    assert word_for(own, books) == used


def test_a_family_s_own_word_is_told_from_the_codes() -> None:
    assert [own_word(word) for word in Word] == [""] * len(Word)
    assert own_word("our bean") == "our bean"


def test_tags_are_the_same_without_capitals_accents_and_blanks() -> None:
    typed = ("The  Sea", "the sea", " ", "Été", "ete\u0301", "", "Garden\n")
    assert tidy(typed) == ("The Sea", "Été", "Garden")


@given(st.lists(st.text(max_size=6), max_size=6))
def test_tidy_tags_are_tidy(typed: list[str]) -> None:
    tags = tidy(typed)
    assert tidy(tags) == tags
    assert len({folded(tag) for tag in tags}) == len(tags)
    assert all(folded(tag) and "\n" not in tag for tag in tags)
    assert {folded(tag) for tag in tags} == {folded(tag) for tag in typed} - {""}
