"""Catalogues of sentences as Qt Linguist reads them (TS), and their compiled form (QM)."""

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from memorybook.ui.core.i18n import CONTEXT
from memorybook.ui.support import tongue
from tests.translating.sentences import Sentence

CONTEXTS = {"memorybook": CONTEXT, "support": tongue.CONTEXT}
"""What the files are called, and the context of the sentences in them."""

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


@dataclass
class Catalogue:
    """The translations of one language, by English sentence: its forms, one unless it counts.

    ``context`` is that of the sentences it holds.
    """

    language: str = ""
    forms: dict[str, list[str]] = field(default_factory=dict)
    context: str = CONTEXT

    @classmethod
    def read(cls, path: Path) -> "Catalogue":
        """A TS file that a person worked on."""
        root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314  # a file of this project
        read = cls(root.get("language", ""), context=root.findtext("context/name", CONTEXT))
        for message in root.iter("message"):
            source, translation = message.findtext("source", ""), message.find("translation")
            if translation is not None:
                forms = [form.text or "" for form in translation.findall("numerusform")]
                read.forms[source] = forms or [translation.text or ""]
        return read

    def written(self, sentences: Iterable[Sentence]) -> str:
        """A TS file of those of these sentences that are of its context, with their translations.

        What is no longer shown is left out.
        """
        root = ET.Element("TS", {"version": "2.1", "language": self.language, "sourcelanguage": "en"})
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = self.context
        for sentence in sentences:
            if sentence.context != self.context:
                continue
            counts = sentence.one is not None
            message = ET.SubElement(context, "message", {"numerus": "yes"} if counts else {})
            ET.SubElement(message, "location", {"filename": sentence.where, "line": str(sentence.line)})
            ET.SubElement(message, "source").text = sentence.text
            if sentence.one is not None:
                ET.SubElement(message, "extracomment").text = f"One: {sentence.one}"
            forms = self.forms.get(sentence.text, [])
            finished = bool(forms) and all(forms)
            translation = ET.SubElement(message, "translation", {} if finished else {"type": "unfinished"})
            if counts:
                for form in forms or [""]:
                    ET.SubElement(translation, "numerusform").text = form
            elif forms:
                translation.text = forms[0]
        ET.indent(root)
        return f"{_HEAD}{ET.tostring(root, encoding='unicode')}\n"


def compile_into(source: Path, target: Path) -> None:
    """Make the file that the app loads from a TS file."""
    release = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([release, "-silent", "-nounfinished", source, "-qm", target], check=True)
