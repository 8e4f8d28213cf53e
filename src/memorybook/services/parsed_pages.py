"""What was made of the words of a book's pages, for the next time the same book is planned."""

from memorybook.domain.markup import Block
from memorybook.services import languages, markup


class ParsedPages:
    """Pages that stay as they are are not parsed again while a book is changed here and there.

    Belongs to the vault's thread. It holds no more than the two books that were planned last.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[tuple[Block, ...], str]] = {}
        self._before = self._known

    def begin(self) -> None:
        """Another book is planned: what it does not need is let go of."""
        self._before, self._known = self._known, {}

    def of(self, title: str, body: str) -> tuple[tuple[Block, ...], str]:
        """The blocks of a page, and the language it is in where that can be told."""
        key = title, body
        found = self._before.get(key) or self._known.get(key)
        if found is None:
            blocks = markup.parse(body)
            found = blocks, languages.guess("\n".join((title, *(block.text for block in blocks))))
        self._known[key] = found
        return found
