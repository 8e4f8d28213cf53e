"""What a screen reader is told, asked from another process over the accessibility bus.

It runs in the Python of the system, which has pyatspi: /usr/bin/python3 reads_aloud.py
"""

import json
import sys
from typing import Any

import pyatspi  # type: ignore[import-not-found]  # of the system's Python


def everything(node: Any, found: list[dict[str, str]]) -> None:
    """Name, description and text of a part of the screen and of all below it."""
    if node is None:
        return
    text = ""
    if "Text" in pyatspi.listInterfaces(node):
        asked = node.queryText()
        text = asked.getText(0, asked.characterCount)
    found.append({"name": node.name, "description": node.description, "text": text})
    for child in node:
        everything(child, found)


def main() -> int:
    found: list[dict[str, str]] = []
    for application in pyatspi.Registry.getDesktop(0):
        everything(application, found)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
