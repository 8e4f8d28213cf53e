"""The question before a copy of a photo is saved outside of the book."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from memorybook.domain.photo import Photo
from memorybook.ui.core import dialogs
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.checks import RadioButton
from memorybook.ui.kit.labels import label

_ENDINGS = {
    "JPEG": "jpg",
    "PNG": "png",
    "HEIF": "heic",
    "WEBP": "webp",
    "TIFF": "tif",
    "GIF": "gif",
    "BMP": "bmp",
}


def ending(photo: Photo, *, clean: bool) -> str:
    """How the file of a copy ends: a clean copy of a HEIC photo is a JPEG."""
    found = _ENDINGS.get(photo.format, "jpg")
    return "jpg" if clean and found == "heic" else found


def save_copy(parent: QWidget, photo: Photo, copy: Callable[[Path, bool], object]) -> Sheet:
    """Ask what kind of copy and where to; ``copy`` gets the place and whether the copy is a clean one."""
    sheet = Sheet(parent, tr("Save a copy of this photo"), name="copy-sheet", width=480)
    clean = RadioButton(tr("Without the place and the camera that the file tells of"), name="copy-clean")
    whole = RadioButton(tr("The file exactly as it came in, with all it tells"), name="copy-whole")
    clean.setChecked(True)
    sheet.column.addWidget(clean)
    sheet.column.addWidget(whole)
    if photo.format == "HEIF":
        note = label(tr("The first is saved as a JPEG, which every program can show."), "small")
        sheet.column.addWidget(note)
    if not photo.edit.is_untouched:
        sheet.column.addWidget(
            label(tr("Both show the photo as it came, without what was changed in the book."), "small")
        )
    sheet.column.addWidget(
        label(tr("The copy is outside of your book then. Anyone who uses this computer can open it."))
    )

    def choose() -> None:
        wanted = clean.isChecked()
        sheet.accept()
        name = f"photo.{ending(photo, clean=wanted)}"
        dialogs.choose_copy(
            parent, Path.home() / name, lambda target: copy(target, wanted), title=tr("Save a copy")
        )

    sheet.add_button(tr("Not now"), sheet.reject, name="copy-no")
    sheet.add_button(tr("Choose a place…"), choose, name="copy-choose", primary=True)
    sheet.open()
    return sheet
