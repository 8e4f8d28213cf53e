"""The process that spells: it reads one dictionary, then can do nothing but answer about words.

Hunspell parses word lists that somebody else made, and holds Python's lock for up to a second while it reads
one or looks for suggestions: both are reasons for a process of its own. It ends when its input ends.
"""

import os
import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from memorybook.system import limited
from memorybook.system.decoder import sandbox
from memorybook.system.hardening import harden
from memorybook.system.speller import protocol

_ENCODING: Final = "utf-8"
_TRIED: Final = 400
_LETTERS: Final = re.compile(rb"^(?:\xef\xbb\xbf)?SET[ \t]+([!-~]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """A dictionary, and the scripts that its words are written in. It has no opinion of words in others."""

    hunspell: Any
    scripts: frozenset[str]

    def is_known(self, word: str) -> bool:
        if _script(word[:1]) not in self.scripts:
            return True
        try:
            return bool(self.hunspell.spell(word))
        except UnicodeError:  # it has no letters for this word
            return True

    def suggest(self, word: str) -> tuple[str, ...]:
        try:
            return tuple(self.hunspell.suggest(word))
        except UnicodeError:
            return ()


def main() -> None:
    """Serve until the input ends. The entry point of the process."""
    harden()
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever the library prints must not end up in the answers
    try:
        task, body = _read_request()
        speaker = _opened(body) if task == protocol.OPEN else None
        sandbox.close()
        _answer(answers, protocol.REFUSED if speaker is None else protocol.DONE, b"")
        while speaker is not None:
            task, body = _read_request()
            _answer(answers, protocol.DONE, _say(speaker, task, body))
    except (limited.InputEndedError, BrokenPipeError, protocol.ProtocolError, ValueError):
        sys.exit(0)


def _opened(body: bytes) -> _Speaker | None:
    """The dictionary, or ``None`` where it cannot be read or knows none of the words in its own list."""
    from hunspell import Hunspell

    folder, _, name = body.decode("utf-8", "surrogateescape").partition("\0")
    try:
        # Both are given: what is left out, the library looks up in the environment.
        hunspell = Hunspell(name, hunspell_data_dir=folder, system_encoding=_ENCODING)
        listed = _listed(Path(folder), name)
        speaker = _Speaker(hunspell, frozenset(_script(letter) for word in listed for letter in word))
        known = any(speaker.is_known(word) for word in listed)
        speaker.suggest("a")  # so that everything is loaded before the door closes
    except (OSError, LookupError, UnicodeError, MemoryError, ValueError):
        return None
    return speaker if known else None


def _listed(folder: Path, name: str) -> list[str]:
    """Some of the words that stand in a dictionary. Raises ``LookupError`` for letters nobody can read."""
    named = _LETTERS.search((folder / f"{name}.aff").read_bytes())
    letters = named[1].decode("ascii") if named else "iso8859-1"
    with (folder / f"{name}.dic").open("rb") as lines:
        first = [line.split(b"/")[0].strip() for _, line in zip(range(_TRIED), lines, strict=False)]
    words = (word.decode(letters, "replace") for word in first)
    return [word for word in words if any(letter.isalpha() for letter in word)]


def _say(speaker: _Speaker, task: int, body: bytes) -> bytes:
    if task == protocol.CHECK:
        return bytes(speaker.is_known(word) for word in protocol.unpack_words(body))
    if task == protocol.SUGGEST:
        return protocol.pack_words(speaker.suggest("".join(protocol.unpack_words(body)[:1])))
    raise protocol.ProtocolError


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The script of a letter, which its Unicode name begins with; empty for what is no letter."""
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""


def _read_request() -> tuple[int, bytes]:
    task, length = protocol.HEADER.unpack(limited.read(0, protocol.HEADER.size))
    if length > protocol.BODY_LIMIT:
        raise protocol.ProtocolError
    return task, limited.read(0, length)


def _answer(target: int, status: int, body: bytes) -> None:
    limited.write(target, protocol.HEADER.pack(status, len(body)) + body)


if __name__ == "__main__":
    main()
