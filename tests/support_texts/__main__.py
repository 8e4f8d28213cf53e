"""Before a release: which lines of the support pane ought to be read again at their source.

python -m tests.support_texts            lines whose source is older than a year or bears no date
python -m tests.support_texts reading    how hard each text is to read

It fails only for a file that is not as it should be: the calendar stops no release, a person decides.
"""

import datetime
import sys
from collections import Counter

from tests.support_texts import reading, sources
from tests.support_texts.faults import FILES, faults


def main(arguments: list[str]) -> int:
    if arguments == ["reading"]:
        return print_reading()
    return print_sources(datetime.datetime.now(tz=datetime.UTC).date())


def print_sources(today: datetime.date) -> int:
    lines = list(sources.every())
    old = sources.to_read_again(lines, today)
    for line in old:
        print(f"{line.as_of!s:>10}  {line.file:<20} {line.id:<28} {'; '.join(line.sources)}")
    known, again = Counter(line.file for line in lines), Counter(line.file for line in old)
    for file, number in known.items():
        print(f"{file}: {again[file]} of {number} lines ought to be read again at their source")
    wrong = [f"{file.name}: {fault}" for file in FILES for fault in faults(file)]
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


def print_reading() -> int:
    for language in ("en", "es"):
        for each in reading.every(language):
            print(f"{language}  {each.figure:6.1f}  {each.id:<28} {each.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
