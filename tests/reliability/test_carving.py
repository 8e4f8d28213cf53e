"""What was deleted for ever is nowhere in the book: a carver that has the key finds nothing of it."""

import random
from dataclasses import replace

import pytest

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.services.vault import Library, Vault
from memorybook.storage import replicas
from memorybook.storage.connection import Connection
from tests.books import PASSPHRASE
from tests.reliability import carving

TITLE, BODY, EARLIER, LETTER, TAG = (
    "Zwetschgenkuchen",
    "quokkafernblatt",
    "jacarandazweige",
    "Xylophonspieler",
    "pfefferminzwald",
)
SECRETS = [TITLE, BODY, EARLIER, LETTER, TAG]
OTHERS = 120


def _spellings(word: str) -> list[bytes]:
    """A word as it stands on a page, and its ends as they stand in an index that shares beginnings."""
    folded = word.lower()
    return [word.encode(), *(folded[start:].encode() for start in range(4))]


TRACES = [trace for word in SECRETS for trace in _spellings(word)]


def _carved(vault: Vault) -> dict[bytes, int]:
    key = replicas.unlock(vault.folder, PASSPHRASE)[0].seed.database_key()
    return {word: number for word, number in carving.count(vault.folder, key, TRACES).items() if number}


def _write(vault: Vault) -> EntryId:
    """The page that is deleted later, among others that are written before, beside and after it."""
    chance = random.Random(20261121)  # noqa: S311 - it has to be the same every time
    words = "the river and a house stood there while we walked along in the rain".split()  # noqa: SIM905

    def more(number: int) -> None:
        for n in range(number):
            body = " ".join(chance.choices(words, k=chance.randint(5, 400)))
            vault.journal.keep(None, EntryDraft(title=f"page {n}", body=body, tags=("sea",))).result()

    more(OTHERS // 2)
    long = " ".join(f"{BODY} {chance.choice(words)}" for _ in range(900))
    draft = EntryDraft(
        title=TITLE, body=f"{EARLIER} " * 20 + long, recipient=LETTER, tags=(TAG,), day=VagueDate(2026, 5, 4)
    )
    entry = vault.journal.keep(None, draft).result()
    assert entry is not None
    more(OTHERS // 2)
    for body in (long, f"{BODY} is what it says"):  # large and on pages of their own; then small
        vault.journal.keep(entry.id, replace(draft, body=body)).result()
    assert len(vault.journal.versions(entry.id).result()) == 2
    return entry.id


def test_nothing_is_left_of_what_was_deleted_for_ever(library: Library, vault: Vault) -> None:
    page = _write(vault)
    others = [row.title for row in vault.journal.page(limit=1_000).result().rows if row.id != page]
    before = _carved(vault)
    assert {word for word in SECRETS if before.get(word.encode())} == set(SECRETS), "the control"
    in_index = {word for word in SECRETS if before.get(word.lower()[2:].encode())}
    assert in_index == set(SECRETS), "the control of the index"

    vault.journal.delete(page).result()
    vault._worker.fold().result()
    assert _carved(vault).keys() >= {word.encode() for word in SECRETS}, "it waits in the drawer"

    assert vault.journal.delete_for_ever([page]).result() == 1
    assert _carved(vault) == {}, "while the book is open"
    for word in SECRETS:
        assert vault.journal.search(word).result().rows == ()
        assert _words_in_index(vault, word.lower()) == []
    assert [row.title for row in vault.journal.page(limit=1_000).result().rows] == others
    assert len(vault.journal.search("river").result().rows) > OTHERS // 2
    assert vault.journal.drawer().result() == ()
    vault.close()
    assert _carved(vault) == {}, "when it is closed"
    again = library.open(vault.folder, PASSPHRASE)
    assert len(again.journal.page(limit=1_000).result().rows) == OTHERS
    _whole(again)
    again.close()


def test_what_is_left_is_found_by_the_carver(vault: Vault) -> None:
    """The control of the index: without it being written anew, the words of a deleted page stay in it."""
    page = _write(vault)
    vault.journal.delete(page).result()

    def work(connection: Connection) -> tuple[None, None]:
        for table in ("entry_version", "entry_tag", "entry_text"):
            connection.execute(f"DELETE FROM {table} WHERE entry = :id", {"id": page})  # noqa: S608
        connection.execute("DELETE FROM entry WHERE id = :id", {"id": page})
        return None, None

    vault._worker.write(work).result()
    vault._worker.fold().result()
    left = _carved(vault)
    assert not any(left.get(word.encode()) for word in (TITLE, LETTER)), "overwritten in the table"
    assert any(left.get(word.lower()[2:].encode()) for word in SECRETS), "and not in the index"


@pytest.mark.parametrize("times", [1, 3])
def test_a_page_deleted_again_and_again_leaves_nothing(vault: Vault, times: int) -> None:
    for _ in range(times):
        page = _write(vault)
        vault.journal.delete(page).result()
        vault.journal.bring_back(page).result()
        vault.journal.delete(page).result()
        vault.journal.delete_for_ever([page]).result()
        assert _carved(vault) == {}
    _whole(vault)


def _words_in_index(vault: Vault, start: str) -> list[str]:
    from memorybook.storage import search

    return vault._worker.read(lambda connection: search.words(connection, start)).result()


def _whole(vault: Vault) -> None:
    """The database and the index of words are sound."""

    def work(connection: Connection) -> list[str]:
        connection.set_authorizer(None)
        return [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall()]

    assert vault._worker.read(work).result() == ["ok"]
