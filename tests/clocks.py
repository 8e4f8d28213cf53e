"""A clock that may be as wrong as the clocks of real computers are."""

import datetime
import zoneinfo

BEGIN = datetime.datetime(2026, 10, 3, 20, 0, tzinfo=datetime.UTC)


class WrongClock:
    """Says what it was set to last, in any zone; the stopwatch goes on by itself, as it does in a computer.

    ``awake`` are seconds while the computer does not sleep, ``slept`` those it sleeps.
    """

    def __init__(self, moment: datetime.datetime = BEGIN) -> None:
        self.moment = moment
        self.awake = 0.0
        self.slept = 0.0

    def now(self) -> datetime.datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.awake

    def elapsed(self) -> float:
        return self.awake + self.slept

    def set(self, moment: datetime.datetime) -> None:
        """From now on it is this."""
        self.moment = moment


def journey() -> tuple[datetime.datetime, ...]:
    """What one book's clock may say, one after another, starting from :data:`BEGIN`.

    Ten years back and forward, the first second of 1970 and the moment before it, a far future, and the hour
    that comes twice in Berlin, from both sides, seen from there and then from Auckland and Honolulu.
    """
    berlin, auckland, honolulu = map(
        zoneinfo.ZoneInfo, ("Europe/Berlin", "Pacific/Auckland", "Pacific/Honolulu")
    )
    twice = datetime.datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
    return (
        BEGIN.replace(year=2016),
        BEGIN.replace(year=2036),
        datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC),
        datetime.datetime(1969, 12, 31, 23, 59, 59, tzinfo=datetime.UTC),
        datetime.datetime(2399, 2, 28, 23, 59, 59, tzinfo=datetime.UTC),
        BEGIN + datetime.timedelta(days=1),
        twice,
        twice.replace(fold=1),
        twice.astimezone(auckland),
        twice.astimezone(honolulu),
    )
