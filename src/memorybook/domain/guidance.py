"""What the support pane says in words of our own: for people around, for the body, and facts with sources."""

from dataclasses import dataclass, field, replace

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.support import Confidence


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said. ``sources`` are pages and papers in words, not links.

    ``as_of`` is the date of the newest source, unknown where it bears none. ``regions`` are country codes;
    none means that it holds anywhere.
    """

    id: str
    text: str
    sources: tuple[str, ...]
    as_of: VagueDate = UNKNOWN
    confidence: Confidence = Confidence.HIGH
    regions: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading. An ``urgent`` one is kept apart from all others and stands first."""

    id: str
    title: str
    lines: tuple[Line, ...]
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class GuidancePage:
    """One page of the pane: a few words on what it is, then its sections."""

    id: str
    title: str
    lead: str
    sections: tuple[Section, ...]

    def for_country(self, country: str) -> "GuidancePage":
        """The same page with what holds in this country or anywhere; sections left empty are left out."""
        sections = (
            replace(
                section,
                lines=tuple(line for line in section.lines if not line.regions or country in line.regions),
            )
            for section in self.sections
        )
        return replace(self, sections=tuple(section for section in sections if section.lines))


@dataclass(frozen=True, slots=True)
class Handover:
    """The sheet that is given to somebody else: its own words around the sections of one page.

    ``own`` stands above the room for a few words by hand. ``origin`` says where all of it is from.
    """

    above: str
    title: str
    lead: str
    own: str
    origin: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Guidance:
    """All of it in one language. ``read`` is the month in which the sources were read."""

    read: VagueDate
    pages: tuple[GuidancePage, ...]
    handover: Handover

    def page(self, page_id: str) -> GuidancePage:
        """One page. Raises LookupError for one that is not there."""
        for page in self.pages:
            if page.id == page_id:
                return page
        raise LookupError("no such page")
