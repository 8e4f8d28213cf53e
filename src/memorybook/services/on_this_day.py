"""What is in the book of one day of the year: looked up when somebody asks for it, and never by itself."""

import calendar
import datetime
from concurrent.futures import Future
from dataclasses import replace

from memorybook.domain.dates import VagueDate
from memorybook.domain.of_this_day import OfThisDay
from memorybook.storage import of_this_day
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker


class OnThisDay:
    """Returns at once; the future resolves on the vault's thread. Any thread may call."""

    def __init__(self, worker: VaultWorker) -> None:
        self._worker = worker

    def look(self, month: int, day: int, today: datetime.date) -> Future[OfThisDay]:
        """Pages, photos, recordings, keepsakes and dates of this day and month, but for those of ``today``.

        Of exact dates alone. On 28 February of a year without a 29th those of the 29th are among them.
        Raises ``ValueError`` for a day that no year has; fails with BookDamaged. One thing that is not as it
        was kept does not keep the others back: that there is such a thing is told.
        """
        days = [VagueDate(None, month, day)]
        if (month, day) == (2, 28) and not calendar.isleap(today.year):
            days.append(VagueDate(None, 2, 29))

        def work(connection: Connection) -> OfThisDay:
            found = of_this_day.find(connection, days, today)
            return replace(found, damaged=found.damaged or bool(self._worker.browsing.things))

        return self._worker.browse(work)
