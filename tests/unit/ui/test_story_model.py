"""The rows of the story, with Qt's own checker looking on."""

import dataclasses
import datetime

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryKind, EntryRow
from memorybook.domain.ids import EntryId
from memorybook.domain.story import Month
from memorybook.ui.story.model import HEADING_ROLE, ROW_ROLE, StoryModel
from memorybook.ui.story.outline import Outline


def row(number: int, day: VagueDate) -> EntryRow:
    return EntryRow(EntryId(number), day, EntryKind.ENTRY, f"Title {number}", "Words", None, 0, in_book=True)


def shape(model: StoryModel) -> list[str | int | None]:
    found: list[str | int | None] = []
    for place in range(model.rowCount()):
        index = model.index(place)
        entry = index.data(ROW_ROLE)
        found.append(entry.id if entry is not None else index.data(HEADING_ROLE))  # None: not read
    return found


def test_months_head_their_pages_across_what_is_read_in_pieces(qtmodeltester: ModelTester) -> None:
    model = StoryModel()
    model.replace([row(9, VagueDate(2026, 11, 2)), row(8, VagueDate(2026, 10, 30))], more=True)
    qtmodeltester.check(model)
    model.extend(
        [
            row(7, VagueDate(2026, 10, 1)),
            row(6, VagueDate(2026)),
            row(4, VagueDate(None, 10, 15)),
            row(5, UNKNOWN),
        ],
        more=False,
    )
    assert shape(model) == ["November 2026", 9, "October 2026", 8, 7, "2026", 6, "No year", 4, "No date", 5]
    assert model.is_growing
    assert [model.page_number(model.index(place)) for place in range(5)] == [None, 0, None, 1, 2]
    assert model.place_of(EntryId(7)) == 2
    assert model.index_of(EntryId(7)).row() == 4
    assert not model.index_of(EntryId(99)).isValid()
    assert not model.index_of_page(6).isValid()


def test_a_whole_list_has_its_places_before_its_pages_are_read(qtmodeltester: ModelTester) -> None:
    model = StoryModel()
    model.show_outline(Outline([Month(2026, 11, 2), Month(2026, 10, 3), Month(0, 4, 1), Month(0, 0, 1)]))
    qtmodeltester.check(model)
    rows = ["November 2026", None, None, "October 2026", None, None, None]
    assert shape(model) == [*rows, "No year", None, "No date", None]
    model.fill(1, [row(8, VagueDate(2026, 11, 2)), row(7, VagueDate(2026, 10, 30))])
    assert shape(model)[:5] == ["November 2026", None, 8, "October 2026", 7]
    assert model.index_of(EntryId(7)).row() == 4
    assert [model.is_read(page) for page in range(4)] == [False, True, True, False]
    model.fill(6, [row(3, UNKNOWN), row(2, UNKNOWN)])
    assert shape(model)[-1] == 3, "what stands behind the end is left out"
    model.drop(0, 2)
    assert shape(model)[:5] == ["November 2026", None, None, "October 2026", 7]
    assert model.place_of(EntryId(8)) is None
    assert not model.is_growing


def test_a_row_reads_as_one_sentence_and_a_heading_cannot_be_chosen(qtmodeltester: ModelTester) -> None:
    model = StoryModel()
    model.replace([row(1, VagueDate.of(datetime.date(2026, 10, 15)))], more=False)
    qtmodeltester.check(model)
    said = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Thursday, 15 October 2026, Title 1, Words, me"
    alone = row(1, UNKNOWN)
    model.replace([dataclasses.replace(alone, in_book=False)], more=False)
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Title 1, Words, me, only me"
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
