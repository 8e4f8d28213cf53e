"""How large a photo is in truth, in words."""

from PySide6.QtCore import QLocale

from memorybook.ui.core.i18n import tr

_MM_PER_INCH = 25.4


def size_text(width: int, height: int, per_mm: float) -> str:
    """ "52 × 31 mm", or inches where those are used. Sides in pixels, ``per_mm`` of them to a millimetre."""
    locale = QLocale()
    if locale.measurementSystem() is QLocale.MeasurementSystem.MetricSystem:
        across, down = (locale.toString(max(round(side / per_mm), 1)) for side in (width, height))
        return tr("{width} × {height} mm").format(width=across, height=down)
    across, down = (locale.toString(side / per_mm / _MM_PER_INCH, "f", 2) for side in (width, height))
    return tr("{width} × {height} inches").format(width=across, height=down)
