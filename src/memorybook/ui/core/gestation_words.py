"""How far along it was, in words."""

from memorybook.domain.gestation import Gestation
from memorybook.ui.core.i18n import count_text, tr


def gestation_text(gestation: Gestation) -> str:
    """ "20 weeks + 6 days", "about 22 weeks"."""
    text = count_text("{n} week", "{n} weeks", gestation.weeks)
    if gestation.days is not None:
        days = count_text("{n} day", "{n} days", gestation.days)
        text = tr("{weeks} + {days}").format(weeks=text, days=days)
    return tr("about {weeks}").format(weeks=text) if gestation.about else text
