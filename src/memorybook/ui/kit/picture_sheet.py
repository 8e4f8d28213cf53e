"""One picture, large, with the words that belong to it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from memorybook.domain.photo import Photo
from memorybook.ui.core import theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.pictures import Picture


def show_picture(
    parent: QWidget,
    photo: Photo,
    jpeg: bytes,
    *,
    described: Callable[[str, str], object],
    taken_off: Callable[[], object],
) -> Sheet:
    """Open a picture. ``described`` gets words that were changed; ``taken_off`` says that it goes."""
    px = theme.current().px
    sheet = Sheet(parent, tr("A photo"), name="photo-sheet", width=660)
    room = max(parent.window().height() - px(440), 200)
    picture = Picture(
        name="photo-large", says=photo.description or photo.caption or tr("Photo"), tallest=room
    )
    picture.keep_room(photo.width, photo.height)
    picture.show_jpeg(jpeg)
    sheet.column.addWidget(picture)
    caption = LabelledLine(tr("Words under the photo"), name="photo-caption")
    caption.line.setText(photo.caption)
    sheet.column.addWidget(caption)
    description = LabelledLine(tr("What it shows, for someone who cannot see it"), name="photo-description")
    description.line.setText(photo.description)
    sheet.column.addWidget(description)

    def keep() -> None:
        words = (caption.text().strip(), description.text().strip())
        if words != (photo.caption, photo.description):
            described(*words)

    def leave() -> None:
        caption.line.setText(photo.caption)
        description.line.setText(photo.description)
        sheet.reject()

    sheet.finished.connect(lambda _: keep())  # also by Escape or the window's own button: words are kept

    def take_off() -> None:
        sheet.accept()
        taken_off()

    sheet.add_button(tr("Take it off this page"), take_off, name="photo-take-off")
    sheet.add_button(tr("Leave as it was"), leave, name="photo-leave")
    sheet.add_button(tr("Done"), sheet.accept, name="photo-done", primary=True)
    sheet.open()
    return sheet
