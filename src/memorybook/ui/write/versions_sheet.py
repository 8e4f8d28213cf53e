"""How the page was before: its earlier versions, each to be looked at and brought back."""

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import VersionId
from memorybook.domain.versions import Version, VersionRow
from memorybook.services import markup
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.labels import label

_ROWS_IN_SIGHT = 4
_ID = Qt.ItemDataRole.UserRole


def show_versions(
    parent: QWidget,
    rows: Sequence[VersionRow],
    *,
    fetch: Callable[[VersionId, Callable[[Version], None]], None],
    back_to: Callable[[VersionId], object],
) -> Sheet:
    """Open the list, the newest first. ``fetch`` reads one whole, ``back_to`` brings one back."""
    px = theme.current().px
    sheet = Sheet(parent, tr("Earlier versions of this page"), name="versions-sheet", width=640)
    if not rows:
        sheet.column.addWidget(label(tr("There is none yet. One is kept from time to time while you write.")))
        sheet.add_button(tr("Done"), sheet.reject, name="versions-done", primary=True)
        sheet.open()
        return sheet
    sheet.column.addWidget(
        label(tr("They stay for 30 days. Bringing one back keeps the page as it is now, too."), "small")
    )
    choices = QListWidget()
    choices.setObjectName("versions-list")
    choices.setAccessibleName(tr("Earlier versions of this page"))
    choices.setProperty("surface", "card")
    choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    choices.setTextElideMode(Qt.TextElideMode.ElideRight)
    choices.setFixedHeight(px(16 + 36 * min(len(rows), _ROWS_IN_SIGHT)))
    for row in rows:
        choices.addItem(_item(row))
    sheet.column.addWidget(choices)
    title = label("", "card-title")
    title.setObjectName("version-title")
    sheet.column.addWidget(title)
    words = PageText(name="version-text", says=tr("The page as it was"), read_only=True)
    sheet.column.addWidget(words)

    def chosen() -> VersionId:
        return VersionId(choices.currentItem().data(_ID))

    def show(version: Version) -> None:
        if version.id != chosen():  # an answer that comes late
            return
        title.setText(version.draft.title)
        title.setVisible(bool(version.draft.title))
        words.show_blocks(list(markup.parse(version.draft.body)))
        sheet.fit()

    choices.currentRowChanged.connect(lambda _: fetch(chosen(), show))

    def bring_back() -> None:
        wanted = chosen()
        sheet.accept()
        back_to(wanted)

    sheet.add_button(tr("Leave the page as it is"), sheet.reject, name="versions-no")
    sheet.add_button(tr("Bring this one back"), bring_back, name="versions-back", primary=True)
    choices.setCurrentRow(0)
    sheet.open()
    choices.setFocus()
    return sheet


def _item(row: VersionRow) -> QListWidgetItem:
    kept = datetime.datetime.fromisoformat(row.kept_at).astimezone()
    when = tr("{date} at {time}").format(
        date=i18n.day_text(VagueDate.of(kept.date())), time=i18n.clock_time(kept)
    )
    number = i18n.count_text("{n} word", "{n} words", row.words)
    begins = row.title or row.excerpt
    text = " · ".join(part for part in (when, number, begins) if part)
    item = QListWidgetItem(text)
    item.setData(_ID, int(row.id))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
    return item
