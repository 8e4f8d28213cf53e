"""The password of a file that leaves the book: asked when it is saved, typed twice, kept nowhere."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.passphrases import PassphraseCheck, Remark
from memorybook.ui.kit.fields import PassphraseLine
from memorybook.ui.kit.labels import label


class PasswordSheet(Sheet):
    """``chosen`` gets the password. Both fields are emptied when the window closes, however it does.

    ``refused`` is asked about one that was typed twice, and says why this kind of file cannot have it, or
    nothing. ``name`` begins the names of its parts.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        meaning: str,
        chosen: Callable[[str], object],
        *,
        refused: Callable[[str], str],
        name: str,
    ) -> None:
        super().__init__(parent, title, name=name)
        self._chosen, self._refused, self._check = chosen, refused, PassphraseCheck()
        self.column.addWidget(label(meaning, "soft"))
        self._first = PassphraseLine(tr("Password"), name=f"{name}-first")
        self._again = PassphraseLine(tr("The same once more"), name=f"{name}-again")
        for line in (self._first, self._again):
            self.column.addWidget(line)
        self._remark = label("", "small")
        self._remark.setObjectName(f"{name}-remark")
        self._remark.hide()
        self.column.addWidget(self._remark)
        self.add_button(tr("Not now"), self.reject, name=f"{name}-no")
        self.add_button(tr("Go on"), self._take, name=f"{name}-yes", primary=True)
        self.finished.connect(self._forget)
        self.open()
        self._first.line.setFocus()

    def _take(self) -> None:
        password = self._first.text()
        remark = self._check.remark(password, self._again.text())
        said = _said(remark) if remark is not None else self._refused(password)
        if said:
            self._remark.setText(said)
            self._remark.setAccessibleName(said)
            self._remark.show()
            self.fit()
            return
        self.accept()
        self._chosen(password)

    def _forget(self) -> None:
        self._check.forget()
        for line in (self._first, self._again):
            line.forget()


def _said(remark: Remark) -> str:
    if remark == "missing":
        return tr("Please type a password first.")
    if remark == "differ":
        return tr("The two are not the same yet. The eye beside them shows what was typed.")
    return tr(
        "This password is short, and a short one can be guessed. A longer one is safer. "
        "To use this one all the same, press the button once more."
    )
