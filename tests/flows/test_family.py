"""The family's place, as people use it: by keyboard alone, by mouse, and behind a lock in mid-sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from memorybook import errors
from memorybook.domain.dates import VagueDate
from memorybook.domain.gestation import Gestation
from memorybook.domain.people import Baby, BabyDraft, Ceremony, CeremonyDraft, Measurement
from memorybook.domain.wording import WORD, Word
from memorybook.ui.kit.buttons import Button
from memorybook.ui.lock.view import LockScreen
from tests.disks import drive
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import PASSPHRASE, begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path)
        yield driver


def babies(driver: Driver) -> list[Baby]:
    return list(driver.book.vault.record.babies().result())


def farewells(driver: Driver) -> list[Ceremony]:
    return list(driver.book.vault.record.ceremonies().result())


def state(driver: Driver) -> str:
    return driver.find("family-state", QLabel).text()


def tab_to(driver: Driver, name: str) -> None:
    """Go on with Tab, as somebody does who has no mouse."""
    for _ in range(80):
        if driver.focused().objectName() == name:
            return
        driver.key("Tab")
    raise AssertionError(f"Tab does not come to {name}")


def test_a_baby_is_written_down_by_keyboard_alone(driver: Driver) -> None:
    driver.key("Ctrl+3")
    driver.find("add-baby")
    tab_to(driver, "add-baby")
    driver.key("Space")
    driver.wait(lambda: driver.focused().objectName() == "baby-names")
    driver.type_into_focused("Wren")
    tab_to(driver, "baby-offer-due")
    driver.key("Space")
    driver.wait(lambda: driver.focused().objectName() == "baby-due-day")
    driver.type_into_focused("3")
    tab_to(driver, "baby-due-month")
    for _ in range(10):
        driver.key("Down")
    tab_to(driver, "baby-due-year")
    driver.type_into_focused("2026")
    tab_to(driver, "baby-offer-measurements")
    driver.key("Space")
    driver.wait(lambda: driver.focused().objectName() == "baby-measure-1-value")
    driver.type_into_focused("412 g")
    tab_to(driver, "baby-offer-notes")
    driver.key("Space")
    driver.type_into_focused("It rained.")
    driver.wait(lambda: state(driver).startswith("Kept at"))
    (baby,) = babies(driver)
    assert baby.draft == BabyDraft(
        names="Wren",
        due=VagueDate(2026, 10, 3),
        measurements=(Measurement("weight", "412 g"),),
        notes="It rained.",
    )
    driver.key("Escape")
    driver.wait(lambda: driver.sees("due 3 October 2026"))
    driver.wait(lambda: driver.focused().objectName() == "add-baby")


def test_the_order_is_changed_by_keys_and_by_buttons(driver: Driver) -> None:
    for name in ("One", "Two", "Three"):
        driver.book.vault.record.keep_baby(None, BabyDraft(names=name)).result()
    driver.press("place-family")
    one, two, three = babies(driver)
    driver.find(f"baby-change-{three.id}", Button).setFocus()
    driver.key("Alt+Up")
    driver.key("Alt+Up")
    driver.wait(lambda: [baby.name for baby in babies(driver)] == ["Three", "One", "Two"])
    driver.wait(lambda: not driver.find(f"baby-up-{three.id}", Button).isEnabled())
    driver.wait(lambda: driver.focused().objectName() == f"baby-change-{three.id}")
    driver.press(f"baby-down-{one.id}")
    driver.wait(lambda: [baby.name for baby in babies(driver)] == ["Three", "Two", "One"])
    assert two.name == "Two"


def test_what_was_typed_before_a_lock_in_mid_sentence_is_there_again(driver: Driver) -> None:
    driver.press("place-family")
    driver.press("add-farewell")
    driver.type_into("farewell-label", "Under the maple")
    driver.press("farewell-offer-readings")
    driver.type_into_focused("A poem, and then")
    driver.key("Ctrl+L")
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("entry-text")
    (farewell,) = farewells(driver)
    assert (farewell.draft.label, farewell.draft.readings) == ("Under the maple", "A poem, and then")


def test_leaving_for_another_place_keeps_what_was_typed_and_finds_it_open_again(driver: Driver) -> None:
    driver.press("place-family")
    driver.press("add-baby")
    driver.type_into("baby-names", "Wren")
    driver.press("place-dates")
    driver.wait(lambda: [baby.name for baby in babies(driver)] == ["Wren"])
    driver.press("place-family")
    driver.find("baby-names")
    driver.type_into("baby-names", "Wren and Robin", replace=True)
    driver.press("family-back")
    driver.wait(lambda: driver.sees("Wren and Robin"))
    assert [baby.name for baby in babies(driver)] == ["Wren and Robin"]


def test_what_is_put_away_is_found_below_and_brought_back(driver: Driver) -> None:
    draft = BabyDraft(names="Wren", gestation=Gestation(9))
    driver.book.vault.record.keep_baby(None, draft).result()
    (wren,) = babies(driver)
    driver.press("place-family")
    driver.press(f"baby-change-{wren.id}")
    driver.press("family-away")
    driver.wait(lambda: driver.sees("It is put away"))
    driver.wait(lambda: driver.focused().objectName() == "add-baby")  # its own button is gone
    assert babies(driver) == []
    driver.press("family-notice-away")
    driver.press(f"baby-back-{wren.id}")
    driver.wait(lambda: [baby.draft for baby in babies(driver)] == [draft])
    driver.find(f"baby-change-{wren.id}")


def test_what_is_put_away_is_deleted_for_ever_after_a_question(driver: Driver) -> None:
    record = driver.book.vault.record
    record.keep_baby(None, BabyDraft(names="Wren")).result()
    record.keep_ceremony(None, CeremonyDraft(label="In the garden")).result()
    (wren,), (farewell,) = babies(driver), record.ceremonies().result()
    driver.press("place-family")
    driver.press(f"baby-change-{wren.id}")
    driver.press("family-away")
    driver.press(f"baby-gone-{wren.id}")
    driver.wait(lambda: driver.sees("Delete Wren for ever?"))
    driver.press("record-gone-no")
    assert record.kept_aside().result().babies == (wren,)
    driver.press(f"baby-gone-{wren.id}")
    driver.press("record-gone-yes")
    driver.wait(lambda: record.kept_aside().result().babies == ())
    driver.wait(lambda: not driver.sees("Wren"))
    driver.press(f"farewell-change-{farewell.id}")
    driver.press("family-away")
    driver.press(f"farewell-gone-{farewell.id}")
    driver.press("record-gone-yes")
    driver.wait(lambda: record.kept_aside().result().ceremonies == ())
    driver.wait(lambda: not driver.sees("In the garden"))


def test_the_word_that_is_chosen_stands_where_there_is_no_name(driver: Driver) -> None:
    driver.press("place-settings")
    driver.press("book-word-pregnancy")
    driver.wait(lambda: driver.book.vault.preferences.get(WORD).result() == Word.PREGNANCY)
    driver.book.vault.record.keep_baby(None, BabyDraft(died=VagueDate(2024, 3))).result()
    driver.press("place-family")
    driver.wait(lambda: driver.sees("Our pregnancy"))
    assert driver.find("add-baby", Button).text() == "Add a pregnancy"
    driver.press("place-settings")
    driver.press("book-word-own")
    driver.type_into_focused("Sternenkind")
    driver.press("place-family")
    driver.wait(lambda: driver.sees("Sternenkind"))
    driver.press("place-dates")
    driver.press("add-date")
    driver.type_into("day-label", "The due date")
    box = driver.find("day-baby", QComboBox)
    QTest.keyClick(box, Qt.Key.Key_Down)
    driver.press("day-keep")
    driver.wait(lambda: driver.sees("The due date"))
    driver.wait(lambda: driver.sees("Sternenkind"))


def test_a_name_on_a_page_cannot_be_taken_off(driver: Driver) -> None:
    driver.press("place-family")
    driver.press("add-person")
    driver.type_into("person-name", "Grandma Jo")
    driver.press("person-done")
    driver.wait(lambda: driver.sees("Grandma Jo"))
    (person,) = driver.book.vault.people.all().result()
    driver.press(f"person-rename-{person.id}")
    driver.type_into("person-name", "Grandma Joan", replace=True)
    driver.press("person-done")
    driver.wait(lambda: driver.sees("Grandma Joan"))
    driver.press(f"person-remove-{person.id}")
    driver.wait(lambda: driver.sees("is off the list"))
    driver.press("family-notice-action")
    driver.wait(lambda: [found.name for found in driver.book.vault.people.all().result()] == ["Grandma Joan"])


def test_every_control_says_what_it_is_for(driver: Driver) -> None:
    driver.book.vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
    driver.press("place-family")
    driver.find("add-person")
    silent = [w.objectName() for w in driver.all(Button) if not w.accessibleName()]
    assert silent == []
    driver.press("add-baby")
    for offer in [w.objectName() for w in driver.all(Button) if w.objectName().startswith("baby-offer-")]:
        driver.find(offer, Button).click()
    fields = [w for w in driver.all(QWidget) if w.objectName().startswith("baby-") and w.focusPolicy()]
    assert [w.objectName() for w in fields if not w.accessibleName() and not w.inherits("QCheckBox")] == []


def test_a_drive_that_is_pulled_out_takes_no_line_of_the_record_along(tmp_path: Path) -> None:
    with drive(tmp_path / "stick") as stick, running() as driver:
        driver.show()
        begin(driver, stick.at)
        driver.press("place-family")
        driver.press("add-baby")
        driver.type_into("baby-names", "Wren")
        driver.wait(lambda: state(driver).startswith("Kept at"))
        stick.pull()
        driver.type_into("baby-names", " and Robin")
        driver.wait(lambda: driver.sees(errors.BookMoved.sentence))
        assert state(driver) == "Not kept yet"
        driver.key("Ctrl+L")  # out of sight at once, and not lost
        driver.type_into("held-passphrase", PASSPHRASE)
        driver.press("held-open")
        assert "Robin" in driver.find("baby-names", QLineEdit).text()
        stick.plug()
        driver.wait(lambda: state(driver).startswith("Kept at"))
        (baby,) = babies(driver)
        assert "Wren" in baby.name
        assert "Robin" in baby.name


def test_the_drawer_is_reached_from_the_settings(driver: Driver) -> None:
    driver.press("place-settings")
    driver.press("open-drawer")
    driver.find("drawer-intro")


def test_the_pages_of_the_record_can_be_left_out_of_a_book(driver: Driver) -> None:
    record = driver.book.vault.record
    record.keep_baby(None, BabyDraft(names="Wren", died=VagueDate(2026))).result()
    record.keep_ceremony(None, CeremonyDraft(label="Under the maple", in_book=False)).result()
    driver.press("place-book")
    page = driver.book.book_page
    driver.wait(lambda: page.presenter.edition.babies)
    assert page.presenter.edition.ceremonies == ()
    driver.wait(lambda: page.is_drawn and driver.find("book-place", QLabel).text(), seconds=90)
    driver.press("book-babies")
    driver.wait(lambda: page.presenter.edition.babies == ())
