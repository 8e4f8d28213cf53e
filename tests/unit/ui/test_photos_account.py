"""The plain account of photos that were brought in, and how photos read aloud."""

from typing import Any

from memorybook.domain.bringing import BringAccount, Refused
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import PhotoKind, PhotoRow
from memorybook.errors import (
    BookClosed,
    PictureDamaged,
    PictureNotRecognised,
    StorageFull,
)
from memorybook.ui.photos.account import reasons, summary
from memorybook.ui.photos.naming import how_many, spoken, under


def ids(*numbers: int) -> tuple[PhotoId, ...]:
    return tuple(PhotoId(number) for number in numbers)


def account_of(**parts: Any) -> BringAccount[PhotoId]:
    return BringAccount(**parts)


def test_the_account_says_how_many_and_why_not() -> None:
    account = account_of(
        added=ids(*range(12)), known=ids(20), refused=(Refused("IMG_3.jpg", PictureDamaged()),)
    )
    assert summary(account) == "12 photos added, 1 was here already, 1 could not be taken in."
    (line,) = reasons(account)
    assert line == f"\u2068IMG_3.jpg\u2069: {PictureDamaged.sentence}"


def test_many_files_are_refused_in_a_line_for_each_reason() -> None:
    refused = tuple(Refused(f"{number}.txt", PictureNotRecognised()) for number in range(40))
    lines = reasons(account_of(refused=(*refused, Refused("", PictureDamaged()))))
    named = ", ".join(f"\u2068{number}.txt\u2069" for number in range(4))
    assert lines[0] == f"{named} and 36 more: {PictureNotRecognised.sentence}"
    assert lines[1:] == [PictureDamaged.sentence]


def test_what_came_back_what_was_left_and_what_is_no_photo() -> None:
    account = account_of(
        known=ids(1, 2), back=ids(2), others=2, closed_folders=1, not_taken=7, stopped_by=StorageFull()
    )
    assert summary(account) == (
        "1 was here already, 1 came back out of the drawer, 7 were not taken in."
    )
    lines = reasons(account)
    assert lines[0] == StorageFull.sentence
    assert lines[1] == "2 other files in the folder are no photos and were left where they are."
    assert lines[2] == "1 folder could not be opened."
    assert summary(account_of(others=3)) == "No photo was found there."
    assert reasons(account_of(stopped_by=BookClosed())) == []


def row(**changed: object) -> PhotoRow:
    parts: dict[str, object] = {
        "id": PhotoId(1), "caption": "Twelve weeks", "description": "A small bright shape",
        "taken": VagueDate(2026, 3, 27), "kind": PhotoKind.ULTRASOUND, "covered": False, "in_book": True,
        "width": 640, "height": 480,
    }  # fmt: skip
    return PhotoRow(**(parts | changed))  # type: ignore[arg-type]  # one of each


def test_a_photo_reads_as_one_sentence_and_a_covered_one_is_not_described() -> None:
    said = spoken(row(), shown=True)
    assert said == "Twelve weeks, A small bright shape, Ultrasound, Friday, 27 March 2026"
    covered = spoken(row(covered=True), shown=False)
    assert covered.startswith("Covered photo")
    assert "Twelve weeks" in covered
    assert "bright" not in covered
    nothing = row(caption="", description="", taken=UNKNOWN, kind=PhotoKind.NONE)
    assert spoken(nothing, shown=True) == "Photo"
    assert spoken(row(in_book=False), shown=True).endswith("only me")
    assert "damaged" in spoken(nothing, shown=True, problem="It is damaged.")


def test_a_tile_without_a_caption_has_its_day_and_the_count_says_what_is_left_out() -> None:
    assert under(row()) == "Twelve weeks"
    assert under(row(caption="")) == "27 March 2026"
    assert how_many(14, 14) == "14 photos"
    assert how_many(1, 1) == "1 photo"
    assert how_many(3, 14) == "3 of 14 photos"
