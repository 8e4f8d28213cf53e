"""Pictures of what is opened from the dates: a day, days to add, the weeks, one day of the year."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox

from memorybook.ui.dates.day_view import DayPage
from memorybook.ui.kit.buttons import Button
from tests.flows.driver import Driver


def closer(driver: Driver, place: str, name: Path) -> None:
    """What is opened in the dates; each picture is called by ``name`` and what it is of."""
    if place != "dates":
        return

    def picture(of: str) -> None:
        driver.picture(name.with_name(f"{name.name}-{of}.png"))

    driver.press("add-date")
    driver.find("day-sheet")
    driver.find("day-reminder", QCheckBox).click()
    picture("reminder")
    driver.press("day-no")
    driver.press("remembrance-days")
    driver.find("remembrance-sheet")
    picture("remembrance")
    driver.press("remembrance-done")
    driver.press("count-weeks")
    driver.find("due-sheet")
    driver.press("due-from-scan")
    picture("weeks")
    driver.press("due-close")
    driver.press("look-at-day")
    driver.wait(lambda: driver.all(DayPage))
    driver.type_into("look-day", "22", replace=True)
    driver.choose_month("look-month", 4)
    driver.wait(lambda: [each for each in driver.all(Button) if each.objectName().startswith("read-page-")])
    picture("day-of-the-year")
    driver.press("day-back")
