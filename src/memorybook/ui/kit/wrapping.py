"""Words of a button or a choice in as many lines as its width asks for."""

from PySide6.QtGui import QFontMetrics


def lines_of(text: str, room: int, metrics: QFontMetrics) -> list[str]:
    """The words in lines of at most ``room`` pixels; a word that is longer than a line is broken.

    What stands before the first word stands before every line.
    """
    before = text[: len(text) - len(text.lstrip())]
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines[-1] else before + word
        if lines[-1] and metrics.horizontalAdvance(longer) > room:
            lines.append(before + word)
        else:
            lines[-1] = longer
        while metrics.horizontalAdvance(lines[-1]) > room and len(lines[-1]) > len(before) + 1:
            kept = len(lines[-1])
            while kept > len(before) + 1 and metrics.horizontalAdvance(lines[-1][:kept]) > room:
                kept -= 1
            lines[-1:] = [lines[-1][:kept], before + lines[-1][kept:]]
    return lines


def longest_word(text: str, metrics: QFontMetrics) -> int:
    """How wide the longest word is, in pixels."""
    return max((metrics.horizontalAdvance(word) for word in text.split()), default=0)
