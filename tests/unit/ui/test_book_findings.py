"""What is damaged is named beside the pages, and what could not be kept stays in hand."""


from PySide6.QtWidgets import QApplication, QLabel

from memorybook.domain.book import BookPlan, Edition, KeptEdition, PageSize
from memorybook.domain.ids import EditionId
from memorybook.domain.material import Material, Part
from memorybook.errors import MemoryBookError
from memorybook.services.vault import Vault
from memorybook.ui.book.editions import Editions
from memorybook.ui.book.findings import Findings, look
from memorybook.ui.book.findings_card import FindingsCard
from memorybook.ui.book.in_hand import InHand
from tests.unit.ui import immediate


def test_what_is_damaged_is_named_by_its_kind_and_once(dressed: QApplication) -> None:
    plan = BookPlan(
        "", "", "", "en", PageSize.A5, (), (), damaged=((Part.ENTRIES, 1), (Part.PHOTOS, 2))
    )
    material = Material(damaged=((Part.PHOTOS, 2), (Part.PHOTOS, 3)), damaged_days=1, damaged_editions=1)
    card = FindingsCard()
    card.show_findings(look(plan).with_damage_of(material))
    said = card.findChild(QLabel, "book-damaged").text()
    assert all(each in said for each in ("1 page", "2 photos", "1 date", "1 book made before"))
    assert not card.isHidden()
    card.show_findings(Findings())
    assert card.isHidden()


class Told:
    """What a person would be told."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def show_editions(
        self, editions: tuple[KeptEdition, ...], current: EditionId | None, *, put_away: bool
    ) -> None:
        self.heard.append("editions")

    def ask_drawer(self, editions: tuple[KeptEdition, ...]) -> None:
        self.heard.append("drawer")

    def show_problem(self, error: MemoryBookError) -> None:
        self.heard.append(type(error).__name__)


def test_what_could_not_be_kept_stays_in_hand_when_another_is_turned_to(vault: Vault) -> None:
    told = Told()
    other = vault.editions.keep(None, "Other", Edition("Other", ())).result()
    hand = InHand(
        vault.editions, immediate.deliver, told=lambda: told.heard.append("kept"), failed=told.show_problem
    )
    turned: list[str] = []
    editions = Editions(
        told,
        vault=vault,
        hand=hand,
        deliver=immediate.deliver,
        offered=lambda: Edition("New", ()),
        turned=lambda: turned.append("turned"),
        emptied=lambda: None,
    )
    hand.offer(Edition("", ()))
    hand.change(Edition("What I chose", ()))
    vault.close()  # nothing can be written, as on a full disk
    editions.open(other)
    editions.begin()
    assert hand.edition == Edition("What I chose", ())
    assert hand.is_changed
    assert turned == []
