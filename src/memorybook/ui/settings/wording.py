"""Days and names as the settings say them."""

import datetime

from memorybook.domain.dates import VagueDate
from memorybook.ui.core import i18n
from memorybook.ui.core.i18n import tr


def day_words(stamp: str | None) -> str:
    """The day of an ISO 8601 moment or date, in words and in the local time zone; empty for none."""
    if not stamp:
        return ""
    moment = datetime.datetime.fromisoformat(stamp)
    if moment.tzinfo is not None:
        moment = moment.astimezone()
    return i18n.day_text(VagueDate.of(moment.date()))


def way_name(label: str) -> str:
    """What a passphrase is called on the screen."""
    return label or tr("A passphrase")
