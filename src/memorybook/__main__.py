"""The program: ``memorybook [BOOK]`` opens the window, the other commands work without one."""

import sys

from memorybook import log
from memorybook.system import workers
from memorybook.system.hardening import harden


def main() -> int:
    """Run the program and return its exit code. Nothing is read or shown before the process is private."""
    harden()
    log.install()
    if sys.argv[1:2] == [workers.PICTURES]:  # a packaged program is its own picture worker
        from memorybook.system.decoder import worker

        worker.main()
        return 0
    if sys.argv[1:2] == [workers.SPELLING]:
        from memorybook.system.speller import worker as speller

        speller.main()
        return 0
    if sys.argv[1:2] == [workers.PLAYER]:
        from memorybook.system.player import worker as player

        player.main()
        return 0
    from memorybook.app import command_line

    return command_line.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
