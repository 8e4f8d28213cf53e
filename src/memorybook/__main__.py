"""The program: ``memorybook [BOOK]`` opens the window, the other commands work without one."""

import sys

from memorybook import log
from memorybook.system.decoder.client import WORKER_ARGUMENT
from memorybook.system.hardening import harden
from memorybook.system.player.process import WORKER_ARGUMENT as PLAYER_ARGUMENT
from memorybook.system.speller.client import WORKER_ARGUMENT as SPELLING_ARGUMENT


def main() -> int:
    """Run the program and return its exit code. Nothing is read or shown before the process is private."""
    harden()
    log.install()
    if sys.argv[1:2] == [WORKER_ARGUMENT]:  # a packaged program is its own picture worker
        from memorybook.system.decoder import worker

        worker.main()
        return 0
    if sys.argv[1:2] == [SPELLING_ARGUMENT]:
        from memorybook.system.speller import worker as speller

        speller.main()
        return 0
    if sys.argv[1:2] == [PLAYER_ARGUMENT]:
        from memorybook.system.player import worker as player

        player.main()
        return 0
    from memorybook.app import command_line

    return command_line.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
