"""The rows of the grid, with Qt's own checker looking on."""

import dataclasses

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from memorybook.domain.dates import UNKNOWN
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import PhotoKind, PhotoRow
from memorybook.ui.photos.model import PhotosModel


def row(number: int, *, covered: bool = False) -> PhotoRow:
    return PhotoRow(
        PhotoId(number), f"Photo {number}", "what it shows", UNKNOWN, PhotoKind.NONE,
        covered=covered, in_book=True, width=640, height=480,
    )  # fmt: skip


def test_rows_are_replaced_and_told_of(qtmodeltester: ModelTester) -> None:
    model = PhotosModel(lambda _: True)
    assert not model.replace([row(3), row(2), row(1)])
    qtmodeltester.check(model)
    resets: list[None] = []
    told: list[tuple[int, int]] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    assert model.replace([row(3), dataclasses.replace(row(2), caption="Other words"), row(1)])
    assert (resets, told) == ([], [(0, 2)]), "the same photos: whoever looks keeps his place"
    assert model.index_of(PhotoId(2)).data() == "Other words"
    assert not model.replace([row(3), row(1)])
    assert resets == [None]
    assert model.ids == (3, 1)
    assert not model.index_of(PhotoId(2)).isValid()
    assert [each.id for each in model.rows_of((PhotoId(1), PhotoId(2)))] == [1]


def test_a_screen_reader_hears_of_a_cover_and_of_damage() -> None:
    uncovered: set[PhotoId] = set()
    model = PhotosModel(lambda row: not row.covered or row.id in uncovered)
    model.replace([row(1, covered=True), row(2)])

    def said(place: int) -> str:
        return str(model.index(place).data(Qt.ItemDataRole.AccessibleTextRole))

    assert "what it shows" not in said(0)
    uncovered.add(PhotoId(1))
    assert said(0) == "Photo 1, what it shows"
    model.name_problem(PhotoId(2), "It is damaged.")
    assert said(1) == "Photo 2, what it shows, It is damaged."
    model.name_problem(PhotoId(2), "")
    assert said(1) == "Photo 2, what it shows"
