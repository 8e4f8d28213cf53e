"""What printers hold where the person lives."""

from typing import Final

from PySide6.QtCore import QLocale

_LETTER: Final = {
    QLocale.Country.UnitedStates,
    QLocale.Country.Canada,
    QLocale.Country.Mexico,
    QLocale.Country.Chile,
    QLocale.Country.Colombia,
    QLocale.Country.CostaRica,
    QLocale.Country.ElSalvador,
    QLocale.Country.Guatemala,
    QLocale.Country.Nicaragua,
    QLocale.Country.Panama,
    QLocale.Country.Philippines,
    QLocale.Country.PuertoRico,
    QLocale.Country.Venezuela,
}


def holds_letter() -> bool:
    """Whether it is Letter, and not A4."""
    return QLocale().territory() in _LETTER
