"""What keepsakes are called, and what their cards say."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.edit import Crop, Edit
from memorybook.domain.ids import BabyId, KeepsakeId, MediaId, PhotoId
from memorybook.domain.keepsake import KINDS, MEDICAL, Keepsake, KeepsakeDraft
from memorybook.domain.people import Baby, BabyDraft
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.ui.core.keepsake_words import facts, heading, kind_names, life_size
from memorybook.ui.core.long_words import breakable
from memorybook.ui.keepsakes.card import Card, shortened
from memorybook.ui.keepsakes.columns import ColumnsLayout
from memorybook.ui.keepsakes.form import KeepsakeForm

pytestmark = [pytest.mark.desktop, pytest.mark.usefixtures("dressed")]

PRINTS = Photo(
    PhotoId(1), MediaId("0" * 32), "JPEG", 1, 1040, 620, "", PhotoDraft(caption="Feet"), per_mm=20.0
)


def test_every_kind_has_words_of_its_own() -> None:
    names = kind_names()
    assert tuple(names) == KINDS
    assert len(set(names.values())) == len(KINDS)


def test_it_is_called_by_what_there_is() -> None:
    whole = KeepsakeDraft("band", "The band", "It says", VagueDate(2026), "Here", "Ellen")
    untitled = replace(whole, title="")
    of_no_kind = replace(untitled, kind="")
    wordless = replace(of_no_kind, words="")
    nowhere = replace(wordless, kept="")
    drafts = [whole, untitled, of_no_kind, wordless, nowhere, replace(nowhere, given_by="")]
    called = [heading(draft) for draft in (*drafts, KeepsakeDraft(photos=(PhotoId(1),)))]
    assert called == ["The band", "ID band", "It says", "Here", "From Ellen", "2026", "A photo"]
    assert heading(KeepsakeDraft(kind="Oma’s word")) == "Oma’s word"


def test_facts_leave_out_what_is_not_known() -> None:
    assert facts(KeepsakeDraft()) == ""
    draft = KeepsakeDraft(kept="Here", given_by="Sam", day=VagueDate(2026, 5), in_book=False)
    assert facts(draft, ["Wren"]) == "Kept: Here · From Sam · May 2026 · Wren · Not in our book"


def test_the_true_size_follows_the_cut() -> None:
    assert life_size(PRINTS) == "Life-size: 52 × 31 mm"
    half = replace(PRINTS, edit=Edit(turn=90, crop=Crop(right=5_000)))
    assert life_size(half) == "Life-size: 31 × 26 mm"
    assert life_size(replace(PRINTS, per_mm=None)) == ""


def test_long_words_can_break_and_others_stay() -> None:
    assert breakable("A plain word") == "A plain word"
    long = "Donaudampfschifffahrtsgesellschaft"
    assert breakable(long) != long
    assert breakable(long).replace("\u200b", "") == long
    assert shortened("one two three", 7) == "one two…"
    assert shortened("onetwothree", 5) == "onetw…"
    assert shortened(" all ", 5) == "all"


def test_a_card_says_what_it_shows_and_nothing_of_a_covered_picture() -> None:
    photo = replace(PRINTS, draft=PhotoDraft(caption="Feet", description="Two feet", covered=True))
    draft = KeepsakeDraft(kind="prints", words="Taken by the window.", photos=(photo.id,))
    card = Card(Keepsake(KeepsakeId(1), draft, ""), photo, ("Wren",), covered=True)
    assert card.accessibleName() == "Hand and foot prints"
    assert "Taken by the window." in card.accessibleDescription()
    assert "Life-size: 52 × 31 mm" in card.accessibleDescription()
    assert card.front is not None
    assert card.front.accessibleName() == "Covered photo: Feet"
    card.deleteLater()


def test_cards_stand_in_columns_without_holes(dressed: QApplication) -> None:
    del dressed
    board = QWidget()
    columns = ColumnsLayout(board, narrowest=100, gap=10)
    heights = (50, 20, 30, 40, 10)
    cards = []
    for height in heights:
        card = QWidget()
        card.setFixedHeight(height)
        columns.addWidget(card)
        cards.append(card)
    columns.setGeometry(QRect(0, 0, 320, 200))
    tops = [card.y() for card in cards]
    assert tops == sorted(tops), "no card stands above one that comes before it"
    assert tops[:3] == [0, 0, 0]
    assert {card.width() for card in cards} == {100}
    assert columns.heightForWidth(320) == max(card.y() + card.height() for card in cards)
    assert columns.heightForWidth(90) == sum(heights) + 4 * 10, "one below the other where it is narrow"
    board.deleteLater()


def test_the_form_gives_back_what_it_was_given() -> None:
    babies = [Baby(BabyId(2), BabyDraft(names="Wren"), ""), Baby(BabyId(3), BabyDraft(names="Robin"), "")]
    form = KeepsakeForm()
    for kind in (*KINDS, "Oma’s word", ""):
        about, whose = VagueDate(2026, 5, about=True), (BabyId(3), BabyId(9))
        draft = KeepsakeDraft(kind, "A", "B\nC", about, "D", "E", babies=whose, in_book=False)
        form.show_draft(draft, babies, "")
        assert form.draft() == draft
    told: list[None] = []
    form.leftOut.connect(lambda: told.append(None))
    form.show_draft(KeepsakeDraft(kind=MEDICAL), (), "")
    assert told == [], "it was put into the book by the parent"
    assert form.draft().in_book
    form.deleteLater()
