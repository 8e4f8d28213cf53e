"""What is left of a thing of a damaged book, as a draft that says that it is not whole."""

from collections.abc import Callable
from typing import TypeVar

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.gestation import Gestation
from memorybook.domain.ids import BabyId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.people import BabyDraft, CeremonyDraft, Measurement
from memorybook.domain.photo import PhotoDraft, PhotoKind
from memorybook.domain.recording import RecordingDraft, RecordingKind
from memorybook.domain.salvage import SalvageMarks
from memorybook.storage.rows import GAP, Values

T = TypeVar("T")


def text_of(values: Values, name: str, gap: str = "") -> str:
    """The text in a column, nothing when there is none; ``gap`` stands where a part of it is gone."""
    value = values.get(name)
    return value.replace(GAP, gap) if isinstance(value, str) else ""


def baby_of(values: Values, measured: list[Values], marks: SalvageMarks) -> BabyDraft:
    """What is left of a baby's record."""
    text = _texts(values, marks)
    return BabyDraft(
        names=text("names"),
        word=text("word"),
        due=_day(values, "due"),
        learned=_day(values, "learned"),
        born=_day(values, "born"),
        died=_day(values, "died"),
        gestation=_or(None, Gestation.parse, values, "gestation"),
        measurements=tuple(
            Measurement(text_of(each, "what"), text_of(each, "value"))
            for each in measured
            if text_of(each, "what") or text_of(each, "value")
        ),
        place=text("place"),
        carers=text("carers"),
        met=text("met"),
        notes=_marked(text("notes"), marks),
        in_book=_is(values, "in_book"),
    )


def ceremony_of(values: Values, baby: BabyId | None, marks: SalvageMarks) -> CeremonyDraft:
    """What is left of a ceremony."""
    text = _texts(values, marks)
    return CeremonyDraft(
        label=text("label"),
        day=_day(values, "day"),
        place=text("place"),
        readings=text("readings"),
        music=text("music"),
        who=text("who"),
        rests=text("rests"),
        notes=_marked(text("notes"), marks),
        baby=baby,
        in_book=_is(values, "in_book"),
    )


def occasion_of(values: Values, baby: BabyId | None, marks: SalvageMarks) -> OccasionDraft:
    """What is left of a day on the list; its reminder is off."""
    text = _texts(values, marks)
    return OccasionDraft(
        label=text("label"),
        day=_day(values, "day"),
        kind=_or(OccasionKind.OTHER, OccasionKind, values, "kind"),
        yearly=_is(values, "yearly"),
        note=_marked(text("note"), marks),
        baby=baby,
        remembrance=text("remembrance"),
        reminder=None,
        in_book=_is(values, "in_book"),
    )


def keepsake_of(values: Values, babies: tuple[BabyId, ...], marks: SalvageMarks) -> KeepsakeDraft:
    """What is left of a keepsake, without its pictures."""
    text = _texts(values, marks)
    return KeepsakeDraft(
        kind=text("kind"),
        title=text("title"),
        words=_marked(text("words"), marks),
        day=_day(values, "day"),
        kept=text("kept"),
        given_by=text("given_by"),
        babies=babies,
        in_book=_is(values, "in_book"),
    )


def photo_of(values: Values, babies: tuple[BabyId, ...], marks: SalvageMarks) -> PhotoDraft:
    """What is left of what was said of a photo."""
    text = _texts(values, marks)
    return PhotoDraft(
        caption=text("caption"),
        description=_marked(text("description"), marks),
        taken=_day(values, "taken"),
        taken_by=text("taken_by"),
        who=text("who"),
        kind=_or(PhotoKind.NONE, PhotoKind, values, "kind"),
        babies=babies,
        covered=_is(values, "covered"),
        in_book=_is(values, "in_book"),
    )


def recording_of(values: Values, babies: tuple[BabyId, ...], marks: SalvageMarks) -> RecordingDraft:
    """What is left of what was said of a recording."""
    text = _texts(values, marks)
    return RecordingDraft(
        title=text("title"),
        kind=_or(RecordingKind.NONE, RecordingKind, values, "kind"),
        taken=_day(values, "taken"),
        recorded_by=text("recorded_by"),
        place=text("place"),
        notes=_marked(text("notes"), marks),
        babies=babies,
        covered=_is(values, "covered"),
        in_book=_is(values, "in_book"),
    )


def entry_of(values: Values, marks: SalvageMarks) -> EntryDraft:
    """What is left of what a page says above its text. It is not printed before somebody has read it."""
    text = _texts(values, marks)
    return EntryDraft(
        title=text("title"),
        day=_day(values, "day"),
        kind=_or(EntryKind.ENTRY, EntryKind, values, "kind"),
        recipient=text("recipient"),
        in_book=False,
    )


def _texts(values: Values, marks: SalvageMarks) -> Callable[[str], str]:
    return lambda name: text_of(values, name, marks.gap)


def _marked(text: str, marks: SalvageMarks) -> str:
    return f"{text}\n\n{marks.note}" if text else marks.note


def _is(values: Values, name: str) -> bool:
    return values.get(name, 1) != 0


def _day(values: Values, name: str) -> VagueDate:
    return _or(UNKNOWN, VagueDate.parse, values, name)


def _or(otherwise: T, read: Callable[[str], T], values: Values, name: str) -> T:
    try:
        return read(text_of(values, name))
    except ValueError:
        return otherwise
