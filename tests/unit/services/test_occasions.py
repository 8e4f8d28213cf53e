"""Days of the family: kept and read back, put away and destroyed, and reminders of those that have one."""

import datetime
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import OccasionId
from memorybook.domain.occasion import LONGEST_REMINDER, Occasion, OccasionDraft, OccasionKind
from memorybook.domain.people import BabyDraft
from memorybook.services.preferences import DATES, OFF, ON, REMINDERS
from memorybook.services.remembrance import draft_of, remembrance_days
from memorybook.services.vault import Library, Vault
from memorybook.storage import occasions
from memorybook.storage.connection import Connection
from tests.books import PASSPHRASE

TODAY = datetime.date(2026, 5, 20)
HERS = OccasionDraft(
    "The day Wren was born",
    VagueDate(2025, 5, 22),
    OccasionKind.ANNIVERSARY,
    yearly=True,
    note="Light it at seven",
    reminder=3,
    reminder_words="Buy the white candle",
    in_book=False,
)
texts = st.text(max_size=12)
drafts = st.builds(
    OccasionDraft,
    label=texts,
    day=st.sampled_from(["", "2024", "XXXX-02-29~", "2026-05-22"]).map(VagueDate.parse),
    kind=st.sampled_from(OccasionKind),
    yearly=st.booleans(),
    note=texts,
    reminder=st.one_of(st.none(), st.integers(0, LONGEST_REMINDER)),
    reminder_words=texts,
    in_book=st.booleans(),
)


def told(vault: Vault) -> list[ChangeSet]:
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    return published


def in_table(vault: Vault, sql: str) -> None:
    def work(connection: Connection) -> tuple[None, None]:
        connection.execute(sql)
        return None, None

    vault.occasions._worker.write(work).result()


def words(vault: Vault, today: datetime.date) -> list[str]:
    return [each.words for each in vault.occasions.due_reminders(today).result()]


def test_days_are_kept_in_the_order_of_the_calendar(vault: Vault, library: Library) -> None:
    baby = vault.record.keep_baby(None, BabyDraft(names="Mila")).result()
    assert baby is not None
    published = told(vault)
    written = [
        OccasionDraft("The due date", VagueDate(2026, 5, 4), OccasionKind.DUE_DATE, baby=baby.id),
        replace(HERS, baby=baby.id),
        OccasionDraft("Some spring", VagueDate(2024, about=True)),
        OccasionDraft("Unknown"),
    ]
    kept = [vault.occasions.add(draft, origin="dates").result() for draft in written]
    assert [each.draft for each in kept] == written
    assert published == [ChangeSet(occasions=frozenset({each.id}), origin="dates") for each in kept]
    assert len({each.uid for each in kept}) == len(kept)
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.occasions.all().result() == tuple(reversed(kept))
    again.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drafts, drafts)
def test_whatever_is_written_comes_back(vault: Vault, first: OccasionDraft, second: OccasionDraft) -> None:
    kept = vault.occasions.add(first).result()
    assert kept.draft == occasions.normal(first)
    changed = vault.occasions.change(kept.id, second).result()
    assert changed == replace(kept, draft=occasions.normal(second))
    assert changed in vault.occasions.all().result()


def test_the_same_again_writes_nothing(vault: Vault) -> None:
    kept = vault.occasions.add(OccasionDraft("A day")).result()
    published = told(vault)
    assert vault.occasions.change(kept.id, HERS, origin="dates").result().draft == HERS
    assert vault.occasions.change(kept.id, HERS).result().draft == HERS
    assert published == [ChangeSet(occasions=frozenset({kept.id}), origin="dates")]
    assert isinstance(vault.occasions.change(OccasionId(9), HERS).exception(), LookupError)


def test_a_remembrance_day_is_added_once(vault: Vault) -> None:
    day = next(day for day in remembrance_days() if day.id == "bereaved-fathers")
    first = vault.occasions.add(draft_of(day)).result()
    published = told(vault)
    assert vault.occasions.add(draft_of(day)).result() == first
    assert published == []
    vault.occasions.put_away([first.id]).result()
    assert vault.occasions.add(draft_of(day)).result() != first


def test_what_was_put_away_waits_and_comes_back(vault: Vault, library: Library) -> None:
    one, two = (vault.occasions.add(replace(HERS, label=name)).result() for name in "AB")
    published = told(vault)
    vault.occasions.put_away([two.id], origin="dates").result()
    vault.occasions.put_away([two.id]).result()
    assert published == [ChangeSet(occasions=frozenset({two.id}), drawer=True, origin="dates")]
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.occasions.all().result() == (one,)
    (waiting,) = again.occasions.put_away_rows().result()
    assert waiting.deleted_at is not None
    assert replace(waiting, deleted_at=None) == two
    again.occasions.bring_back([two.id]).result()
    assert again.occasions.all().result() == (one, two)
    assert isinstance(again.occasions.bring_back([OccasionId(9)]).exception(), LookupError)
    again.close()


def test_only_what_was_put_away_is_deleted_for_ever(vault: Vault) -> None:
    one, two = (vault.occasions.add(replace(HERS, label=name)).result() for name in "AB")
    vault.occasions.put_away([one.id]).result()
    published = told(vault)
    assert vault.occasions.delete_for_ever([one.id, two.id, OccasionId(9)]).result() == 1
    assert published == [ChangeSet(occasions=frozenset({one.id}), drawer=True)]
    assert vault.occasions.put_away_rows().result() == ()
    assert vault.occasions.all().result() == (two,)


def test_a_changed_byte_is_noticed(vault: Vault) -> None:
    kept = vault.occasions.add(HERS).result()
    for change in (
        "label = 'Another'",
        "day = '2025-05-23'",
        "yearly = 0",
        "reminder = 4",
        "reminder = -1",
        "reminder_words = ''",
        "remembrance = 'x'",
        "uid = 'x'",
        "kind = 'x'",
        "in_book = 1",
    ):
        in_table(vault, f"UPDATE occasion SET {change}")  # noqa: S608 - the literals above
        assert vault.occasions.all().result() == (), change
        assert vault.occasions.due_reminders(TODAY).result() == (), change
        assert [each.id for each in vault.health.left_out()] == [kept.id], change
        in_table(vault, "DELETE FROM occasion")
        kept = vault.occasions.add(HERS).result()
    assert vault.occasions.all().result() == (kept,)


def test_nothing_of_it_is_in_its_repr(vault: Vault) -> None:
    shown = repr(vault.occasions.add(HERS).result())
    for text in (HERS.label, HERS.note, HERS.reminder_words):
        assert text not in shown


# reminders


def test_reminders_are_off_until_they_are_switched_on(vault: Vault) -> None:
    kept = vault.occasions.add(replace(HERS, reminder=None)).result()
    for day in range(1, 29):
        assert words(vault, TODAY.replace(day=day)) == []
    vault.occasions.change(kept.id, HERS).result()
    shown = [day for day in range(1, 29) if words(vault, TODAY.replace(day=day))]
    assert shown == [19, 20, 21, 22]
    assert words(vault, TODAY) == ["Buy the white candle"]


def test_a_reminder_put_aside_stays_so_until_the_day_comes_round(vault: Vault, library: Library) -> None:
    kept = vault.occasions.add(HERS).result()
    other = vault.occasions.add(replace(HERS, label="Another", reminder_words="")).result()
    first, second = vault.occasions.due_reminders(TODAY).result()
    assert [first.occasion, second.occasion] == [kept, other]
    published = told(vault)
    vault.occasions.dismiss(first, origin="reminders").result()
    vault.occasions.dismiss(first).result()
    assert published == [ChangeSet(occasions=frozenset({kept.id}), origin="reminders")]
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert words(again, datetime.date(2026, 5, 22)) == ["Another"]
    assert words(again, datetime.date(2027, 5, 22)) == ["Buy the white candle", "Another"]
    # another date is another time, and what was put aside for the old one says nothing of it
    again.occasions.change(kept.id, replace(HERS, day=VagueDate(2025, 5, 21))).result()
    assert words(again, TODAY) == ["Buy the white candle", "Another"]
    again.close()


def test_reminders_rest_with_their_day_with_the_page_and_when_they_are_to(vault: Vault) -> None:
    kept = vault.occasions.add(HERS).result()
    for key in (DATES, REMINDERS):
        vault.preferences.put(key, OFF).result()
        assert words(vault, TODAY) == []
        vault.preferences.put(key, ON).result()
        assert words(vault, TODAY) != []
    (reminder,) = vault.occasions.due_reminders(TODAY).result()
    vault.occasions.put_away([kept.id]).result()
    assert words(vault, TODAY) == []
    vault.occasions.delete_for_ever([kept.id]).result()
    published = told(vault)
    vault.occasions.dismiss(reminder).result()  # it was on the screen while the day went
    assert published == []


def test_a_remembrance_day_reminds_by_its_rule(vault: Vault) -> None:
    day = next(day for day in remembrance_days() if day.id == "awareness-week")
    vault.occasions.add(replace(draft_of(day), reminder=1)).result()
    shown = [day for day in range(1, 31) if words(vault, datetime.date(2026, 10, day))]
    assert shown == [8, 9, 10, 11, 12, 13, 14, 15]
    assert isinstance(vault.occasions.all().result()[0], Occasion)
