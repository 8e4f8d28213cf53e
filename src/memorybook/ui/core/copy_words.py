"""What is said of copies of a book: how much is in one, and when it was made."""

import datetime

from PySide6.QtCore import QLocale

from memorybook.domain.backup import BookCounts
from memorybook.domain.dates import VagueDate
from memorybook.ui.core import i18n
from memorybook.ui.core.i18n import count_text, tr


def amount(counts: BookCounts) -> str:
    """ "412 pages, 96 photos, 3 recordings": what there is any of, and that nothing is in it."""
    said = (
        (counts.pages, count_text("{n} page", "{n} pages", counts.pages)),
        (counts.photos, count_text("{n} photo", "{n} photos", counts.photos)),
        (counts.recordings, count_text("{n} recording", "{n} recordings", counts.recordings)),
        (counts.keepsakes, count_text("{n} keepsake", "{n} keepsakes", counts.keepsakes)),
        (counts.days, count_text("{n} date", "{n} dates", counts.days)),
    )
    return ", ".join(words for number, words in said if number) or tr("an empty book")


def moment(stamp: str, now: datetime.datetime) -> str:
    """ "today at 14:02", "yesterday at 14:02", "on 3 May 2026 at 14:02", of an ISO 8601 stamp.

    ``now`` is the present moment in the zone it is said in. Empty for no stamp.
    """
    if not stamp:
        return ""
    then = datetime.datetime.fromisoformat(stamp)
    if then.tzinfo is not None:
        then = then.astimezone(now.tzinfo)
    time = i18n.clock_time(then)
    days = (now.date() - then.date()).days
    if days == 0:
        return tr("today at {time}").format(time=time)
    if days == 1:
        return tr("yesterday at {time}").format(time=time)
    return tr("on {day} at {time}").format(day=i18n.day_text(VagueDate.of(then.date())), time=time)


def kept_name(name: str, day: datetime.date) -> str:
    """What a folder is called from ``day`` on, when another book took its place."""
    return tr("{name} before {day}").format(name=name, day=i18n.day_text(VagueDate.of(day)))


def size(number: int) -> str:
    """So many bytes, "12.3 MB"."""
    return QLocale().formattedDataSize(number, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def so_far(done: int, total: int) -> str:
    """ "12.3 MB of 96.0 MB", in bytes."""
    return tr("{done} of {total}").format(done=size(done), total=size(total))
