"""Sound and video are read in a separate, limited process; ``probe`` and ``Playback`` are the ways to it."""

from memorybook.system.player.playback import Playback
from memorybook.system.player.probe import probe
from memorybook.system.player.protocol import Frame

__all__ = ["Frame", "Playback", "probe"]
