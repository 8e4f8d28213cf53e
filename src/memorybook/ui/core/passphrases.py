"""Whether two fields hold a passphrase that can be taken."""

from typing import Literal

SHORT_PASSPHRASE = 10

Remark = Literal["missing", "differ", "short"]


class PassphraseCheck:
    """Looks at a new passphrase and the same once more. A short one is remarked on, then taken."""

    def __init__(self) -> None:
        self._short_one = ""

    def remark(self, passphrase: str, again: str) -> Remark | None:
        """What is to be said before it is taken; ``None`` when it is taken."""
        if not passphrase:
            return "missing"
        if passphrase != again:
            return "differ"
        if len(passphrase) < SHORT_PASSPHRASE and passphrase != self._short_one:
            self._short_one = passphrase
            return "short"
        self.forget()
        return None

    def forget(self) -> None:
        """Remember nothing of what was looked at."""
        self._short_one = ""
