"""What a baby is called on the screen: by name, by the word the family uses, and never by a number."""

import pytest

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import BabyId
from memorybook.domain.people import Baby, BabyDraft
from memorybook.ui.core.called import called, heading
from memorybook.ui.story import naming
from memorybook.ui.write import chips


@pytest.mark.parametrize(
    ("names", "own", "books", "within", "beginning"),
    [
        ("Wren", "son", "pregnancy", "Wren", "Wren"),
        ("wren", "", "", "wren", "wren"),
        ("", "", "", "our baby", "Our baby"),
        ("", "", "pregnancy", "our pregnancy", "Our pregnancy"),
        ("", "son", "pregnancy", "our son", "Our son"),
        ("", "", "our bean", "our bean", "our bean"),
        ("", "our bean", "name", "our bean", "our bean"),
        ("", "", "name", "", ""),
    ],
)
def test_by_name_or_by_the_family_s_word(
    names: str, own: str, books: str, within: str, beginning: str
) -> None:
    draft = BabyDraft(names=names, word=own)
    assert (called(draft, books), heading(draft, books)) == (within, beginning)


def babies(*drafts: BabyDraft) -> tuple[Baby, ...]:
    return tuple(Baby(BabyId(number), draft, "") for number, draft in enumerate(drafts, 1))


def test_those_without_names_are_told_apart_by_a_day_and_not_numbered() -> None:
    both = babies(BabyDraft(died=VagueDate(2010)), BabyDraft(due=VagueDate(2026)), BabyDraft(names="Wren"))
    assert chips.names_of(both, "son") == {1: "Our son, 2010", 2: "Our son, 2026", 3: "Wren"}
    assert naming.names(both, "son") == {1: "our son, 2010", 2: "our son, 2026", 3: "Wren"}
    assert chips.names_of(both[1:], "son") == {2: "Our son", 3: "Wren"}


def test_where_names_alone_are_used_nothing_stands_for_one() -> None:
    nameless = babies(BabyDraft(died=VagueDate(2010)), BabyDraft(died=UNKNOWN, notes="x"))
    assert chips.names_of(nameless, "name") == {1: "2010"}
