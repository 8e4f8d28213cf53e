"""What a packaged program is started with to be one of its own workers."""

from typing import Final

PICTURES: Final = "--picture-worker"
SPELLING: Final = "--spelling-worker"
PLAYER: Final = "--player-worker"
