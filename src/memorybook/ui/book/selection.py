"""What of a book is in and in which order, section by section, as the screen offers it."""

import enum
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from memorybook.domain.book import CoveredPhotos, Edition
from memorybook.domain.entry import EntryKind
from memorybook.domain.ids import EntryId, KeepsakeId, PhotoId, RecordingId
from memorybook.domain.material import Item, Key, Material, Part
from memorybook.services import choosing


class Section(enum.StrEnum):
    """What is in or out with one press: the pages are two of them, one's own and those of others."""

    PAGES = "pages"
    PHOTOS = "photos"
    KEEPSAKES = "keepsakes"
    RECORDINGS = "recordings"
    BABIES = "babies"
    FAREWELLS = "farewells"
    OTHERS = "others"


_PARTS = {
    Section.PAGES: Part.ENTRIES,
    Section.OTHERS: Part.ENTRIES,
    Section.PHOTOS: Part.PHOTOS,
    Section.KEEPSAKES: Part.KEEPSAKES,
    Section.RECORDINGS: Part.RECORDINGS,
    Section.BABIES: Part.BABIES,
    Section.FAREWELLS: Part.CEREMONIES,
}

ORDERED = (Part.ENTRIES, Part.PHOTOS, Part.KEEPSAKES, Part.RECORDINGS)
"""The parts that are printed in the order that is chosen."""


def items_of(material: Material, section: Section) -> tuple[Item, ...]:
    """What can be printed of a section, in the order of time; nothing that is for the parent alone."""
    found = (item for item in material.of(_PARTS[section]) if item.in_book)
    if _PARTS[section] is Part.ENTRIES:
        return tuple(it for it in found if _is_of_others(it) is (section is Section.OTHERS))
    return tuple(found)


def _is_of_others(item: Item) -> bool:
    return bool(item.person) or item.kind == EntryKind.WORDS


@dataclass(frozen=True, slots=True)
class Figures:
    """How many of a section are in. ``who`` wrote the words that are in, each named once."""

    chosen: int
    total: int
    who: tuple[str, ...] = field(default=(), repr=False)


def figures(edition: Edition, material: Material) -> dict[Section, Figures]:
    """The figures of each section of which there is anything. Covered photos count while they go in."""
    going = choosing.chosen(edition, material)
    found = {}
    for section in Section:
        items = items_of(material, section)
        hidden = section is Section.PHOTOS and edition.covered is CoveredPhotos.LEAVE_OUT
        ins = [item for item in items if item.key in going and not (hidden and item.covered)]
        if items:
            who = choosing.people(ins) if section is Section.OTHERS else ()
            found[section] = Figures(len(ins), len(items), who)
    return found


def with_section(edition: Edition, material: Material, section: Section, keys: Collection[Key]) -> Edition:
    """The same edition with exactly these of a section; the order that was chosen holds."""
    items = items_of(material, section)
    unwanted = [item.key for item in items if item.key not in keys]
    return put_in(choosing.leave(edition, material, unwanted), material, keys)


def put_in(edition: Edition, material: Material, keys: Iterable[Key]) -> Edition:
    """The same edition with these too, each where it belongs in the order that was chosen."""
    wanted = tuple(keys)
    made = choosing.choose(edition, material, wanted)
    for part in ORDERED:
        before, after = ids_of(edition, part), ids_of(made, part)
        if before != after:
            natural = [item.id for item in material.of(part)]
            inside = frozenset(after)
            placed = tuple(each for each in arranged(natural, before) if each in inside)
            made = _with_ids(made, part, placed)
    return made


def ids_of(edition: Edition, part: Part) -> tuple[int, ...]:
    """What an edition names of a part, in its order."""
    ids: tuple[int, ...] = getattr(edition, part.value)
    return ids


def _with_ids(edition: Edition, part: Part, ids: Sequence[int]) -> Edition:
    if part is Part.ENTRIES:
        return replace(edition, entries=tuple(EntryId(each) for each in ids))
    if part is Part.PHOTOS:
        return replace(edition, photos=tuple(PhotoId(each) for each in ids))
    if part is Part.KEEPSAKES:
        return replace(edition, keepsakes=tuple(KeepsakeId(each) for each in ids))
    return replace(edition, recordings=tuple(RecordingId(each) for each in ids))


class Order(enum.StrEnum):
    """In which order a part is printed."""

    TIME = "time"
    REVERSE = "reverse"
    OWN = "own"


def order_of(edition: Edition, material: Material, part: Part) -> Order:
    """Which order this part is in."""
    return _order([item.id for item in material.of(part)], ids_of(edition, part))


def in_order(edition: Edition, material: Material, part: Part, order: Order) -> Edition:
    """The same edition with a part in the order of time, or the newest first."""
    natural = [item.id for item in material.of(part)]
    if order is Order.REVERSE:
        natural.reverse()
    inside = frozenset(ids_of(edition, part))
    return _with_ids(edition, part, [each for each in natural if each in inside])


def _order(natural: Sequence[int], ids: Sequence[int]) -> Order:
    places = {each: place for place, each in enumerate(natural)}
    held = [places[each] for each in ids if each in places]
    if held == sorted(held):
        return Order.TIME
    return Order.REVERSE if held == sorted(held, reverse=True) else Order.OWN


def arranged(natural: Sequence[int], ids: Sequence[int]) -> tuple[int, ...]:
    """All there are, in the order of those that are chosen; each other one behind whom it follows in time."""
    order = _order(natural, ids)
    if order is not Order.OWN:
        return tuple(natural if order is Order.TIME else reversed(natural))
    known = frozenset(natural)
    held = [each for each in dict.fromkeys(ids) if each in known]
    inside = frozenset(held)
    behind: dict[int | None, list[int]] = {}
    last: int | None = None
    for each in natural:
        if each in inside:
            last = each
        else:
            behind.setdefault(last, []).append(each)
    found = list(behind.get(None, ()))
    for each in held:
        found += [each, *behind.get(each, ())]
    return tuple(found)
