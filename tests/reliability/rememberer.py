"""Opens a book and has this computer remember and forget it, again and again, until it is killed."""

import sys
from pathlib import Path

from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import FAST, PASSPHRASE


def main() -> None:
    """Say "on" and "off" after each."""
    with Decoder() as decoder:
        vault = Library(decoder=decoder, clock=SystemClock(), kdf=FAST).open(Path(sys.argv[1]), PASSPHRASE)
        while True:
            vault.ways.remember_here().result()
            print("on", flush=True)
            vault.ways.forget_here().result()
            print("off", flush=True)


if __name__ == "__main__":
    main()
