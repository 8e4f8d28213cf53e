"""A program of its own that compares words in a new book, to be watched from outside."""

import sys
from pathlib import Path

from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from memorybook.system.dictionaries import Dictionaries
from tests.books import FAST, PASSPHRASE


def main(book: Path, here: Path) -> None:
    """``here`` holds the dictionaries, in the folders of ``tests.dictionaries.on_this_computer``."""
    places = Dictionaries(own=here / "own", places=[here / "system"])
    with Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST, dictionaries=places)
        vault = library.create(book, PASSPHRASE)
        vault.spelling.state("en_GB").result()
        found = vault.spelling.check(["the", "rememberd", "Zofkaword"]).result()
        print(*(word for word, right in found.items() if not right))
        print(vault.spelling.suggest("rememberd").result()[0])
        vault.spelling.keep("Zofkaword").result()
        assert vault.spelling.check(["Zofkaword"]).result() == {"Zofkaword": True}
        vault.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
