"""One picture of a keepsake, large."""

from PySide6.QtWidgets import QWidget

from memorybook.domain.photo import Photo
from memorybook.ui.core import theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.keepsake_words import life_size
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.pictures import Picture


def show_large(parent: QWidget, photo: Photo, jpeg: bytes) -> Sheet:
    """Open a picture that may be seen."""
    px = theme.current().px
    sheet = Sheet(parent, photo.caption or tr("A photo"), name="keepsake-look", width=760)
    room = max(parent.window().height() - px(240), 200)
    picture = Picture(
        name="keepsake-large", says=photo.description or photo.caption or tr("Photo"), tallest=room
    )
    picture.keep_room(*photo.shown_size)
    picture.show_jpeg(jpeg)
    sheet.column.addWidget(picture)
    if size := life_size(photo):
        sheet.column.addWidget(label(size, "small"))
    sheet.add_button(tr("Done"), sheet.accept, name="keepsake-look-done", primary=True)
    sheet.open()
    return sheet
