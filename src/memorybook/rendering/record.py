"""The pages of the record as lines to print: what was written down, and no line for what was not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from memorybook.domain.book import PlannedBaby, PlannedCeremony
from memorybook.domain.book_words import RecordWords
from memorybook.domain.dates import VagueDate
from memorybook.domain.dates_text import how_far, in_words
from memorybook.domain.people import BabyDraft


@dataclass(frozen=True, slots=True)
class Line:
    """What it is, in our words or a family's own, and what was written down. Either may be empty."""

    label: str = field(repr=False)
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecordPage:
    """``heading`` may be empty; ``above`` stands over it, ``below`` under it. ``texts`` follow the lines.

    A text's label stands over its paragraphs, when it has one.
    """

    heading: str = field(repr=False)
    above: str = field(repr=False)
    below: str = field(repr=False)
    lines: tuple[Line, ...]
    texts: tuple[Line, ...]

    @property
    def name(self) -> str:
        """What bookmarks and contents call it: what stands on top, or the first thing there is."""
        first = next(iter(self.lines + self.texts), Line("", ""))
        said = self.heading or self.above or self.below or f"{first.label} {first.value}"
        return " ".join(said.split())


def baby_page(baby: PlannedBaby, words: RecordWords, language: str) -> RecordPage:
    """The page of one baby: by name, or by the word the family uses, or with neither."""
    draft = baby.draft
    lines = _filled(_baby_lines(draft, words, language))
    return RecordPage(heading(baby, words), "", "", lines, _filled((Line("", draft.notes),)))


def ceremony_page(ceremony: PlannedCeremony, words: RecordWords, language: str) -> RecordPage:
    """The page of a ceremony or a farewell, under the family's own words for it."""
    draft, label = ceremony.draft, ceremony.draft.label.strip()
    day = in_words(draft.day, language)
    name = called(ceremony.baby, words) if ceremony.baby is not None else ""
    lines = (
        Line(words.where, draft.place),
        Line(words.who, draft.who),
        Line(words.music, draft.music),
        Line(words.rests, draft.rests),
    )
    return RecordPage(
        heading=label or day,
        above=day if label else "",
        below=words.whose.format(name=name) if name else "",
        lines=_filled(lines),
        texts=_filled((Line(words.readings, draft.readings), Line("", draft.notes))),
    )


def called(baby: PlannedBaby, words: RecordWords) -> str:
    """What a baby is called within a line: the names as typed, else the word. Empty when there is neither."""
    return baby.draft.names.strip() or words.called.get(baby.word, baby.word)


def heading(baby: PlannedBaby, words: RecordWords) -> str:
    """As :func:`called`, where it begins a line: our own words get a capital, a family's stay as typed."""
    name = called(baby, words)
    ours = not baby.draft.names.strip() and baby.word in words.called
    return name[:1].upper() + name[1:] if ours else name


def _baby_lines(draft: BabyDraft, words: RecordWords, language: str) -> Iterator[Line]:
    yield Line(words.learned, in_words(draft.learned, language))
    yield Line(words.due, in_words(draft.due, language))
    days = ((words.born, draft.born), (words.died, draft.died))
    for label, day in reversed(days) if _is_before(draft.died, draft.born) else days:
        yield Line(label, in_words(day, language))
    yield Line(words.gestation, how_far(draft.gestation) if draft.gestation is not None else "")
    for measured in draft.measurements:
        what = words.measures.get(measured.what, measured.what)
        if measured.value.strip():
            yield Line(what, measured.value)
        elif not measured.is_empty:  # a word of one's own may say it all
            yield Line("", what)
    yield Line(words.place, draft.place)
    yield Line(words.carers, draft.carers)
    yield Line(words.met, draft.met)


def _is_before(one: VagueDate, other: VagueDate) -> bool:
    """Whether it surely was: as far as both are known."""
    parts = zip((one.year, one.month, one.day), (other.year, other.month, other.day), strict=True)
    for part, against in parts:
        if part is None or against is None:
            return False
        if part != against:
            return part < against
    return False


def _filled(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.value.strip())
