"""What is not as it was kept is left out of a book and named; everything else can still be made into one."""

import threading
from types import NoneType

import pytest

from memorybook.domain.book import Edition
from memorybook.domain.ids import EntryId
from memorybook.domain.material import Part
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.people import BabyDraft, CeremonyDraft
from memorybook.domain.photo import PhotoDraft
from memorybook.domain.recording import RecordingDraft
from memorybook.errors import BookClosed, BookDamaged
from memorybook.services import choosing
from memorybook.services.vault import Vault
from memorybook.storage import survey
from memorybook.storage.connection import Connection
from memorybook.storage.survey import Run, Survey
from tests.unit.services.test_planning import keepsake, page, photo, planned, recording


def damage(vault: Vault, *changes: str) -> None:
    """Change rows behind the program's back."""

    def work(connection: Connection) -> tuple[None, None]:
        for change in changes:
            connection.execute(change)
        return None, None

    vault._worker.write(work).result()


def test_the_rest_can_be_chosen_kept_and_made_into_a_book(vault: Vault) -> None:
    photos = [photo(vault, seed, PhotoDraft(caption=f"Photo {seed}")) for seed in range(3)]
    things = [keepsake(vault, title="Hat", photos=(photos[1],)), keepsake(vault, title="Band")]
    heard = [recording(vault, RecordingDraft(title=f"Heart {seed}"), seed) for seed in range(2)]
    pages = [
        page(vault, "First", photos=tuple(photos[:2]), recordings=tuple(heard)),
        page(vault, "Second"),
    ]
    babies = [vault.record.keep_baby(None, BabyDraft(names=name)).result() for name in ("Wren", "Robin")]
    garden, house = (
        vault.record.keep_ceremony(None, CeremonyDraft(label=label)).result() for label in ("Garden", "House")
    )
    for label in ("A day", "Another day"):
        vault.occasions.add(OccasionDraft(label=label)).result()
    assert garden is not None
    assert house is not None
    whole = vault.books.material().result()
    assert (whole.damaged, whole.damaged_days) == ((), 0)
    edition = choosing.marked(Edition("Wren", ()), whole)
    kept = vault.editions.keep(None, "Wren", edition).result()

    lost = [
        (Part.PHOTOS, photos[0]),
        (Part.KEEPSAKES, things[1]),
        (Part.RECORDINGS, heard[0]),
        (Part.BABIES, babies[1].id if babies[1] else 0),
        (Part.CEREMONIES, house.id),
    ]
    damage(
        vault,
        "UPDATE photo SET caption = 'x' WHERE caption = 'Photo 0'",
        "UPDATE keepsake SET title = 'x' WHERE title = 'Band'",
        "UPDATE recording SET title = 'x' WHERE title = 'Heart 0'",
        "UPDATE baby SET names = 'x' WHERE names = 'Robin'",
        "UPDATE ceremony SET label = 'x' WHERE label = 'House'",
        "UPDATE occasion SET label = 'x' WHERE label = 'A day'",
        "UPDATE entry_text SET body = 'x' WHERE entry = (SELECT id FROM entry WHERE title = 'Second')",
    )
    material = vault.books.material().result()
    assert material.damaged == tuple(lost)
    assert (material.days, material.damaged_days) == (1, 1)
    assert {item.key for item in material.items} == {item.key for item in whole.items} - set(lost)

    assert len(vault.editions.since(kept.id).result()) == 0
    assert vault.editions.keep(kept.id, "Another name", edition).result().name == "Another name"
    plan = planned(
        vault, **{name: getattr(edition, name) for name in Edition.__dataclass_fields__ if name != "title"}
    )
    assert set(plan.damaged) == {*lost, (Part.ENTRIES, pages[1])}
    (first,) = plan.entries
    assert [it.photo for it in first.pictures] == [photos[1]]
    assert [it.title for it in first.recordings] == ["Heart 1"]
    assert [it.photo for it in plan.photos] == [photos[2]]
    assert [it.title for it in plan.keepsakes] == ["Hat"]
    assert [it.draft.names for it in plan.babies] == ["Wren"]
    assert [it.draft.label for it in plan.ceremonies] == ["Garden"]
    assert [it.label for it in plan.dates] == ["Another day"]


@pytest.mark.parametrize("column", ["in_book", "covered"])
def test_a_photo_that_is_marked_otherwise_than_it_was_is_in_no_book(vault: Vault, column: str) -> None:
    kept = photo(vault, 1, PhotoDraft(in_book=False, covered=True))
    damage(vault, f"UPDATE photo SET {column} = 1 - {column} WHERE id = {kept}")  # noqa: S608
    plan = planned(vault, photos=(kept,), cover=kept)
    assert (plan.photos, plan.cover, plan.damaged) == ((), None, ((Part.PHOTOS, kept),))


def test_one_page_alone_is_whole_or_not_made(vault: Vault) -> None:
    kept = page(vault, "First", photos=(photo(vault, 1),))
    damage(vault, "UPDATE photo SET caption = 'x'")
    with pytest.raises(BookDamaged):
        vault.books.one_page(kept, Edition("", ())).result()


@pytest.mark.parametrize("ends", [False, True])
def test_words_are_kept_while_it_is_found_out_what_is_lost(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, ends: bool
) -> None:
    keepsake(vault, title="Hat")
    keepsake(vault, title="Band")
    damage(vault, "UPDATE keepsake SET words = 'x' WHERE title = 'Hat'")
    began, go_on, look = threading.Event(), threading.Event(), survey.look

    def looking(run: Run) -> Survey:
        began.set()
        assert go_on.wait(60)
        return look(run)

    monkeypatch.setattr(survey, "look", looking)
    listed, again = vault.keepsakes.all(), vault.keepsakes.all()
    assert began.wait(60)
    kept = page(vault, "Kept meanwhile")  # though all of the book is being read
    assert not listed.done()
    if ends:
        threading.Timer(0, go_on.set).start()
        vault.close()
        assert all(isinstance(each.exception(), BookClosed | NoneType) for each in (listed, again))
        return
    go_on.set()
    assert [it.draft.title for it in listed.result()] == ["Band"]
    assert [it.draft.title for it in again.result()] == ["Band"]
    assert vault.journal.entry(EntryId(kept)).result().draft.title == "Kept meanwhile"
