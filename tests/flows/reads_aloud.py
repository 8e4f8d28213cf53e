"""What a screen reader is told, asked from another process over the accessibility bus.

It runs in the Python of the system, which has pyatspi: /usr/bin/python3 reads_aloud.py
"""

import json
import sys
from typing import Any

import pyatspi  # type: ignore[import-not-found]  # of the system's Python

STATES = {
    pyatspi.STATE_SHOWING: "showing",
    pyatspi.STATE_FOCUSABLE: "focusable",
    pyatspi.STATE_FOCUSED: "focused",
    pyatspi.STATE_SENSITIVE: "sensitive",
    pyatspi.STATE_CHECKED: "checked",
    pyatspi.STATE_SELECTED: "selected",
    pyatspi.STATE_EDITABLE: "editable",
}


def everything(node: Any, found: list[dict[str, Any]]) -> None:
    """What is said of a part of the screen and of all below it; ``caret`` is -1 where there is none."""
    if node is None:
        return
    text, caret = "", -1
    if "Text" in pyatspi.listInterfaces(node):
        asked = node.queryText()
        text, caret = asked.getText(0, asked.characterCount), asked.caretOffset
    states = node.getState()
    found.append(
        {
            "role": node.getRoleName(),
            "name": node.name,
            "description": node.description,
            "text": text,
            "caret": caret,
            "label": _label(node),
            "states": [name for state, name in STATES.items() if states.contains(state)],
        }
    )
    for child in node:
        everything(child, found)


def _label(node: Any) -> str:
    """The name of what labels this part, which is how the value of a list is told apart from its name."""
    for relation in node.getRelationSet():
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY:
            return str(relation.getTarget(0).name)
    return ""


def main() -> int:
    found: list[dict[str, Any]] = []
    for application in pyatspi.Registry.getDesktop(0):
        everything(application, found)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
