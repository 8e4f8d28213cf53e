"""The pages of the record: what was written down is on them, and nothing stands for what was not."""

import pytest

from memorybook.domain.book import BookPlan, PageSize, PlannedBaby, PlannedCeremony
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.dates_text import how_far
from memorybook.domain.gestation import Gestation
from memorybook.domain.people import BabyDraft, CeremonyDraft, Measurement
from tests.unit.rendering.pages import HOSTILE, bookmarks, joined, opened, pdf, qpdf_complaints, text

WREN = BabyDraft(
    names="Wren Ada",
    due=VagueDate(2026, 10, 3),
    learned=VagueDate(2026, 1, about=True),
    born=VagueDate(2026, 5, 22),
    died=VagueDate(2026, 5, 20, about=True),
    gestation=Gestation(20, 6),
    measurements=(
        Measurement("weight", "345 g"),
        Measurement("Hair", "dark"),
        Measurement("A hand round my thumb", ""),
    ),
    place="At home,\nby the window",
    carers="Ellen",
    met="Sam",
    notes="Ears like Sam’s.\n\nNails that were finished.",
)


def made(*babies: PlannedBaby, ceremonies: tuple[PlannedCeremony, ...] = (), language: str = "en") -> bytes:
    return pdf(BookPlan("Ours", "", "", language, PageSize.A5, (), (), babies, ceremonies))


def words(data: bytes) -> list[str]:
    """The lines that are printed behind the cover, in the order in which they are drawn."""
    return [line for line in text(data, "-raw").replace("\f", "\n").split("\n") if line.strip()][1:]


def test_everything_that_is_written_down_is_printed_once_and_in_order() -> None:
    data = made(PlannedBaby(WREN, "baby"))
    assert qpdf_complaints(data) == ""
    assert words(data) == [
        "Wren Ada",
        *("When we knew about January 2026", "Due date 3 October 2026"),
        *("Died about 20 May 2026", "Born 22 May 2026"),
        *("How far along 20 weeks and 6 days", "Weight 345 g", "Hair dark", "A hand round my thumb"),
        *("Where it was At home,", "by the window", "Who cared for us Ellen", "Who was there Sam"),
        "Ears like Sam’s.",
        "Nails that were finished.",
    ]
    assert bookmarks(opened(data)) == ["Wren Ada"]


def test_one_date_is_a_page() -> None:
    data = made(PlannedBaby(BabyDraft(due=VagueDate(2024, 10, about=True)), "baby"))
    assert words(data) == ["Our baby", "Due date about October 2024"]


@pytest.mark.parametrize(
    ("names", "word", "printed"),
    [
        ("Wren", "daughter", "Wren"),
        ("our baby", "baby", "our baby"),
        ("", "baby", "Our baby"),
        ("", "pregnancy", "Our pregnancy"),
        ("", "son", "Our son"),
        ("", "daughter", "Our daughter"),
        ("", "child", "Our child"),
        ("", "our first little one", "our first little one"),
        ("", "Bohne", "Bohne"),
    ],
)
def test_the_family_s_word_stands_where_there_is_no_name(names: str, word: str, printed: str) -> None:
    data = made(PlannedBaby(BabyDraft(names=names, notes="It snowed."), word))
    assert words(data) == [printed, "It snowed."]
    assert bookmarks(opened(data)) == [printed]


def test_without_a_name_and_a_word_nothing_stands_for_them() -> None:
    data = made(PlannedBaby(BabyDraft(died=VagueDate(2010)), "name"))
    assert words(data) == ["Died 2010"]
    assert bookmarks(opened(data)) == ["Died 2010"]


def test_two_without_names_are_not_numbered() -> None:
    draft = BabyDraft(notes="Spring.")
    data = made(PlannedBaby(draft, "baby"), PlannedBaby(draft, "baby"))
    assert words(data) == ["Our baby", "Spring."] * 2


@pytest.mark.parametrize(
    ("born", "died", "first"),
    [
        ("2026-05-22", "2026-05-20~", "Died"),
        ("2026-05-22", "2026-05-22", "Born"),
        ("2026-05-22", "2026-05-23", "Born"),
        ("2026-05-22", "2026-05", "Born"),
        ("2026-05-22", "2025", "Died"),
        ("2026", "2026-01-01", "Born"),
        ("XXXX-05-22", "2026-01-01", "Born"),
    ],
)
def test_what_surely_came_first_stands_first(born: str, died: str, first: str) -> None:
    draft = BabyDraft(born=VagueDate.parse(born), died=VagueDate.parse(died))
    assert words(made(PlannedBaby(draft, "baby")))[1].startswith(first)


def test_dates_are_in_the_order_of_the_reader() -> None:
    data = made(PlannedBaby(BabyDraft(born=VagueDate(2026, 5, 22)), "baby"), language="en-US")
    assert words(data) == ["Our baby", "Born May 22, 2026"]


def test_a_farewell_has_its_own_words() -> None:
    draft = CeremonyDraft(
        label="In the garden",
        day=VagueDate(2026, 6, 5),
        place="By the back door",
        readings="You were here.\nThe kettle knew.\n\nAnd the stairs.",
        music="A blackbird",
        who="The seven of us",
        rests="The sea",
        notes="It did not rain.",
    )
    baby = PlannedBaby(BabyDraft(), "daughter")
    data = made(ceremonies=(PlannedCeremony(draft, baby),))
    assert qpdf_complaints(data) == ""
    assert words(data) == [
        *("5 June 2026", "In the garden", "For our daughter"),
        *("Where By the back door", "Who was there The seven of us"),
        *("Music A blackbird", "The resting place The sea"),
        *("What was read or said", "You were here.", "The kettle knew.", "And the stairs."),
        "It did not rain.",
    ]
    assert bookmarks(opened(data)) == ["In the garden"]


@pytest.mark.parametrize(
    ("draft", "printed", "name"),
    [
        (CeremonyDraft(day=VagueDate(2026, 6)), ["June 2026"], "June 2026"),
        (CeremonyDraft(rests="The sea"), ["The resting place The sea"], "The resting place The sea"),
        (CeremonyDraft(notes="A candle"), ["A candle"], "A candle"),
    ],
)
def test_a_farewell_without_a_label_is_not_given_one(
    draft: CeremonyDraft, printed: list[str], name: str
) -> None:
    data = made(ceremonies=(PlannedCeremony(draft),))
    assert words(data) == printed
    assert bookmarks(opened(data)) == [name]


def test_whatever_is_written_is_only_ever_shown() -> None:
    odd = f"{HOSTILE} אבא 🕯️ \x00"
    long = "word" * 60
    draft = BabyDraft(
        names=odd, measurements=(Measurement(odd, odd),), place=long, carers=odd, met=odd, notes=odd
    )
    ceremony = CeremonyDraft(label=odd, day=UNKNOWN, place=odd, readings=odd, music=odd, who=odd, rests=odd)
    data = made(PlannedBaby(draft, odd), ceremonies=(PlannedCeremony(ceremony),))
    assert qpdf_complaints(data) == ""
    printed = joined(text(data))
    assert printed.count(joined('#read("/etc/passwd")')) == 12
    assert long in printed


def test_a_word_longer_than_a_line_stays_on_the_page() -> None:
    data = made(PlannedBaby(BabyDraft(place="x" * 300, notes="y" * 300), "baby"))
    printed = joined(text(data))
    assert "x" * 300 in printed
    assert "y" * 300 in printed


@pytest.mark.parametrize(
    ("gestation", "printed"),
    [
        ("22+3", "22 weeks and 3 days"),
        ("22+0", "22 weeks"),
        ("22", "22 weeks"),
        ("~22", "about 22 weeks"),
        ("1+1", "1 week and 1 day"),
        ("0+5", "5 days"),
        ("0", "0 weeks"),
    ],
)
def test_how_far_along(gestation: str, printed: str) -> None:
    assert how_far(Gestation.parse(gestation)) == printed
