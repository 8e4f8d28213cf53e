"""Which reminders are to be shown on a day: quiet ones, inside the open book, off until switched on."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from memorybook.domain.occasion import Occasion
from memorybook.domain.recurrence import NO_RULES, Occurrence, Rules, next_occurrence


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder of one time that a day comes. Its words are the parent's; may be empty, as the label may."""

    occasion: Occasion
    occurrence: Occurrence

    @property
    def words(self) -> str:
        """What was written for the reminder, or else what the day is called."""
        return self.occasion.draft.reminder_words.strip() or self.occasion.draft.label.strip()


def due(
    kept: Iterable[tuple[Occasion, str]], today: datetime.date, rules: Rules = NO_RULES
) -> tuple[DueReminder, ...]:
    """Those to be shown ``today``, the soonest day first.

    ``kept`` are days, each with the first day, as ISO 8601, of the time for which its reminder was put aside,
    or an empty text. A day of which only the month or the year is known has no reminder.
    """
    found = []
    for occasion, dismissed in kept:
        before = occasion.draft.reminder
        occurrence = next_occurrence(occasion.draft, today, rules)
        if before is None or occurrence is None or not occurrence.has_a_day:
            continue
        if (occurrence.begins - today).days <= before and occurrence.begins.isoformat() != dismissed:
            found.append(DueReminder(occasion, occurrence))
    return tuple(sorted(found, key=lambda each: (each.occurrence, each.occasion.id)))
