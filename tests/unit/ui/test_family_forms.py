"""The forms of the record: what is shown comes back, what holds nothing is folded, half a date is told."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from memorybook.domain.dates import VagueDate
from memorybook.domain.gestation import Gestation
from memorybook.domain.ids import BabyId
from memorybook.domain.people import Baby, BabyDraft, CeremonyDraft, Measurement
from memorybook.domain.wording import Word
from memorybook.ui.core.called import add_text, called, heading
from memorybook.ui.core.gestation_words import gestation_text
from memorybook.ui.family.baby_form import BabyForm
from memorybook.ui.family.ceremony_form import CeremonyForm
from memorybook.ui.family.wording import baby_facts
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.gestation_field import GestationField
from memorybook.ui.kit.text_box import TextBox
from memorybook.ui.kit.word_choice import WordChoice

day = VagueDate.parse
FULL = BabyDraft(
    names="Wren & <b>Robin</b>",
    word="our little bean",
    due=day("2026-10-03"),
    learned=day("2026-02~"),
    born=day("2026-05-22"),
    died=day("XXXX-05-22"),
    gestation=Gestation(20, 6, about=True),
    measurements=(
        Measurement("weight", "412 g"),
        Measurement("foot", "3 cm / 1¼ in"),
        Measurement("From heel to crown", "26 cm"),
        Measurement("His hair", ""),
    ),
    place="St Mary’s",
    carers="Anna\n\nThe night nurse ",
    met="Grandma",
    notes=" It rained.\n",
    in_book=False,
)


def child(form: QWidget, name: str) -> QWidget:
    found = form.findChild(QWidget, name)
    assert found is not None, name
    return found


@pytest.fixture
def form(dressed: QApplication, qtbot: QtBot) -> BabyForm:
    form = BabyForm()
    qtbot.addWidget(form)
    form.show()
    return form


@pytest.mark.parametrize("draft", [FULL, BabyDraft(), BabyDraft(due=day("2019"))])
def test_what_is_shown_is_what_comes_back(form: BabyForm, draft: BabyDraft) -> None:
    form.show_draft(draft)
    assert form.draft() == draft


def test_one_form_after_another_keeps_nothing_of_the_one_before(form: BabyForm) -> None:
    form.show_draft(FULL)
    form.show_draft(BabyDraft())
    assert form.draft() == BabyDraft()


def test_showing_is_not_typing(form: BabyForm) -> None:
    edited: list[bool] = []
    form.edited.connect(lambda: edited.append(True))
    form.show_draft(FULL)
    assert not edited


def test_what_holds_nothing_waits_as_a_chip_and_takes_the_keyboard_when_it_is_asked_for(
    form: BabyForm, qtbot: QtBot
) -> None:
    form.show_draft(BabyDraft(names="Wren"))
    with qtbot.waitActive(form):
        form.activateWindow()
    chip = child(form, "baby-offer-born")
    assert not child(form, "baby-born-day").isVisible()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert child(form, "baby-born-day").isVisible()
    assert not chip.isVisible()
    assert QApplication.focusWidget() is child(form, "baby-born-day")
    QTest.keyClicks(child(form, "baby-born-day"), "3")
    form.show_draft(form.draft())
    assert not child(form, "baby-born-day").isVisible(), "a day alone is no date and was not kept"


def test_half_a_date_is_told_and_the_date_from_before_stays(form: BabyForm) -> None:
    form.show_draft(BabyDraft(born=day("2026-05-22")))
    month = child(form, "baby-born-month")
    assert isinstance(month, QComboBox)
    month.setCurrentIndex(0)
    assert child(form, "baby-born-hint").isVisible()
    assert form.draft().born == day("2026-05-22")
    assert not form.is_whole
    month.setCurrentIndex(6)
    assert not child(form, "baby-born-hint").isVisible()
    assert form.draft().born == day("2026-06-22")
    assert form.is_whole


def test_a_date_that_was_only_passed_through_is_not_kept(form: BabyForm) -> None:
    """31 February has no such day; 31 January, which the month goes through, was never meant."""
    form.show_draft(BabyDraft())
    chip = child(form, "baby-offer-due")
    assert isinstance(chip, Button)
    chip.click()
    number, month, year = (child(form, f"baby-due-{name}") for name in ("day", "month", "year"))
    number.setFocus()
    QTest.keyClicks(number, "31")
    month.setFocus()
    QTest.keyClick(month, Qt.Key.Key_Down)
    assert form.draft().due == VagueDate(month=1, day=31)
    QTest.keyClick(month, Qt.Key.Key_Down)
    assert child(form, "baby-due-hint").isVisible()
    assert form.draft().due == VagueDate()
    QTest.keyClick(month, Qt.Key.Key_Down)
    year.setFocus()
    QTest.keyClicks(year, "2024")
    number.setFocus()
    assert form.draft().due == day("2024-03-31")
    QTest.keyClick(number, Qt.Key.Key_Backspace)
    QTest.keyClick(number, Qt.Key.Key_Backspace)
    month.setFocus()
    QTest.keyClick(month, Qt.Key.Key_Home)
    year.setFocus()
    assert form.draft().due == day("2024"), "a date that was left like this was meant"


def test_weeks_are_counted_from_the_due_date_when_that_is_asked_for(form: BabyForm) -> None:
    form.show_draft(BabyDraft(due=day("2026-10-03"), born=day("2026-05-22")))
    QTest.mouseClick(child(form, "baby-offer-gestation"), Qt.MouseButton.LeftButton)
    offer = child(form, "baby-gestation-offer")
    assert isinstance(offer, Button)
    assert offer.isVisible()
    assert form.draft().gestation is None, "nothing is filled in by itself"
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert form.draft().gestation == Gestation(20, 6)
    assert not offer.isVisible()


def test_a_measurement_takes_a_word_of_ones_own(form: BabyForm) -> None:
    form.show_draft(BabyDraft())
    QTest.mouseClick(child(form, "baby-offer-measurements"), Qt.MouseButton.LeftButton)
    what = form.findChild(QComboBox, "baby-measure-1-what")
    assert what is not None
    line = what.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "Weig")
    value = child(form, "baby-measure-1-value")
    QTest.keyClicks(value, "14 oz")
    assert form.draft().measurements == (Measurement("Weig", "14 oz"),)
    line.selectAll()
    QTest.keyClicks(line, "Length")
    assert form.draft().measurements == (Measurement("length", "14 oz"),)
    QTest.mouseClick(child(form, "baby-measure-1-remove"), Qt.MouseButton.LeftButton)
    assert form.draft().measurements == ()


def test_a_word_that_is_chosen_and_not_typed_is_none(dressed: QApplication, qtbot: QtBot) -> None:
    choice = WordChoice(name="word", as_usual="As usual")
    qtbot.addWidget(choice)
    choice.show()
    for word in ("", *Word, "our little bean"):
        choice.show_word(word)
        assert choice.word() == word
    QTest.mouseClick(child(choice, "word-own"), Qt.MouseButton.LeftButton)
    line = child(choice, "word-line")
    assert isinstance(line, QLineEdit)
    assert line.isVisible()
    line.clear()
    assert choice.word() == ""


@pytest.mark.parametrize(
    ("weeks", "days", "missing"), [("", "3", "weeks are missing"), ("46", "", "45"), ("22", "7", "6")]
)
def test_weeks_and_days_that_cannot_be_are_told(
    dressed: QApplication, qtbot: QtBot, weeks: str, days: str, missing: str
) -> None:
    field = GestationField(name="far")
    qtbot.addWidget(field)
    assert field.what_is_missing() == ""
    field.weeks.setText(weeks)
    field.days.setText(days)
    assert field.value() is None
    assert missing in field.what_is_missing()


def test_a_farewell_comes_back_also_when_it_was_for_one_who_is_put_away(
    dressed: QApplication, qtbot: QtBot
) -> None:
    form = CeremonyForm()
    qtbot.addWidget(form)
    wren = Baby(BabyId(1), BabyDraft(names="Wren"), "")
    draft = CeremonyDraft(
        label="Under the maple",
        day=day("2026-06"),
        place="Our garden",
        readings="A poem\nof three\nlines",
        music="A song",
        who="All of us",
        rests="Under the maple",
        notes="Wind.",
        baby=wren.id,
    )
    form.show_draft(draft, [wren], "")
    assert form.draft() == draft
    form.show_draft(draft, [], "")
    assert form.draft() == draft
    form.show_draft(CeremonyDraft(), [], "")
    assert form.draft() == CeremonyDraft()


def test_a_box_is_as_tall_as_its_words(dressed: QApplication, qtbot: QtBot) -> None:
    box = TextBox(name="box")
    qtbot.addWidget(box)
    box.resize(300, box.sizeHint().height())
    box.show()
    before = box.sizeHint().height()
    box.setPlainText("line\n" * 9)
    qtbot.waitUntil(lambda: box.sizeHint().height() > before * 2)
    box.resize(300, box.sizeHint().height())
    qtbot.waitUntil(lambda: box.verticalScrollBar().maximum() == 0)


@pytest.mark.parametrize(
    ("draft", "word", "said", "begins"),
    [
        (BabyDraft(names="wren"), Word.PREGNANCY, "wren", "wren"),
        (BabyDraft(), "", "our baby", "Our baby"),
        (BabyDraft(), Word.PREGNANCY, "our pregnancy", "Our pregnancy"),
        (BabyDraft(word=Word.SON), Word.PREGNANCY, "our son", "Our son"),
        (BabyDraft(), "pequeña", "pequeña", "pequeña"),
        (BabyDraft(), Word.NAME, "", ""),
    ],
)
def test_a_baby_is_called_by_name_or_by_the_word(
    draft: BabyDraft, word: str, said: str, begins: str, dressed: QApplication
) -> None:
    assert called(draft, word) == said
    assert heading(draft, word) == begins


@pytest.mark.parametrize(
    ("word", "text"), [("", "Add a baby"), ("son", "Add a son"), ("bean", "Add someone")]
)
def test_the_button_uses_the_word(word: str, text: str, dressed: QApplication) -> None:
    assert add_text(word) == text


@pytest.mark.parametrize(
    ("gestation", "text"),
    [
        (Gestation(1, 1), "1 week + 1 day"),
        (Gestation(22), "22 weeks"),
        (Gestation(20, 0, about=True), "about 20 weeks + 0 days"),
    ],
)
def test_how_far_along_is_said_in_words(
    gestation: Gestation, text: str, dressed: QApplication
) -> None:
    assert gestation_text(gestation) == text


@pytest.mark.parametrize(
    ("draft", "facts"),
    [
        (BabyDraft(), ""),
        (BabyDraft(due=day("2026-10")), "due October 2026"),
        (BabyDraft(due=day("2026-10"), died=day("2026")), "died 2026"),
        (BabyDraft(gestation=Gestation(9)), "9 weeks"),
        (BabyDraft(place="St Mary’s"), "St Mary’s"),
    ],
)
def test_one_line_says_what_is_known(draft: BabyDraft, facts: str, dressed: QApplication) -> None:
    assert baby_facts(draft) == facts
