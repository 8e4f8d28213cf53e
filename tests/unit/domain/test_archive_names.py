"""Names of an archive's files are possible everywhere, and no two are the same."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.domain.archive_names import Names, ending_of, link
from memorybook.domain.dates import UNKNOWN, VagueDate


def test_a_name_says_when_and_what() -> None:
    names = Names()
    day = VagueDate.parse("2026-05-03")
    assert names.of("photos", day, "Her hand", ".jpg") == "photos/2026-05-03 Her hand.jpg"
    assert names.of("photos", day, "her HAND", ".jpg") == "photos/2026-05-03 her HAND (2).jpg"
    assert names.of("photos", VagueDate.parse("2026-05~"), "", ".jpg") == "photos/2026-05.jpg"
    assert names.of("photos", VagueDate.parse("XXXX-10-03"), "A: b/c?", ".jpg") == "photos/10-03 A b c.jpg"
    assert names.of("pages", UNKNOWN, "CON", ".md") == "pages/undated CON.md"
    assert names.beside("photos/a.b.heic", "as shown", ".jpg") == "photos/a.b as shown.jpg"


def test_a_name_that_anyone_can_read_says_nothing() -> None:
    names = Names(telling=False)
    assert names.of("photos", VagueDate(2026), "Wren", ".jpg") == "photos/00001.jpg"
    assert names.of("photos", VagueDate(2026), "Wren", ".png") == "photos/00002.png"
    assert names.of("pages", VagueDate(2026), "Wren", ".md") == "pages/00001.md"


def test_the_ending_of_a_file_stays_when_it_is_one() -> None:
    assert ending_of("heart.M4A", ".bin") == ".m4a"
    for odd in ("heart", "heart.", "a.b c", "a.wav/..", "a.averylongone", ".", ""):
        assert ending_of(odd, ".bin") == ".bin"


@settings(max_examples=80)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=6))
def test_any_words_make_a_name(words: list[str]) -> None:
    names = Names()
    made = [names.of("pages", UNKNOWN, each, ".md") for each in words]
    assert len({name.casefold() for name in made}) == len(made)
    for name in made:
        stem = name.removeprefix("pages/").removesuffix(".md")
        assert stem == stem.strip(" .")
        assert not set(stem) & set('<>:"/\\|?*')
        assert all(unicodedata.category(each)[0] != "C" for each in stem)
        assert len(stem.encode("utf-8")) <= 120
        assert link(name).isascii()
        assert not set(link(name)) & set(' "<>#?&')
