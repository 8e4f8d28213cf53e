"""What a record says of itself in one line."""

from memorybook.domain.people import BabyDraft, CeremonyDraft
from memorybook.ui.core.gestation_words import gestation_text
from memorybook.ui.core.i18n import day_text, tr


def measure_names() -> dict[str, str]:
    """What is usually measured, by its code."""
    return {
        "weight": tr("Weight"),
        "length": tr("Length"),
        "head": tr("Head"),
        "hand": tr("Hand"),
        "foot": tr("Foot"),
    }


def baby_facts(draft: BabyDraft) -> str:
    """The dates and how far along, as far as they are known; a place where there is nothing else."""
    days = (
        (draft.born, tr("born {date}")),
        (draft.died, tr("died {date}")),
    )
    parts = [text.format(date=day_text(day)) for day, text in days if day.is_known]
    if draft.gestation is not None:
        parts.append(gestation_text(draft.gestation))
    if not parts and draft.due.is_known:
        parts.append(tr("due {date}").format(date=day_text(draft.due)))
    if not parts and draft.learned.is_known:
        parts.append(tr("we knew {date}").format(date=day_text(draft.learned)))
    return " · ".join(parts) or draft.place.strip()


def ceremony_facts(draft: CeremonyDraft) -> str:
    """The day and the place, and where the baby rests."""
    parts = (day_text(draft.day), draft.place.strip(), draft.rests.strip())
    return " · ".join(part for part in parts if part)
