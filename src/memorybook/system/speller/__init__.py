"""Asks Hunspell whether words are known, in a separate process."""

from memorybook.system.speller.client import Speller

__all__ = ["Speller"]
