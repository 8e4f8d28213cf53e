"""Compiles every module below a folder and takes its source away. Runs in the Python that is shipped."""

import py_compile
import sys
from pathlib import Path


def main(folder: Path) -> None:
    """Nothing of this machine gets into what is written: no path, no time."""
    for source in sorted(folder.rglob("*.py")):
        py_compile.compile(
            str(source),
            cfile=str(source.with_suffix(".pyc")),
            dfile=source.relative_to(folder).as_posix(),
            doraise=True,
            optimize=1,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        source.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
