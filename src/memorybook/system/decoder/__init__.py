"""Pictures are looked at in a separate, limited process; ``Decoder`` is the way to it."""

from memorybook.system.decoder.client import Decoder

__all__ = ["Decoder"]
