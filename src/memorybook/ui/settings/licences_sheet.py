"""The small window that says whose the app is, where its sources are, and what it is made of."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from memorybook import __version__, resources
from memorybook.ui.core import theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.kit.labels import label


@dataclass(frozen=True, slots=True)
class Part:
    """Something that the app is made of: what it is called, with its version, and its licence."""

    title: str
    licence: str


def show(parent: QWidget) -> Sheet:
    """Open the window."""
    sheet = Sheet(parent, tr("Licences and sources"), name="licences", width=620)
    column = sheet.column
    column.addWidget(
        label(
            tr(
                "Memory Book is free software: you may use it, look into it, change it and pass it on, under "
                "the GNU General Public License, version 3 or later. It comes without any warranty."
            )
        )
    )
    folder = resources.licences()
    if folder is None:
        column.addWidget(
            label(
                tr(
                    "This one runs from its sources. The licence is the file LICENSE beside them, and "
                    "packaging/licences says what a package holds."
                ),
                "soft",
            )
        )
    else:
        _show_parts(sheet, folder)
    sheet.add_button(tr("Close"), sheet.accept, name="licences-close", primary=True)
    sheet.open()
    return sheet


def _show_parts(sheet: Sheet, folder: Path) -> None:
    parts, inside = read(folder)
    column = sheet.column
    sources = f"memorybook-{__version__}-source.tar.xz"
    column.addWidget(
        label(tr("Its sources are in {file}, where you got Memory Book from.").format(file=sources), "soft")
    )
    within = count_text("{n} smaller part inside them", "{n} smaller parts inside them", inside)
    column.addWidget(
        label(
            tr(
                "It is made of the parts below and {more}. Each is under its own licence. All the texts are "
                "in this folder:"
            ).format(more=within),
            "soft",
        )
    )
    where = label(breakable(str(folder)))
    where.setObjectName("licences-folder")
    column.addWidget(where)
    px = theme.current().px
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(18))
    grid.setVerticalSpacing(px(4))
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    for row, part in enumerate(parts):
        for place, text in enumerate((part.title, part.licence)):
            grid.addWidget(label(text, "small"), row, place, Qt.AlignmentFlag.AlignTop)
    column.addLayout(grid)


def read(folder: Path) -> tuple[list[Part], int]:
    """The parts that stand by themselves, and how many more are inside them. Raises ``OSError``."""
    lines = (folder / "parts.txt").read_text(encoding="utf-8").splitlines()
    told = [Part(*line.split("\t")[:2]) for line in lines]
    outer = [part for part in told if " (in " not in part.title]
    return outer, len(told) - len(outer)
