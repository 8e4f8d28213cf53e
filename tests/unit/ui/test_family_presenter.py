"""Keeping the record as it is typed, with a real book below and a page that is only remembered above."""

import datetime
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

import pytest

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import BabyId, CeremonyId
from memorybook.domain.people import Baby, BabyDraft, CeremonyDraft, Person
from memorybook.domain.wording import WORD, Word
from memorybook.errors import MemoryBookError, StorageFull
from memorybook.services.vault import Vault
from memorybook.ui.core.keeping import Keeping
from memorybook.ui.family.presenter import Family, FamilyPresenter
from tests.unit.ui.test_keepsakes_presenter import Answers

T = TypeVar("T")
NOW = datetime.datetime(2026, 11, 21, 14, 2, tzinfo=datetime.UTC)


class Page:
    """What a screen would show."""

    def __init__(self) -> None:
        self.family = Family()
        self.baby = BabyDraft()
        self.ceremony = CeremonyDraft()
        self.word = ""
        self.form_is_open = False
        self.kept_at: datetime.datetime | None = None
        self.problems: list[type[MemoryBookError]] = []
        self.bring_back: Callable[[], None] | None = None
        self.stays: list[str] = []
        self.gone: list[str] = []

    def show_family(self, family: Family) -> None:
        self.family = family

    def show_overview(self) -> None:
        self.form_is_open = False

    def show_baby(self, baby: BabyId | None, draft: BabyDraft, word: str) -> None:
        self.baby, self.word, self.form_is_open = draft, word, True

    def show_ceremony(
        self, ceremony: CeremonyId | None, draft: CeremonyDraft, babies: Sequence[Baby], word: str
    ) -> None:
        self.ceremony, self.word, self.form_is_open = draft, word, True

    def baby_draft(self) -> BabyDraft:
        return self.baby

    def ceremony_draft(self) -> CeremonyDraft:
        return self.ceremony

    def show_kept(self, at: datetime.datetime | None) -> None:
        self.kept_at = at

    def show_not_kept(self, error: MemoryBookError) -> None:
        self.problems.append(type(error))

    def show_put_away(self, bring_back: Callable[[], None]) -> None:
        self.bring_back = bring_back

    def show_person_stays(self, person: Person) -> None:
        self.stays.append(person.name)

    def show_person_removed(self, person: Person) -> None:
        self.gone.append(person.name)

    def show_problem(self, error: MemoryBookError) -> None:
        self.problems.append(type(error))


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def family(vault: Vault, page: Page, answers: Answers) -> FamilyPresenter:
    return FamilyPresenter(
        page,
        record=vault.record,
        people=vault.people,
        preferences=vault.preferences,
        deliver=answers,
        now=lambda: NOW,
    )


def babies(vault: Vault) -> list[BabyDraft]:
    return [baby.draft for baby in vault.record.babies().result()]


def test_what_is_typed_is_one_baby_however_often_it_is_kept(
    vault: Vault, page: Page, family: FamilyPresenter
) -> None:
    family.show()
    family.add_baby()
    family.keep()
    assert babies(vault) == [], "an empty form is no baby"
    for names in ("W", "Wr", "Wren"):
        page.baby = BabyDraft(names=names)
        family.keep()
    page.baby = BabyDraft(names="Wren", due=VagueDate(2026, 10))
    family.leave()
    assert babies(vault) == [BabyDraft(names="Wren", due=VagueDate(2026, 10))]
    assert page.kept_at == NOW
    assert not page.form_is_open
    assert [baby.name for baby in page.family.babies] == ["Wren"]


def test_a_farewell_opened_again_is_the_same_one(vault: Vault, page: Page, family: FamilyPresenter) -> None:
    family.show()
    family.add_ceremony()
    page.ceremony = CeremonyDraft(label="Under the maple")
    family.leave()
    (kept,) = page.family.ceremonies
    family.open_ceremony(kept.id)
    page.ceremony = replace(page.ceremony, music="The song from the car")
    family.leave()
    (again,) = vault.record.ceremonies().result()
    assert (again.id, again.draft.label, again.draft.music) == (
        kept.id,
        "Under the maple",
        "The song from the car",
    )


def test_a_form_that_is_opened_again_before_it_is_read_begins_with_what_was_kept_last(
    vault: Vault, page: Page, family: FamilyPresenter, answers: Answers
) -> None:
    vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
    vault.record.keep_ceremony(None, CeremonyDraft(label="Under the maple")).result()
    family.show()
    wren, maple = page.family.babies[0].id, page.family.ceremonies[0].id
    family.open_baby(wren)
    page.baby = BabyDraft(names="Wren", notes="She held my finger")
    family.keep()
    answers.waits = True
    family.leave()
    family.open_baby(wren)
    assert page.baby.notes == "She held my finger"
    answers.arrive()
    family.leave()
    family.open_ceremony(maple)
    page.ceremony = CeremonyDraft(label="Under the maple", music="The song from the car")
    family.keep()
    answers.waits = True
    family.leave()
    family.open_ceremony(maple)
    assert page.ceremony.music == "The song from the car"


def test_putting_one_away_leaves_it_at_once_and_closes_no_other(
    vault: Vault, page: Page, family: FamilyPresenter, answers: Answers
) -> None:
    for name in ("One", "Two"):
        vault.record.keep_baby(None, BabyDraft(names=name)).result()
    vault.record.keep_ceremony(None, CeremonyDraft(label="Under the maple")).result()
    family.show()
    one, two = (baby.id for baby in page.family.babies)
    for open_first, put_away in (
        (lambda: family.open_baby(one), lambda: page.family.aside.babies),
        (lambda: family.open_ceremony(page.family.ceremonies[0].id), lambda: page.family.aside.ceremonies),
    ):
        page.bring_back = None
        open_first()
        answers.waits = True
        family.put_away()
        assert not page.form_is_open, "nobody goes on writing in what goes"
        family.open_baby(two)
        page.baby = replace(page.baby, notes=page.baby.notes + "All in one go. ")
        answers.arrive()
        assert page.form_is_open
        assert page.bring_back is not None
        family.leave()
        assert len(put_away()) == 1
    assert babies(vault) == [BabyDraft(names="Two", notes="All in one go. All in one go. ")]


def test_the_order_is_the_parents(vault: Vault, page: Page, family: FamilyPresenter) -> None:
    for name in ("One", "Two", "Three"):
        vault.record.keep_baby(None, BabyDraft(names=name)).result()
    family.show()
    shown = page.family.babies
    one, three = shown[0].id, shown[2].id
    family.move(three, -1)
    assert [baby.name for baby in page.family.babies] == ["One", "Three", "Two"]
    family.move(one, -1)  # it is the first already
    assert [draft.names for draft in babies(vault)] == ["One", "Three", "Two"]


def test_what_is_put_away_can_be_brought_back_at_once_and_later(
    vault: Vault, page: Page, family: FamilyPresenter
) -> None:
    draft = BabyDraft(names="Wren", notes="All of it")
    vault.record.keep_baby(None, draft).result()
    family.show()
    wren = page.family.babies[0].id
    family.open_baby(wren)
    family.put_away()
    assert not page.form_is_open
    assert [baby.name for baby in page.family.babies] == []
    assert [baby.draft for baby in page.family.aside.babies] == [draft]
    assert page.bring_back is not None
    page.bring_back()
    assert [baby.draft for baby in page.family.babies] == [draft]
    family.open_baby(wren)
    family.put_away()
    family.bring_back_baby(wren)
    assert babies(vault) == [draft]


def test_a_form_that_was_never_typed_into_is_left_by_putting_it_away(
    vault: Vault, page: Page, family: FamilyPresenter
) -> None:
    family.show()
    family.add_baby()
    family.put_away()
    assert not page.form_is_open
    assert page.bring_back is None
    assert babies(vault) == []


def test_a_name_on_a_page_stays_and_another_goes(vault: Vault, page: Page, family: FamilyPresenter) -> None:
    family.add_person("Sam")
    family.add_person("  ")
    family.add_person("Grandma Jo")
    sam, grandma = page.family.people
    vault.journal.keep(None, EntryDraft(body="Words", author=sam.id)).result()
    family.remove(sam)
    family.remove(grandma)
    assert page.stays == ["Sam"]
    assert page.gone == ["Grandma Jo"]
    family.rename(sam.id, "Samira")
    assert [person.name for person in page.family.people] == ["Samira"]


def test_the_books_word_is_told_to_the_form(vault: Vault, page: Page, family: FamilyPresenter) -> None:
    vault.preferences.put(WORD, Word.PREGNANCY).result()
    family.show()
    family.add_baby()
    assert page.word == Word.PREGNANCY


class Slow:
    """A vault that answers when it is told to."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.answers: list[tuple[Callable[[str], None], Callable[[MemoryBookError], None]]] = []

    def write(self, draft: str) -> Future[str]:
        self.written.append(draft)
        return Future()

    def deliver(
        self, future: Future[T], done: Callable[[T], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        self.answers.append((done, failed))  # type: ignore[arg-type]  # it is always a text here


def test_words_typed_during_a_writing_are_written_after_it_and_not_beside_it() -> None:
    slow, page = Slow(), Page()
    typed = ["a"]
    settled: list[bool] = []
    keeping: Keeping[str, str] = Keeping(
        page,
        "",
        read=lambda: typed[0],
        write=slow.write,
        written=lambda _: None,
        deliver=slow.deliver,
        now=lambda: NOW,
    )
    keeping.keep()
    typed[0] = "ab"
    keeping.flush(settled.append)
    assert slow.written == ["a"]
    slow.answers.pop()[0]("a")
    assert slow.written == ["a", "ab"]
    assert settled == [], "not all of it is kept yet"
    slow.answers.pop()[0]("ab")
    assert settled == [True]


def test_words_that_could_not_be_written_are_said_to_be_and_tried_again() -> None:
    slow, page = Slow(), Page()
    settled: list[bool] = []
    keeping: Keeping[str, str] = Keeping(
        page,
        "",
        read=lambda: "a",
        write=slow.write,
        written=lambda _: None,
        deliver=slow.deliver,
        now=lambda: NOW,
    )
    keeping.flush(settled.append)
    slow.answers.pop()[1](StorageFull())
    assert settled == [False]
    assert page.problems == [StorageFull]
    keeping.flush(settled.append)
    slow.answers.pop()[0]("a")
    assert settled == [False, True]
    assert slow.written == ["a", "a"]
