"""The rows of the story, with Qt's own checker looking on."""

import datetime

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryKind, EntryRow
from memorybook.domain.ids import EntryId
from memorybook.ui.story.model import HEADING_ROLE, ROW_ROLE, StoryModel


def row(number: int, day: VagueDate) -> EntryRow:
    return EntryRow(EntryId(number), day, EntryKind.ENTRY, f"Title {number}", "Words", None, 0, in_book=True)


def shape(model: StoryModel) -> list[str | int]:
    found: list[str | int] = []
    for place in range(model.rowCount()):
        index = model.index(place)
        entry = index.data(ROW_ROLE)
        found.append(entry.id if entry is not None else index.data(HEADING_ROLE))
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
    assert model.neighbour(EntryId(9), 1) == 8
    assert model.neighbour(EntryId(8), -1) == 9
    assert model.neighbour(EntryId(5), 1) is None
    assert model.index_of(EntryId(7)).row() == 4
    assert not model.index_of(EntryId(99)).isValid()


def test_a_row_reads_as_one_sentence_and_a_heading_cannot_be_chosen(qtmodeltester: ModelTester) -> None:
    model = StoryModel()
    model.replace([row(1, VagueDate.of(datetime.date(2026, 10, 15)))], more=False)
    qtmodeltester.check(model)
    said = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Thursday, 15 October 2026, Title 1, Words, me"
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
