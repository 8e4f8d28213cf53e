"""Babies, farewells and those who write, kept in a real book and read back."""

from concurrent.futures import Future
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.gestation import Gestation
from memorybook.domain.ids import BabyId, CeremonyId, PersonId
from memorybook.domain.people import Baby, BabyDraft, Ceremony, CeremonyDraft, KeptAside, Measurement
from memorybook.services.vault import Library, Vault
from memorybook.storage import babies
from tests.books import PASSPHRASE

WREN = BabyDraft(
    names="Wren Ada",
    word="daughter",
    due=VagueDate(2026, 10, 3),
    learned=VagueDate(2026, 1, about=True),
    born=VagueDate(2026, 5, 22),
    died=VagueDate(None, 5, 20),
    gestation=Gestation(20, 6, about=True),
    measurements=(
        Measurement("weight", "12.2 oz"),
        Measurement("length", "26½ cm"),
        Measurement("Hair", "dark"),
        Measurement("weight", "345 g"),
    ),
    place="At home,\nby the window",
    carers="Ellen",
    met="Sam",
    notes=" as typed \U0001f56f\n",
    in_book=False,
)
GARDEN = CeremonyDraft(
    "In the garden", VagueDate(2026, 6), "Here", "You were here.", "A blackbird", "Seven", "The sea", "n"
)

texts = st.text(max_size=12)
vague = st.one_of(st.just(UNKNOWN), st.builds(VagueDate, st.integers(1, 9999), about=st.booleans()))
drafts = st.builds(
    BabyDraft,
    names=texts,
    word=texts,
    due=vague,
    learned=vague,
    born=vague,
    died=vague,
    gestation=st.one_of(st.none(), st.builds(Gestation, st.integers(0, 45))),
    measurements=st.lists(st.builds(Measurement, texts, texts), max_size=3).map(tuple),
    place=texts,
    carers=texts,
    met=texts,
    notes=texts,
    in_book=st.booleans(),
)


def kept(future: Future[Baby | None]) -> Baby:
    baby = future.result()
    assert baby is not None
    return baby


def kept_ceremony(future: Future[Ceremony | None]) -> Ceremony:
    ceremony = future.result()
    assert ceremony is not None
    return ceremony


def names(vault: Vault) -> list[str]:
    return [baby.name for baby in vault.record.babies().result()]


def told(vault: Vault) -> list[ChangeSet]:
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    return published


def test_a_baby_is_read_back_as_it_was_written(vault: Vault, library: Library) -> None:
    published = told(vault)
    baby = kept(vault.record.keep_baby(None, WREN, origin="family"))
    assert baby.draft == WREN
    assert published == [ChangeSet(record=True, origin="family")]
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.record.babies().result() == (baby,)
    again.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drafts)
def test_whatever_is_written_comes_back(vault: Vault, draft: BabyDraft) -> None:
    baby = vault.record.keep_baby(None, draft).result()
    if draft.is_empty:
        assert baby is None
    else:
        assert baby is not None
        assert baby.draft == babies.normal(draft)
        assert vault.record.babies().result()[-1] == baby


def test_one_date_is_a_record_and_nothing_is_none(vault: Vault) -> None:
    published = told(vault)
    assert vault.record.keep_baby(None, BabyDraft(in_book=False)).result() is None
    assert vault.record.keep_ceremony(None, CeremonyDraft(baby=None)).result() is None
    assert published == []
    one = kept(vault.record.keep_baby(None, BabyDraft(due=VagueDate(2024, about=True))))
    assert vault.record.babies().result() == (one,)


def test_a_record_changes_and_the_same_again_writes_nothing(vault: Vault) -> None:
    baby = kept(vault.record.keep_baby(None, WREN))
    published = told(vault)
    changed = replace(WREN, names="Wren", measurements=WREN.measurements[1:], gestation=None, died=UNKNOWN)
    assert kept(vault.record.keep_baby(baby.id, changed)).draft == changed
    kept(vault.record.keep_baby(baby.id, changed))
    assert published == [ChangeSet(record=True)]
    assert kept(vault.record.keep_baby(baby.id, BabyDraft())).draft == BabyDraft()
    assert [each.id for each in vault.record.babies().result()] == [baby.id]
    assert isinstance(vault.record.keep_baby(BabyId(9), WREN).exception(), LookupError)


def test_the_parent_gives_the_order(vault: Vault) -> None:
    for name in "ABCD":
        kept(vault.record.keep_baby(None, BabyDraft(names=name)))
    a, b, c, d = (baby.id for baby in vault.record.babies().result())
    published = told(vault)
    assert [baby.name for baby in vault.record.move_baby(d, 0).result()] == ["D", "A", "B", "C"]
    assert [baby.name for baby in vault.record.move_baby(a, 99).result()] == ["D", "B", "C", "A"]
    assert [baby.name for baby in vault.record.move_baby(c, 1).result()] == ["D", "C", "B", "A"]
    assert len(published) == 3
    vault.record.move_baby(c, 1).result()
    vault.record.move_baby(d, -5).result()
    assert len(published) == 3
    assert names(vault) == ["D", "C", "B", "A"]
    vault.record.remove_baby(b).result()
    assert isinstance(vault.record.move_baby(b, 0).exception(), LookupError)
    kept(vault.record.keep_baby(None, BabyDraft(names="E")))
    assert names(vault) == ["D", "C", "A", "E"]


def test_a_removed_baby_waits_and_comes_back_to_its_place(vault: Vault, library: Library) -> None:
    one, two, three = (kept(vault.record.keep_baby(None, BabyDraft(names=name))) for name in "ABC")
    page = vault.journal.keep(None, EntryDraft(body="x", babies=(two.id,))).result()
    assert page is not None
    vault.record.remove_baby(two.id).result()
    published = told(vault)
    vault.record.remove_baby(two.id).result()
    assert published == []
    assert vault.record.babies().result() == (one, three)
    assert vault.record.kept_aside().result() == KeptAside((two,), ())
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.record.kept_aside().result() == KeptAside((two,), ())
    assert again.journal.entry(page.id).result().draft.babies == (two.id,)
    assert again.record.bring_back_baby(two.id).result() == two
    assert again.record.babies().result() == (one, two, three)
    assert again.record.kept_aside().result() == KeptAside()
    assert isinstance(again.record.remove_baby(BabyId(9)).exception(), LookupError)
    again.close()


def test_it_comes_back_between_those_it_stood_between(vault: Vault) -> None:
    one, two, three, four = (kept(vault.record.keep_baby(None, BabyDraft(names=name))) for name in "ABCD")
    vault.record.remove_baby(two.id).result()
    vault.record.move_baby(four.id, 0).result()
    vault.record.bring_back_baby(two.id).result()
    order = names(vault)
    assert order.index("A") < order.index("B") < order.index("C")
    assert order[0] == "D"
    assert (one.id, three.id) != (two.id, four.id)


def test_farewells_are_kept_in_the_order_of_the_calendar(vault: Vault, library: Library) -> None:
    baby = kept(vault.record.keep_baby(None, WREN))
    days = (UNKNOWN, VagueDate(2026, 6), VagueDate(2024, about=True), VagueDate(2026, 5, 30))
    published = told(vault)
    every = [
        kept_ceremony(vault.record.keep_ceremony(None, replace(GARDEN, day=day, baby=baby.id)))
        for day in days
    ]
    assert published == [ChangeSet(record=True)] * 4
    assert [each.draft.day for each in every] == list(days)
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.record.ceremonies().result() == (every[2], every[3], every[1], every[0])
    again.close()


def test_a_farewell_changes_is_removed_and_comes_back(vault: Vault) -> None:
    ceremony = kept_ceremony(vault.record.keep_ceremony(None, GARDEN))
    assert ceremony.draft == GARDEN
    changed = replace(GARDEN, rests="", in_book=False)
    published = told(vault)
    ceremony = kept_ceremony(vault.record.keep_ceremony(ceremony.id, changed))
    vault.record.keep_ceremony(ceremony.id, changed).result()
    assert published == [ChangeSet(record=True)]
    assert vault.record.remove_ceremony(ceremony.id).result() == ceremony
    assert vault.record.ceremonies().result() == ()
    assert vault.record.kept_aside().result() == KeptAside((), (ceremony,))
    vault.record.bring_back_ceremony(ceremony.id).result()
    assert vault.record.ceremonies().result() == (ceremony,)
    assert isinstance(vault.record.keep_ceremony(CeremonyId(9), GARDEN).exception(), LookupError)
    assert isinstance(vault.record.bring_back_ceremony(CeremonyId(9)).exception(), LookupError)


def test_a_page_is_about_babies_and_has_tags_in_the_order_of_the_person(
    vault: Vault, library: Library
) -> None:
    one, two = (kept(vault.record.keep_baby(None, BabyDraft(names=name))).id for name in "AB")
    draft = EntryDraft(body="x", babies=(two, one, two), tags=("  The\n sea", "Été", "the SEA", ""))
    page = vault.journal.keep(None, draft).result()
    assert page is not None
    assert page.draft.babies == (two, one)
    assert page.draft.tags == ("The sea", "Été")
    published = told(vault)
    vault.journal.keep(page.id, draft).result()
    assert published == []
    changed = replace(draft, babies=(one,), tags=("Ete", "rain"))
    vault.journal.keep(page.id, changed).result()
    (told_of,) = published
    assert told_of.tags
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    kept_draft = again.journal.entry(page.id).result().draft
    assert (kept_draft.babies, kept_draft.tags) == ((one,), ("Ete", "rain"))
    alone = again.journal.keep(page.id, EntryDraft(tags=("rain",))).result()
    assert alone is not None
    assert not alone.draft.is_empty
    assert [row.id for row in again.journal.page().result().rows] == [page.id]
    again.close()


def test_a_new_name_stands_on_every_page(vault: Vault) -> None:
    sam = vault.people.add("Sam").result()
    page = vault.journal.keep(None, EntryDraft(body="x", author=sam.id)).result()
    assert page is not None
    published = told(vault)
    assert vault.people.rename(sam.id, "  Samuel ").result().name == "Samuel"
    vault.people.rename(sam.id, "Samuel").result()
    assert published == [ChangeSet(people=True)]
    assert vault.journal.entry(page.id).result().author_name == "Samuel"
    assert isinstance(vault.people.rename(PersonId(9), "x").exception(), LookupError)
    with pytest.raises(ValueError, match="a name"):
        vault.people.rename(sam.id, " ")


def test_a_person_goes_when_no_page_names_them(vault: Vault) -> None:
    sam, jo = vault.people.add("Sam").result(), vault.people.add("Jo").result()
    page = vault.journal.keep(None, EntryDraft(body="x", author=sam.id)).result()
    assert page is not None
    published = told(vault)
    assert vault.people.remove(sam.id).result() is False
    assert vault.people.remove(jo.id).result() is True
    assert published == [ChangeSet(people=True)]
    assert vault.people.all().result() == (sam,)
    assert isinstance(vault.people.remove(jo.id).exception(), LookupError)
    vault.journal.delete(page.id).result()
    assert vault.people.remove(sam.id).result() is False
    vault.journal.bring_back(page.id).result()
    assert vault.journal.entry(page.id).result().author_name == "Sam"


def test_a_person_an_earlier_version_names_stays(vault: Vault) -> None:
    sam = vault.people.add("Sam").result()
    page = vault.journal.keep(None, EntryDraft(body="x " * 400, author=sam.id)).result()
    assert page is not None
    vault.journal.keep(page.id, EntryDraft(body="y")).result()
    assert vault.journal.versions(page.id).result()
    assert vault.people.remove(sam.id).result() is False
