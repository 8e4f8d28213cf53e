"""Collects the sentences, brings every language up to date with them, and compiles each.

python -m tests.translating
"""

import sys

from tests.architecture.source import RESOURCES, ROOT
from tests.translating import sentences
from tests.translating.catalogue import CONTEXTS, Catalogue, compile_into


def main() -> int:
    every = sentences.of()
    for stem, context in CONTEXTS.items():
        ours = [each for each in every if each.context == context]
        empty = ROOT / "build" / "strings" / f"{stem}.ts"
        empty.parent.mkdir(parents=True, exist_ok=True)
        empty.write_text(Catalogue(context=context).written(ours), encoding="utf-8")
        print(f"{len(ours)} sentences are in {empty.relative_to(ROOT)}")
        for source in sorted((RESOURCES / "i18n").glob(f"{stem}_*.ts")):
            catalogue = Catalogue.read(source)
            done = sum(1 for each in ours if all(catalogue.forms.get(each.text, [""])))
            source.write_text(catalogue.written(ours), encoding="utf-8")
            compile_into(source, source.with_suffix(".qm"))
            print(f"{source.name}: {done} of {len(ours)} are translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
