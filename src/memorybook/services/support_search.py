"""Looks for words in everything the support pane has to say. It keeps nothing of what was looked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from memorybook.domain.guidance import GuidancePage, Line, Section
from memorybook.domain.search import Query, spans, understand, with_forms
from memorybook.domain.support import Organisation
from memorybook.services.support_words import NONE, EverydayWords

Marks = tuple[tuple[int, int], ...]
"""Where the hits are in a text: (start, length) in characters, in their order."""

PEOPLE = "people"
"""The page of the organisations; the other pages bear the id of their :class:`GuidancePage`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One organisation or one line that was found, on ``page``, with what to mark in its words.

    ``title`` is the name of the organisation or the heading above the line, ``text`` the description or
    the line. Exactly one of ``organisation`` and ``line`` is there; ``urgent`` is of a line that cannot wait.
    """

    page: str
    title: str = field(repr=False)
    text: str = field(repr=False)
    title_marks: Marks = ()
    text_marks: Marks = ()
    organisation: Organisation | None = field(default=None, repr=False)
    line: Line | None = field(default=None, repr=False)
    urgent: bool = False


def search(
    query: str,
    organisations: Iterable[Organisation],
    pages: Iterable[GuidancePage],
    words_for: Callable[[Organisation], str] = lambda _: "",
    everyday: EverydayWords = NONE,
) -> tuple[Hit, ...]:
    """What has every word of the query in it, whole or as the beginning of a word; a pure function.

    Capitals and accents do not matter; words within quotation marks have to stand together. What cannot
    wait is first, then what has the words in its title, else in the order that was given.
    ``words_for`` gives more words by which an organisation is found, such as the needs it is for;
    ``everyday`` what people call things that are called otherwise here.
    """
    phrases = _phrases(query, everyday)
    if not phrases:
        return ()
    found = [_organisation(each, phrases, words_for(each)) for each in organisations]
    found += [
        _line(page, section, line, phrases)
        for page in pages
        for section in page.sections
        for line in section.lines
    ]
    return tuple(sorted(filter(None, found), key=lambda hit: (not hit.urgent, not hit.title_marks)))


def _phrases(query: str, everyday: EverydayWords) -> tuple[Query, ...]:
    """What has to be there. Little words count only where there are no others, or within quotation marks."""
    wanted = understand(query)
    little = {(word,) for word in everyday.aside}
    phrases = [
        Query((phrase,), number not in wanted.quoted, frozenset({0} if number in wanted.quoted else ()))
        for number, phrase in enumerate(wanted.phrases)
    ]
    telling = [each for each in phrases if each.quoted or each.phrases[0] not in little]
    return tuple(with_forms(each, everyday.also) for each in telling or phrases)


def _organisation(organisation: Organisation, phrases: tuple[Query, ...], more: str) -> Hit | None:
    numbers = [line.number for line in organisation.phones] + [line.number for line in organisation.texts]
    more = "\n".join(
        (
            organisation.region,
            organisation.hours,
            organisation.more_languages,
            organisation.web,
            *numbers,
            # A number may be typed without the gaps that it is written with.
            *("".join(filter(str.isdigit, number)) for number in numbers),
            more,
        )
    )
    title, text = organisation.name, organisation.description
    if not _has_all(phrases, title, text, more):
        return None
    return Hit(
        PEOPLE, title, text, _marks(phrases, title), _marks(phrases, text), organisation=organisation
    )


def _line(page: GuidancePage, section: Section, line: Line, phrases: tuple[Query, ...]) -> Hit | None:
    title, text = section.title, line.text
    # A heading alone finds nothing: all lines below it would be hits, whatever they say.
    if not _has_all(phrases, title, text) or not any(spans(text, phrase) for phrase in phrases):
        return None
    return Hit(
        page.id,
        title,
        text,
        _marks(phrases, title),
        _marks(phrases, text),
        line=line,
        urgent=section.urgent,
    )


def _has_all(phrases: tuple[Query, ...], *texts: str) -> bool:
    return all(any(spans(text, phrase) for text in texts) for phrase in phrases)


def _marks(phrases: tuple[Query, ...], text: str) -> Marks:
    """The hits of all phrases, none within another or across its end."""
    marks: list[tuple[int, int]] = []
    for start, length in sorted(mark for phrase in phrases for mark in spans(text, phrase)):
        first, before = marks.pop() if marks and start < sum(marks[-1]) else (start, 0)
        marks.append((first, max(first + before, start + length) - first))
    return tuple(marks)
