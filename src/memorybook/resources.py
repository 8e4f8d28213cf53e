"""Where the files that come with the program are: fonts, icons, styles, templates, addresses."""

import sys
from functools import cache
from pathlib import Path


@cache
def folder(name: str) -> Path:
    """The folder ``name`` of the program's resources, installed, frozen or in a checkout.

    Raises ``FileNotFoundError`` when the program is incomplete.
    """
    here = Path(__file__).resolve()
    for candidate in (here.parent / "_resources" / name, here.parents[2] / "resources" / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(name)


def licences() -> Path | None:
    """The folder with the licences of everything that the packaged program holds; none in a checkout."""
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable).resolve().parent
    places = (program / "licences", program.parent / "Resources" / "licences")
    return next((each for each in places if (each / "parts.txt").is_file()), None)
