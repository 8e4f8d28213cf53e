"""What is said of damage, copies and little room: it fits, is in sight, and leaves the page its place."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QWidget

from memorybook.domain.backup import BackupPlace, BookCounts, Drive, Reminder, Snapshot
from memorybook.domain.health import FILE, LINKS, WORDS, DamagedThing, HealthReport, PutRight, Thing
from memorybook.domain.ids import PlaceId
from memorybook.domain.mending import Mended, Offer
from memorybook.domain.restoring import Copy, CopyKind
from memorybook.domain.room import Room
from memorybook.domain.salvage import SalvageReport, Tally
from memorybook.errors import BookDamaged, StorageFull, WrongPassphrase
from memorybook.ui.backup.card import CopiesCard
from memorybook.ui.health.card import HealthCard
from memorybook.ui.kit.editor import PageText
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.restore.looking import Found
from memorybook.ui.restore.view import RestorePage
from memorybook.ui.shell.wholeness import DamageLine
from memorybook.ui.write.view import WritePage
from tests.flows.looks import ExactingDriver, Look, dress
from tests.flows.test_refusals import begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(200)]

LONG = "Wren Elisabeth Amaranth, our much loved first one with the longest of all the names"
NOW = "2026-11-20T05:00:00Z"
LARGE = Look("light-1024x640-text200", "light", (1024, 640), 200)
LOOKS = [(Look("dark-1280x800", "dark", (1280, 800)), False), (LARGE, False), (LARGE, True)]
MOST = 0.2
"""How much of the height of a window a line may take that stands above a page."""

THINGS = (
    DamagedThing(Thing.PHOTO, 1, LONG, "2026-05-03", FILE),
    DamagedThing(Thing.PAGE, 1, "", "2026-05", WORDS),
    DamagedThing(Thing.PAGE, 2, "The garden, finally", "2026-05-04", LINKS),
    DamagedThing(Thing.OTHER, 1, "preference", "", WORDS),
)
COPY = Copy(CopyKind.FILE, Path(f"/media/stick/{LONG}.mbbackup"), "", 1, NOW, 10**7, looks_complete=True)
REPORT = HealthReport(
    NOW, None, THINGS, (), keys_mended=True, keys_damaged=False, unknown_schema=False, strays=2
)
FILE_DAMAGED = replace(REPORT, damaged=(), bad_pages=(3, 9))
KEYS_DAMAGED = replace(REPORT, damaged=(), keys_damaged=True)
UNKNOWN = replace(REPORT, damaged=(), unknown_schema=True)
PLACE = BackupPlace(
    PlaceId(2), Path("/media/s"), "s", is_there=True, is_own_disk=False, is_automatic=False, copies=0,
    last=None,
)  # fmt: skip


class Looking:
    """Has one thing after another said, and looks at each."""

    def __init__(self, driver: ExactingDriver, folder: Path) -> None:
        self.driver, self._folder = driver, folder

    def at(self, name: str, says: Callable[[], object]) -> None:
        says()
        self.driver.picture(self._folder / f"{name}.png")

    def only(self, kind: type[QWidget]) -> QWidget:
        (found,) = self.driver.all(kind)
        return found


def health(look: Looking) -> None:
    card = look.only(HealthCard)
    assert isinstance(card, HealthCard)
    offers = [Offer(thing, COPY, LONG, "2026-05-03") for thing in THINGS[:2]]
    mended = [Mended(THINGS[0], "put back"), Mended(THINGS[1], "beside"), Mended(THINGS[2], "not")]
    look.at("several", lambda: card.show_damaged(REPORT, offers))
    look.at("many", lambda: card.show_damaged(replace(REPORT, damaged=THINGS * 10), []))
    look.at("file", lambda: card.show_damaged(FILE_DAMAGED, []))
    look.at("mended", lambda: card.show_mended(mended))
    look.at("put-right", lambda: card.show_whole(replace(REPORT, damaged=()), list(PutRight)))
    seen = look.driver.find("health-notice", QWidget)
    assert not seen.visibleRegion().isEmpty()


def copies(look: Looking) -> None:
    """Asked for at the end of a long page, the answer is in sight all the same."""
    card = look.only(CopiesCard)
    assert isinstance(card, CopiesCard)
    made = Snapshot(1, NOW, NOW, BookCounts(412, 96, 3, 0, 0, 0, 10**9, NOW))
    look.driver.book.settings.show_card(look.only(HealthCard))
    look.at("copied", lambda: card.show_copied(made, Path(f"/media/stick/{LONG}.mbbackup")))
    seen = look.driver.find("copies-notice", QWidget)
    assert seen.visibleRegion().boundingRect() == seen.rect()


def lines(look: Looking) -> None:
    """What stands above every page takes little of a window, however large the letters are."""
    line = look.driver.window.findChild(DamageLine)
    assert line is not None

    def anew(says: Callable[[], object]) -> Callable[[], object]:
        def said() -> None:
            line._said, line._told = 0, frozenset()
            says()

        return said

    for name, says in {
        "left-out": lambda: line.tell(THINGS),
        "found": lambda: line.tell_found(REPORT),
        "found-file": lambda: line.tell_found(FILE_DAMAGED),
        "found-keys": lambda: line.tell_found(KEYS_DAMAGED),
        "found-unknown": lambda: line.tell_found(UNKNOWN),
        "put-right": lambda: line.tell_put_right(frozenset(PutRight)),
    }.items():
        look.at(name, anew(says))
        if isinstance(look.driver, Plain):
            assert line.height() <= MOST * look.driver.window.height(), name
    look.driver.press("damage-line-away")


def above_the_page(look: Looking) -> None:
    line = look.driver.book.copies.line
    drive = Drive(Path("/media/s"), "A BLUE STICK", PLACE, is_behind=True)
    page = look.only(WritePage)
    assert isinstance(page, WritePage)
    look.at("short", lambda: line.show_room(Room(2 * 10**7, 3 * 10**8, is_full=False)))
    look.at("full", lambda: line.show_room(Room(0, 3 * 10**8, is_full=True)))
    look.at("drive", lambda: line.show_drive(drive))
    look.at("none-elsewhere", lambda: line.show_reminder(Reminder("")))
    look.at("old-elsewhere", lambda: line.show_reminder(Reminder(NOW)))
    look.at("not-copied", lambda: line.show_problem(StorageFull()))
    look.at("nothing", line.show_nothing)
    look.at("not-kept", lambda: page.show_not_kept(StorageFull()))
    look.driver.press("write-notice-action")
    look.driver.find("words-elsewhere-no")
    look.at("words-elsewhere", lambda: None)
    look.driver.press("words-elsewhere-no")
    look.driver.wait(lambda: not look.driver.all(QDialog))
    look.at("saved-elsewhere", lambda: page.show_saved_elsewhere(f"{LONG}.txt"))
    page.says.kept()


def closed(look: Looking) -> None:
    """On the first screen too, where the passphrase was typed a moment ago."""
    screen = look.only(LockScreen)
    assert isinstance(screen, LockScreen)
    look.at("closed", lambda: screen.show_problem(BookDamaged()))
    assert not look.driver.sees("Everything is as you left it")
    way = look.driver.find("welcome-notice-action", QWidget)
    assert way.visibleRegion().boundingRect() == way.rect()


def bringing_back(look: Looking, page: RestorePage, name: str) -> None:
    book = Path("/home/somebody") / LONG
    copies = tuple(replace(COPY, sequence=number, looks_complete=number != 1) for number in range(3))
    part = Tally(410, 2, 1)
    gathered = SalvageReport(book, part, part, part, part, 10, 5000, 1, 2, has_passphrase=True)
    nothing = replace(gathered, pages=Tally(), photos=Tally(), recordings=Tally(), others=Tally())
    look.at(f"{name}-source", lambda: page.show_source(book, "damaged"))
    look.at(f"{name}-found", lambda: page.show_found([Found(book, copies)]))
    look.at(f"{name}-copies", lambda: page.show_copies(Found(book, copies)))
    look.at(f"{name}-key", lambda: page.show_key(copies[0], book))
    look.at(f"{name}-wrong", lambda: page.show_problem(WrongPassphrase()))
    look.at(f"{name}-damaged", lambda: page.show_copy_problem(BookDamaged(), copies[0]))
    look.at(f"{name}-gathered", lambda: page.show_gathered(book, gathered))
    look.at(f"{name}-nothing", lambda: page.show_gathered(book, nothing))
    assert not look.driver.sees("Everything could be gathered")
    look.at(f"{name}-done", lambda: page.show_done(book, book, by_words=True))
    page.show_source(book, "earlier")
    look.driver.press("restore-back")


class Plain(ExactingDriver):
    """In the language that the sentences are written in."""


@pytest.mark.parametrize(("look", "pseudo"), LOOKS, ids=["dark", "large", "large-and-long"])
def test_what_is_said_of_damage_fits(look: Look, pseudo: bool, tmp_path: Path) -> None:
    driver = ExactingDriver(pseudo=True) if pseudo else Plain()
    looking = Looking(driver, tmp_path)
    try:
        driver.show()
        dress(driver, look)
        begin(driver, tmp_path / "book")
        driver.find("entry-text", PageText)
        lines(looking)
        above_the_page(looking)
        driver.press("place-settings")
        driver.find("place-last-1")
        health(looking)
        copies(looking)
        driver.press("health-earlier")
        bringing_back(looking, driver.all(RestorePage)[0], "earlier")
        driver.press("place-close-book")
        driver.wait(lambda: driver.all(LockScreen) and driver.find("open-book").isEnabled())
        closed(looking)
        driver.press("use-copy")
        bringing_back(looking, driver.all(RestorePage)[0], "closed")
    finally:
        driver.stop()
    assert not driver.found, "\n".join(f"{screen}: {found}" for found, screen in driver.found.items())
