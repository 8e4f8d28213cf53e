"""What photos and the ways to choose among them are called."""

from memorybook.domain.photo import PhotoKind, PhotoRow
from memorybook.ui.core.i18n import count_text, day_text, long_day, tr
from memorybook.ui.kit.covered import covered_photo


def kind_names() -> dict[PhotoKind, str]:
    """What a chip says for photos of a kind; those of none have no chip."""
    return {
        PhotoKind.ULTRASOUND: tr("Ultrasound"),
        PhotoKind.HOSPITAL: tr("Hospital"),
        PhotoKind.PRINTS: tr("Prints"),
        PhotoKind.FAMILY: tr("Family"),
        PhotoKind.LATER: tr("Later"),
    }


def how_many(shown: int, all_of_them: int) -> str:
    """The line beside the title."""
    if shown == all_of_them:
        return count_text("{n} photo", "{n} photos", shown)
    return tr("{part} of {all}").format(part=shown, all=count_text("{n} photo", "{n} photos", all_of_them))


def under(row: PhotoRow) -> str:
    """The line under a tile: its caption, or when it was taken."""
    return row.caption or day_text(row.taken)


def spoken(row: PhotoRow, *, shown: bool, problem: str = "") -> str:
    """A tile as a screen reader says it. What a covered photo shows is described once it is ``shown``."""
    parts = [covered_photo(row.caption)] if not shown else [row.caption, row.description]
    parts.append(problem)
    if not any(parts):
        parts = [tr("Photo")]
    parts.append(kind_names().get(row.kind, ""))
    parts.append(long_day(row.taken))
    parts.append("" if row.in_book else tr("only me"))
    return ", ".join(part for part in parts if part)
