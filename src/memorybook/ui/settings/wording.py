"""Days and names as the settings say them."""

import datetime

from PySide6.QtCore import QLocale

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


def size_words(done: int, total: int) -> str:
    """How far the writing is, "12.3 MB of 96.0 MB"."""
    locale, decimal = QLocale(), QLocale.DataSizeFormat.DataSizeSIFormat
    written, whole = (locale.formattedDataSize(size, 1, decimal) for size in (done, total))
    return tr("{done} of {total}").format(done=written, total=whole)
