"""The name under the letters of the person who keeps the book: there when it was typed, and nowhere else."""

from memorybook.domain.book import Edition
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.services.preferences import ME
from memorybook.services.vault import Vault


def signatures(vault: Vault, *drafts: EntryDraft) -> list[str]:
    entries = [vault.journal.keep(None, draft).result() for draft in drafts]
    edition = Edition(title="", entries=tuple(entry.id for entry in entries if entry is not None))
    return [entry.signature for entry in vault.books.plan(edition).result().entries]


def test_a_letter_of_ones_own_is_signed_and_a_page_is_not(vault: Vault) -> None:
    sam = vault.people.add("Sam").result()
    letter = EntryDraft(body="Dear Wren", kind=EntryKind.LETTER)
    page = EntryDraft(body="Today")
    of_sam = EntryDraft(body="Dear Wren, too", kind=EntryKind.LETTER, author=sam.id)
    assert signatures(vault, letter, page, of_sam) == ["", "", "Sam"]
    vault.preferences.put(ME, " Your mama ").result()
    assert signatures(vault, letter, page, of_sam) == ["Your mama", "", "Sam"]
