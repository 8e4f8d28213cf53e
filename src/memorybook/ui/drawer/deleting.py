"""The question before something is deleted for ever: asked once, with all that goes and all that stays."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from memorybook.domain.drawer import DrawerRow
from memorybook.domain.keepsake import Keepsake
from memorybook.domain.occasion import Occasion
from memorybook.domain.photo import Photo
from memorybook.domain.recording import Recording
from memorybook.ui.core import dialogs
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.drawer.naming import heading
from memorybook.ui.drawer.waiting import Waiting
from memorybook.ui.kit.buttons import Button


def ask_to_delete(parent: QWidget, waiting: tuple[Waiting, ...], agreed: Callable[[], object]) -> None:
    """``agreed`` is called when the person wants it. Return alone destroys nothing.

    One thing is called by its name: there is no way back from the wrong one.
    """
    called = [heading(waiting[0])] if len(waiting) == 1 else []
    question = dialogs.ask(
        parent,
        _title(waiting),
        "\n\n".join([*called, *_what_goes(waiting)]),
        yes=tr("Delete for ever"),
        destroys=True,
        no=tr("Keep"),
        name="drawer-ask",
        agreed=agreed,
    )
    for button in question.findChildren(Button):
        keeps = button.objectName() == "drawer-ask-no"
        button.setDefault(keeps)
        if keeps:
            button.setFocus()


def _sorts(waiting: tuple[Waiting, ...]) -> set[type]:
    return {type(each.what) for each in waiting}


def _title(waiting: tuple[Waiting, ...]) -> str:
    number, sorts = len(waiting), _sorts(waiting)
    if sorts == {DrawerRow}:
        return count_text("Delete this page for ever?", "Delete {n} pages for ever?", number)
    if sorts == {Photo}:
        return count_text("Delete this photo for ever?", "Delete {n} photos for ever?", number)
    if sorts == {Recording}:
        return count_text("Delete this recording for ever?", "Delete {n} recordings for ever?", number)
    if sorts == {Keepsake}:
        return count_text("Delete this keepsake for ever?", "Delete {n} keepsakes for ever?", number)
    if sorts == {Occasion}:
        return count_text("Delete this date for ever?", "Delete {n} dates for ever?", number)
    return count_text("Delete this for ever?", "Delete these {n} things for ever?", number)


def _what_goes(waiting: tuple[Waiting, ...]) -> list[str]:
    sorts = _sorts(waiting)
    said = {
        DrawerRow: tr(
            "The words of a page and its earlier versions will be gone from the book. Its photos stay."
        ),
        Photo: tr(
            "A photo will be gone from the book with the words that belong to it, and from every page and "
            "keepsake it is on. The file it once came from is not touched."
        ),
        Recording: tr(
            "A recording will be gone from the book with the words that belong to it, and from every page it "
            "is on. The file it once came from is not touched."
        ),
        Keepsake: tr("What is written of a keepsake will be gone from the book. Its photos stay."),
        Occasion: tr("A date will be gone from the book with what is written beside it."),
    }
    lasts = tr(
        "The book cannot bring it back. Copies of the book made before still have it; the settings can "
        "delete those too."
    )
    return [*(text for sort, text in said.items() if sort in sorts), lasts]
