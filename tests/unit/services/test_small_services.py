"""People and what was chosen for the book; and who is told of changes."""

import logging

import pytest

from memorybook.domain.changes import ChangeSet
from memorybook.services.changes import Changes
from memorybook.services.vault import Library, Vault
from tests.books import PASSPHRASE


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
