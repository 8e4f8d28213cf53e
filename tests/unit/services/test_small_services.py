"""Days, people and what was chosen for the book; and who is told of changes."""

import logging
from dataclasses import replace

import pytest

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import OccasionId
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.people import BabyDraft
from memorybook.services.changes import Changes
from memorybook.services.vault import Library, Vault
from tests.books import PASSPHRASE


def test_days_are_kept_in_the_order_of_the_calendar(vault: Vault, library: Library) -> None:
    baby = vault.record.keep_baby(None, BabyDraft(names="Mila")).result()
    assert baby is not None
    drafts = [
        OccasionDraft("The due date", VagueDate(2026, 5, 4), OccasionKind.DUE_DATE, baby=baby.id),
        OccasionDraft(
            "Her day", VagueDate(2025, 11, 2), OccasionKind.ANNIVERSARY, yearly=True, note="a candle"
        ),
        OccasionDraft("Some spring", VagueDate(2024, about=True)),
        OccasionDraft("Unknown"),
    ]
    kept = [vault.occasions.add(draft).result() for draft in drafts]
    assert [occasion.draft for occasion in kept] == drafts
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.occasions.all().result() == tuple(reversed(kept))
    again.close()


def test_a_day_can_be_changed(vault: Vault) -> None:
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    kept = vault.occasions.add(OccasionDraft("A day"), origin="dates").result()
    draft = OccasionDraft("Another", VagueDate(2026, 1, 1), OccasionKind.ANNIVERSARY, yearly=True, note="n")
    assert vault.occasions.change(kept.id, draft).result().draft == draft
    assert vault.occasions.change(kept.id, draft).result().draft == draft
    assert vault.occasions.all().result() == (replace(kept, draft=draft),)
    changed = frozenset({kept.id})
    assert published == [ChangeSet(occasions=changed, origin="dates"), ChangeSet(occasions=changed)]
    assert isinstance(vault.occasions.change(OccasionId(9), draft).exception(), LookupError)


def test_people_are_remembered(vault: Vault) -> None:
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    anna = vault.people.add(" Anna ").result()
    ben = vault.people.add("Ben").result()
    assert vault.people.add("Anna").result() == anna
    assert vault.people.all().result() == (anna, ben)
    assert anna.name == "Anna"
    assert published == [ChangeSet(people=True)] * 2
    assert "Anna" not in repr(anna)
    with pytest.raises(ValueError, match="a name"):
        vault.people.add("  ")


def test_what_was_chosen_is_kept_in_the_book(vault: Vault, library: Library) -> None:
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    assert vault.preferences.get("title").result() is None
    vault.preferences.put("title", "For Mila").result()
    vault.preferences.put("title", "For Mila").result()
    vault.preferences.put("title", "Für Mila", origin="settings").result()
    assert published == [ChangeSet(preferences=True), ChangeSet(preferences=True, origin="settings")]
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.preferences.get("title").result() == "Für Mila"
    again.close()


def test_everyone_who_subscribed_is_told_and_nobody_after_that() -> None:
    changes = Changes()
    one: list[ChangeSet] = []
    two: list[ChangeSet] = []
    end = changes.subscribe(one.append)
    changes.subscribe(two.append)
    changes.publish(ChangeSet(people=True))
    end()
    end()
    changes.publish(ChangeSet(preferences=True))
    assert one == [ChangeSet(people=True)]
    assert two == [ChangeSet(people=True), ChangeSet(preferences=True)]


def test_a_screen_that_fails_keeps_nobody_from_hearing(
    vault: Vault, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[ChangeSet] = []

    def fail(_changes: ChangeSet) -> None:
        raise RuntimeError

    vault.changes.subscribe(fail)
    vault.changes.subscribe(heard.append)
    with caplog.at_level(logging.ERROR):
        vault.preferences.put("title", "x").result()
    assert heard == [ChangeSet(preferences=True)]
    assert vault.preferences.get("title").result() == "x"
    assert len(caplog.records) == 1


def test_a_day_taken_off_the_list_stays_in_the_book(vault: Vault, library: Library) -> None:
    kept = vault.occasions.add(OccasionDraft("By mistake", VagueDate(None, 10, 15))).result()
    vault.occasions.take_off(kept.id).result()
    assert vault.occasions.all().result() == ()
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.occasions.all().result() == ()
    assert again.occasions.put_back(kept.id).result() == kept
    assert again.occasions.all().result() == (kept,)
    again.close()
