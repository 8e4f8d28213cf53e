"""How expensive a guess at the passphrase is."""

from memorybook.storage.kdf import KdfCost

__all__ = ["KdfCost"]
