"""Pictures of the photos, recordings and keepsakes of a book: the places, and what is opened in them."""

from pathlib import Path

from memorybook.domain.ids import PhotoId
from memorybook.ui.keepsakes.front import Front
from memorybook.ui.photos.canvas import PhotoCanvas
from memorybook.ui.photos.grid import PhotoGrid
from memorybook.ui.photos.grid_page import GridPage
from tests.flows import support_pictures
from tests.flows.driver import Driver


def wait_for(driver: Driver, place: str) -> None:
    """A place that was turned to shows all it has."""
    if place == "photos":
        page = _photos(driver)
        driver.wait(lambda: page.photos.rowCount() > 0)
        driver.wait(lambda: page.loader.pixmap(_first_bare(page)) is not None)
    if place == "keepsakes":
        driver.wait(lambda: driver.book.vault.keepsakes.all().result() == () or driver.all(Front))
        driver.wait(lambda: not [front for front in driver.all(Front) if front.wants_pixels])


def closer(driver: Driver, place: str, name: Path) -> None:
    """What is opened in a place; each picture is called by ``name`` and what it is of."""
    if place == "photos":
        _photo(driver, name)
    if place == "keepsakes":
        _keepsake(driver, name)
    if place == "recordings":
        _recording(driver, name)
    if place == "support":
        support_pictures.everything(driver, name)


def _photos(driver: Driver) -> GridPage:
    driver.wait(lambda: driver.all(GridPage))
    return driver.all(GridPage)[0]


def _first_bare(page: GridPage) -> PhotoId:
    return next(row.id for row in page.photos.rows_of(page.photos.ids) if page.photos.shows(row))


def _photo(driver: Driver, name: Path) -> None:
    page, album = _photos(driver), driver.book.vault.album
    grid = driver.find("photo-grid", PhotoGrid)
    first = page.photos.ids[0]
    album.cover([first], covered=True).result()
    driver.wait(lambda: page.photos.rows_of((first,))[0].covered)
    grid.setFocus()
    driver.key("Ctrl+A")
    driver.picture(name.with_name(f"{name.name}-chosen.png"))
    driver.key("Escape")
    grid.go_to(_first_bare(page))
    driver.key("Return")
    canvas = driver.find("large-photo", PhotoCanvas)
    driver.wait(lambda: canvas.is_shown)
    driver.picture(name.with_name(f"{name.name}-large.png"))
    driver.press("large-edit")
    driver.picture(name.with_name(f"{name.name}-edit.png"))
    driver.press("large-edit")
    driver.press("large-back")
    driver.wait(lambda: not canvas.isVisible())
    grid.go_to(first)
    driver.key("Return")  # uncovers it where it is
    driver.wait(lambda: page.loader.pixmap(first) is not None)
    driver.key("Return")
    driver.wait(lambda: canvas.isVisible() and canvas.is_shown)
    driver.press("large-cover")
    driver.wait(lambda: canvas.is_covered)
    driver.picture(name.with_name(f"{name.name}-covered.png"))
    driver.press("large-back")
    driver.wait(lambda: not canvas.isVisible())


def _keepsake(driver: Driver, name: Path) -> None:
    keepsakes = driver.book.vault.keepsakes.all().result()
    if not keepsakes:
        return
    driver.find(f"keepsake-{keepsakes[0].id}").setFocus()
    driver.key("Return")
    driver.find("keepsake-heading")
    driver.picture(name.with_name(f"{name.name}-form.png"))
    driver.press("keepsake-back")
    driver.find("add-keepsake")


def _recording(driver: Driver, name: Path) -> None:
    recordings = driver.book.vault.recordings.rows().result()
    if not recordings:
        return
    driver.press(f"recording-{recordings[0].id}-open")
    driver.find("recording-away")
    driver.picture(name.with_name(f"{name.name}-form.png"))
    driver.press("recording-back")
    driver.find("recordings-add")
