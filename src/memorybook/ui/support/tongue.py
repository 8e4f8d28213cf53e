"""The language of the support pane, which its reader chooses apart from that of the rest of the window."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTranslator

from memorybook import resources
from memorybook.domain.dates import VagueDate
from memorybook.ui.core import i18n

CONTEXT = "Support"
"""The context of the pane's sentences in the catalogues: those of the whole window have another."""

SOURCE = "en"


@dataclass(frozen=True, slots=True)
class _Tongue:
    code: str
    translator: QTranslator | None


_spoken = [_Tongue(SOURCE, None)]


def languages(folder: Path | None = None) -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages that there are words in, English first."""
    found = (folder or resources.folder("i18n")).glob("support_*.qm")
    return SOURCE, *sorted(path.stem.removeprefix("support_") for path in found)


def proposed(wanted: Iterable[str], there: Iterable[str]) -> str:
    """The first of the languages ``wanted`` ("es-MX") that is ``there``, or English."""
    offered = tuple(there)
    codes = (name.replace("-", "_").partition("_")[0] for name in wanted)
    return next((code for code in codes if code in offered), SOURCE)


def speak(code: str, folder: Path | None = None) -> None:
    """From now on the pane's sentences are in this language; those not translated stay English. GUI thread.

    What is on the screen already has to be made anew.
    """
    if code == current():
        return
    translator = QTranslator()
    file = (folder or resources.folder("i18n")) / f"support_{code}.qm"
    loaded = code != SOURCE and translator.load(str(file))
    _spoken[:] = [_Tongue(code, translator) if loaded else _Tongue(SOURCE, None)]


def current() -> str:
    """The code of the language that is spoken."""
    return _spoken[0].code


def tr(text: str) -> str:
    """Mark a sentence of the pane for translation and translate it. The argument is one literal."""
    translator = _spoken[0].translator
    found = translator.translate(CONTEXT, text) if translator is not None else ""
    return found or QCoreApplication.translate(CONTEXT, text)


def locale() -> QLocale:
    """How dates and lists are written in this language, where the person is."""
    here, spoken = QLocale(), QLocale.codeToLanguage(current())
    return here if here.language() is spoken else QLocale(spoken, here.territory())


def day_text(day: VagueDate) -> str:
    """A date in words: "October 2026", "about 2010", "3 October 2026"; empty when nothing is known."""
    if day.year is not None and day.month is not None and day.day is None:
        month = locale().standaloneMonthName(day.month)
        text = tr("{month} {year}").format(month=month, year=day.year)
    elif day.year is not None and day.month is not None and day.day is not None:
        written = QDate(day.year, day.month, day.day)
        text = locale().toString(written, i18n.day_pattern(locale()))
    else:
        text = str(day.year) if day.year is not None else ""
    return tr("about {date}").format(date=text) if text and day.about else text
