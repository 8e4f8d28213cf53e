"""Which copies stay in a place: the newest ones, and of the rest fewer the older they are.

By sequence alone. A clock that jumps takes nothing away.
"""

from collections.abc import Iterable

NEWEST = 7
"""So many of the newest copies stay whatever their number is."""


def stays(sequence: int, newest: int) -> bool:
    """Whether a copy stays once ``newest`` is whole.

    One that stays by this rule stayed by it at every earlier time, so that nothing which is wanted later has
    gone before: the power of two that its number has to be a multiple of only grows.
    """
    behind = newest - sequence
    if behind < NEWEST:
        return True
    return sequence % (1 << ((behind // NEWEST).bit_length() + 1)) == 0


def going(sequences: Iterable[int], newest: int) -> tuple[int, ...]:
    """Those that do not stay, the oldest first."""
    return tuple(sorted(each for each in sequences if not stays(each, newest)))
