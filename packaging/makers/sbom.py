"""Writes down what the packaged program holds, for machines: CycloneDX, the same for the same program."""

import argparse
import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cyclonedx.model import ExternalReference, ExternalReferenceType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.bom_ref import BomRef
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

import parts
import places

FILE: Final = f"{places.NAME}-{places.VERSION}.cdx.json"
WINDOWS: Final = f"{places.NAME}-{places.VERSION}-windows.cdx.json"
"""Of the program for Windows; it is made with that."""

_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_DNS, "memorybook.sbom.invalid")


def main(arguments: Sequence[str]) -> int:
    """Carry out ``sbom``."""
    parser = argparse.ArgumentParser(prog="packaging/makers sbom", description=__doc__)
    parser.add_argument("--to", type=Path, default=places.OUT / FILE, metavar="FILE")
    given = parser.parse_args(arguments)
    print(write(parts.shipped(places.FROZEN, parts.site_packages()), given.to))
    return 0


def write(found: Sequence[parts.Part], to: Path) -> Path:
    """Write the list into a file; where it is then. Raises ``Stopped``."""
    said = text(found)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(said, encoding="utf-8", newline="\n")
    return to


def text(found: Sequence[parts.Part]) -> str:
    """The list as JSON, held to the schema. Raises ``Stopped`` when that says no."""
    return hold(str(JsonV1Dot6(bom(found)).output_as_string(indent=1)) + "\n")


def hold(said: str) -> str:
    """The same text. Raises ``Stopped`` when it is no CycloneDX 1.6. Asks nothing of any other computer."""
    trouble = JsonStrictValidator(SchemaVersion.V1_6).validate_str(said)
    if trouble is not None:
        raise places.Stopped(f"The list of parts does not keep to its schema: {str(trouble)[:500]}")
    return said


def bom(found: Sequence[parts.Part]) -> Bom:
    """What the program holds: packages and libraries below it, and what is inside a package below that."""
    program = Component(
        name=places.TITLE,
        version=places.VERSION,
        type=ComponentType.APPLICATION,
        bom_ref=places.NAME,
        purl=PackageURL("generic", None, places.NAME, places.VERSION),
        licenses=[LicenseExpression("GPL-3.0-or-later")],
    )
    made = Bom(components=[])
    made.metadata.component = program
    made.metadata.timestamp = datetime.fromtimestamp(places.source_date_epoch(), UTC)
    of = {part.name.lower().replace("-", "_"): _component(part) for part in found if part.kind == "pypi"}
    below: dict[BomRef, list[Component]] = defaultdict(list)
    components: dict[str, Component] = {}
    for part in found:
        component = _component(part)
        holder = of.get(part.inside.lower().replace("-", "_"))
        components[str(component.bom_ref)] = component
        below[holder.bom_ref if holder else program.bom_ref].append(component)
    made.components.update(components.values())
    made.register_dependency(program, below[program.bom_ref])
    for component in components.values():
        made.register_dependency(component, below.get(component.bom_ref, []))
    names = "\n".join(sorted(components))
    made.serial_number = uuid.uuid5(_NAMESPACE, f"{places.VERSION}\n{places.source_date_epoch()}\n{names}")
    return made


def _component(part: parts.Part) -> Component:
    inside = part.inside.lower()
    kind = part.kind if part.kind in {"pypi", "cargo"} else "generic"
    name = part.name.lower().replace("_", "-") if kind == "pypi" else part.name
    return Component(
        name=part.name,
        version=part.version or None,
        type=ComponentType.DATA if part.kind == "font" else ComponentType.LIBRARY,
        bom_ref="/".join(each for each in (kind, inside, f"{name}@{part.version}") if each),
        purl=PackageURL(kind, None, name, part.version or None),
        licenses=[LicenseExpression(part.licence)],
        copyright="; ".join(part.copyright),
        external_references=[
            ExternalReference(type=ExternalReferenceType.SOURCE_DISTRIBUTION, url=XsUri(part.source))
        ],
        properties=[Property(name="memorybook:inside", value=inside)] if inside else [],
    )
