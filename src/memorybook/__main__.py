"""The program: ``memorybook [BOOK]`` opens the window, the other commands work without one."""

import sys

from memorybook import log
from memorybook.system.hardening import harden


def main() -> int:
    """Run the program and return its exit code. Nothing is read or shown before the process is private."""
    harden()
    log.install()
    from memorybook.app import command_line

    return command_line.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
