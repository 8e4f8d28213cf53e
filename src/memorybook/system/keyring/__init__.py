"""What this computer can keep for a book: one short secret, in the password store of the desktop."""

from memorybook.system.keyring.computer import ComputerKeyring

__all__ = ["ComputerKeyring"]
