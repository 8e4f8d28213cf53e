"""The card of this computer's keyring: open the book here without the passphrase, or not."""

from PySide6.QtCore import Qt, Signal

from memorybook.errors import KeyringError, MemoryBookError
from memorybook.ui.core import messages
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.cards import CardButton, Choice, SettingsCard
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice

_NO, _YES = "no", "yes"


class KeyringCard(SettingsCard):
    """``useWanted`` carries whether the keyring should be used; ``lookWanted`` asks for it once more."""

    useWanted = Signal(bool)
    lookWanted = Signal()

    def __init__(self, device: DeviceSettings) -> None:
        super().__init__(tr("This computer’s keyring"), name="settings-keyring")
        self._device = device
        self.column.addWidget(
            label(
                tr(
                    "The keyring is where this computer keeps passwords for the person who is logged in. "
                    "Anyone who is logged in as you could then open the book."
                ),
                "soft",
            )
        )
        answers = {_NO: tr("No"), _YES: tr("Yes")}
        self._use = Choice(
            tr("Open this book on this computer without the passphrase"), answers, name="keyring"
        )
        self._use.chosen.connect(lambda value: self.useWanted.emit(value == _YES))
        self.column.addWidget(self._use)
        self._after_lock = Choice(
            tr("Also after the screen was locked, or the book closed by itself"),
            answers,
            name="keyring-after-lock",
        )
        self._after_lock.show_choice(_YES if device.keyring_after_lock else _NO)
        self._after_lock.chosen.connect(self._take_after_lock)
        self.column.addWidget(self._after_lock)
        self._state = label("", "small")
        self._state.setObjectName("keyring-state")
        self.column.addWidget(self._state)
        self._look = CardButton(tr("Look again"), self.lookWanted.emit, name="keyring-look", variant="link")
        self.column.addWidget(self._look, 0, Qt.AlignmentFlag.AlignLeft)
        self.notice = Notice(name="keyring-notice", passing=True)
        self.column.addWidget(self.notice)
        self.show_asked()

    def _take_after_lock(self, value: str) -> None:
        self._device.keyring_after_lock = value == _YES
        self._device.save()

    def show_asked(self) -> None:
        """The keyring is being asked."""
        self.notice.hide()
        self._use.setEnabled(False)
        self._tell(tr("Asking this computer’s keyring…"))

    def show_usable(self, *, on: bool) -> None:
        """It can be used, and whether it is."""
        self._show_use(on=on, offered=True)
        self._tell("")

    def show_unusable(self, error: KeyringError | None, *, on: bool) -> None:
        """It cannot be used now. What was set up before can still be turned off."""
        self._show_use(on=on, offered=on)
        self._tell(messages.sentence(error if error is not None else KeyringError()), again=True)

    def show_forgotten(self) -> None:
        """Both halves are gone."""
        self.notice.say(
            tr(
                "From now on this computer asks for the passphrase. The half of the key that was in its "
                "keyring and the half beside the book are both removed."
            )
        )

    def show_half_left(self) -> None:
        """The half beside the book is gone, the one in the keyring could not be reached."""
        self.notice.say(
            tr(
                "From now on this computer asks for the passphrase. The half of the key in its keyring could "
                "not be removed yet; an older copy of this book could still be opened with it."
            ),
            action=tr("Try once more"),
            acts=lambda: self.useWanted.emit(False),  # noqa: FBT003  (a signal has no keywords)
        )

    def show_problem(self, error: MemoryBookError) -> None:
        """What did not work."""
        self._tell("", again=True)
        self.notice.say(messages.sentence(error))

    def _show_use(self, *, on: bool, offered: bool) -> None:
        self._use.setVisible(offered)
        self._use.setEnabled(True)
        self._use.show_choice(_YES if on else _NO)
        self._after_lock.setVisible(on)

    def _tell(self, text: str, *, again: bool = False) -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))
        self._look.setVisible(again)
