"""The table says what was measured."""

from tests.benchmarks.table import LINES, Line, growth, table


def figures(factor: float) -> dict[str, list[float]]:
    names = [line.figure for line in LINES if isinstance(line, Line)]
    return {name: [30 * factor, 20 * factor, 40 * factor] for name in names}


def test_medians_extremes_and_others_stand_in_the_table() -> None:
    text = table(["1,000 pages", "10,000 pages"], [figures(1), figures(100)])
    assert all(line.name in text for line in LINES if isinstance(line, Line))
    (start,) = [line for line in text.splitlines() if "to the closed book" in line]
    assert start.endswith("3,000 (2,000-4,000)")
    assert " 30 (20-40) " in start
    (waited,) = [line for line in text.splitlines() if "while unlocking  " in line]
    assert waited.endswith(" 4,000")
    assert "others at 10,000: RedNotebook 1,940" in text


def test_growth_is_called_growth() -> None:
    sizes = ["1,000 pages", "100,000 pages"]
    assert "does not grow with the book: 30 ms" in growth([figures(1), figures(1.1)], sizes)
    assert "GROWS with the book" in growth([figures(1), figures(2)], sizes)
