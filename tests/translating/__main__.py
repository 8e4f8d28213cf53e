"""Collects the sentences, brings every language up to date with them, and compiles each.

python -m tests.translating
"""

import sys

from tests.architecture.source import RESOURCES, ROOT
from tests.translating import sentences
from tests.translating.catalogue import Catalogue, compile_into


def main() -> int:
    every = sentences.of()
    empty = ROOT / "build" / "strings" / "memorybook.ts"
    empty.parent.mkdir(parents=True, exist_ok=True)
    empty.write_text(Catalogue().written(every), encoding="utf-8")
    print(f"{len(every)} sentences are in {empty.relative_to(ROOT)}")
    for source in sorted((RESOURCES / "i18n").glob("memorybook_*.ts")):
        catalogue = Catalogue.read(source)
        done = sum(1 for each in every if all(catalogue.forms.get(each.text, [""])))
        source.write_text(catalogue.written(every), encoding="utf-8")
        compile_into(source, source.with_suffix(".qm"))
        print(f"{source.name}: {done} of {len(every)} are translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
