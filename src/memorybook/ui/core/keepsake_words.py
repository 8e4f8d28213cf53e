"""What kinds of keepsakes are called, and what is said of one on the screen."""

from collections.abc import Iterable

from memorybook.domain.keepsake import MEDICAL, KeepsakeDraft
from memorybook.domain.photo import Photo
from memorybook.domain.search import beginning
from memorybook.ui.core.i18n import count_text, day_text, tr
from memorybook.ui.kit.true_size import size_text

_HEADING = 60  # letters of what is written that stand in for a title


def kind_names() -> dict[str, str]:
    """The kinds we have a word for, by their codes, in the order they are offered."""
    return {
        "prints": tr("Hand and foot prints"),
        "cast": tr("Cast of hands or feet"),
        "hair": tr("Lock of hair"),
        "band": tr("ID band"),
        "card": tr("Cot card"),
        "measure": tr("Tape measure"),
        "clothes": tr("Hat or clothes"),
        "blanket": tr("Blanket or wrap"),
        "bear": tr("Bear or toy"),
        "candle": tr("Candle"),
        "jewellery": tr("Jewellery or ribbon"),
        "scan": tr("Scan picture"),
        "test": tr("Pregnancy test"),
        "papers": tr("Appointment cards and notes"),
        "certificate": tr("Certificate"),
        "ceremony": tr("From the farewell"),
        "book": tr("Book, poem or song"),
        "drawing": tr("Drawing"),
        "cards": tr("Cards that were sent"),
        "garden": tr("Tree or plant"),
        MEDICAL: tr("Medical papers"),
    }


def kind_text(kind: str) -> str:
    """A kind of ours in words; own words as they were typed."""
    return kind_names().get(kind, kind).strip()


def heading(draft: KeepsakeDraft) -> str:
    """What a keepsake is called: its title or kind, else how its words begin, else what there is of it."""
    given = tr("From {name}").format(name=draft.given_by.strip()) if draft.given_by.strip() else ""
    return (
        draft.title.strip()
        or kind_text(draft.kind)
        or beginning(draft.words, _HEADING)
        or beginning(draft.kept, _HEADING)
        or given
        or day_text(draft.day)
        or (tr("A photo") if draft.photos else "")
    )


def title_of(draft: KeepsakeDraft) -> str:
    """The line at the top of a card; empty where the words below it say it all."""
    return draft.title.strip() or kind_text(draft.kind)


def facts(draft: KeepsakeDraft, babies: Iterable[str] = (), *, kept: bool = True) -> str:
    """Where it is, from whom, when, whose, and whether it stays out of a book, as far as it is known.

    Without ``kept`` the first of these is left out: it stands above already.
    """
    place, given = draft.kept.strip() if kept else "", draft.given_by.strip()
    parts = (
        tr("Kept: {place}").format(place=place) if place else "",
        tr("From {name}").format(name=given) if given else "",
        day_text(draft.day),
        *babies,
        count_text("{n} photo", "{n} photos", len(draft.photos)) if len(draft.photos) > 1 else "",
        "" if draft.in_book else tr("Not in our book"),
    )
    return " · ".join(part for part in parts if part)


def life_size(photo: Photo) -> str:
    """How large the thing itself is, where the scan or the ruler tells: "Life-size: 52 × 31 mm"."""
    if not photo.per_mm:
        return ""
    return tr("Life-size: {size}").format(size=size_text(*photo.shown_size, photo.per_mm))
