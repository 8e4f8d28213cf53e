"""What goes into a book section by section, and the order that is chosen by hand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.domain.book import CoveredPhotos, Edition
from memorybook.domain.entry import EntryKind
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.material import Item, Material, Part
from memorybook.services import choosing
from memorybook.ui.book.selection import (
    Figures,
    Order,
    Section,
    arranged,
    figures,
    in_order,
    items_of,
    order_of,
    put_in,
    with_section,
)

MATERIAL = Material(
    (
        Item(Part.ENTRIES, 1, kind=EntryKind.LETTER, photos=(PhotoId(1),)),
        Item(Part.ENTRIES, 2, kind=EntryKind.LETTER, person="Sam"),
        Item(Part.ENTRIES, 3, kind=EntryKind.ENTRY),
        Item(Part.ENTRIES, 4, kind=EntryKind.WORDS),
        Item(Part.ENTRIES, 5, kind=EntryKind.ENTRY, in_book=False),
        Item(Part.PHOTOS, 1),
        Item(Part.PHOTOS, 2),
        Item(Part.PHOTOS, 3, covered=True),
    )
)
EVERYTHING = choosing.choose(Edition(title="", entries=()), MATERIAL, [it.key for it in MATERIAL.items])


def test_pages_of_others_are_a_section_of_their_own_and_those_for_oneself_are_in_none() -> None:
    assert [item.id for item in items_of(MATERIAL, Section.PAGES)] == [1, 3]
    assert [item.id for item in items_of(MATERIAL, Section.OTHERS)] == [2, 4]
    assert EVERYTHING.entries == (1, 2, 3, 4)


def test_figures_name_who_wrote_and_count_covered_photos_while_they_go_in() -> None:
    found = figures(EVERYTHING, MATERIAL)
    assert found[Section.PAGES] == Figures(2, 2)
    assert found[Section.OTHERS] == Figures(2, 2, ("Sam",))
    assert found[Section.PHOTOS] == Figures(2, 3)
    assert Section.KEEPSAKES not in found
    last = choosing.choose(EVERYTHING, MATERIAL, [])
    covered = Edition(title="", entries=last.entries, photos=last.photos, covered=CoveredPhotos.LAST)
    assert figures(covered, MATERIAL)[Section.PHOTOS] == Figures(3, 3)


def test_a_section_goes_out_and_comes_back_where_it_was() -> None:
    without = with_section(EVERYTHING, MATERIAL, Section.OTHERS, ())
    assert without.entries == (1, 3)
    keys = [item.key for item in items_of(MATERIAL, Section.OTHERS)]
    assert with_section(without, MATERIAL, Section.OTHERS, keys).entries == (1, 2, 3, 4)


def test_photos_that_are_left_out_leave_their_page_and_come_back_to_it() -> None:
    without = with_section(EVERYTHING, MATERIAL, Section.PHOTOS, ())
    assert (without.photos, without.left_out) == ((), {1})
    back = put_in(without, MATERIAL, [(Part.PHOTOS, 1)])
    assert (back.photos, back.left_out) == ((), frozenset())


def test_what_comes_in_takes_its_place_in_each_order() -> None:
    some = with_section(EVERYTHING, MATERIAL, Section.PAGES, [(Part.ENTRIES, 1)])
    assert order_of(some, MATERIAL, Part.ENTRIES) is Order.TIME
    newest = in_order(some, MATERIAL, Part.ENTRIES, Order.REVERSE)
    assert newest.entries == (4, 2, 1)
    assert put_in(newest, MATERIAL, [(Part.ENTRIES, 3)]).entries == (4, 3, 2, 1)
    own = choosing.move(EVERYTHING, [(Part.ENTRIES, 4)], 1)
    assert (own.entries, order_of(own, MATERIAL, Part.ENTRIES)) == ((1, 4, 2, 3), Order.OWN)
    without = choosing.leave(own, MATERIAL, [(Part.ENTRIES, 2)])
    assert put_in(without, MATERIAL, [(Part.ENTRIES, 2)]).entries == (1, 2, 4, 3)


@settings(max_examples=60, deadline=None)
@given(st.permutations(list(range(8))), st.sets(st.integers(0, 7)))
def test_all_are_listed_once_and_the_chosen_ones_in_their_order(order: list[int], ins: set[int]) -> None:
    ids = [each for each in order if each in ins]
    found = arranged(range(8), [*ids, 99])
    assert sorted(found) == list(range(8))
    assert [each for each in found if each in ins] == ids


def test_nothing_that_is_for_oneself_goes_in_whatever_is_asked() -> None:
    assert EntryId(5) not in put_in(EVERYTHING, MATERIAL, [(Part.ENTRIES, 5)]).entries
