"""What macOS is told of the app, as far as Linux can hold it: nothing here runs on a Mac."""

import plistlib
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.conftest import MAKERS, ROOT

pytestmark = pytest.mark.packaging

sys.path.append(str(MAKERS))
import macos  # noqa: E402
import places  # noqa: E402


def test_what_is_told_of_the_app_is_what_it_is_elsewhere(tmp_path: Path) -> None:
    said = macos.bundle(tmp_path)
    info = said["info_plist"]
    assert said["bundle_identifier"] == places.APP_ID
    assert (info["CFBundleShortVersionString"], info["LSMinimumSystemVersion"]) == (places.VERSION, "14.0")
    (kind,) = info["UTExportedTypeDeclarations"]
    mime = (ROOT / "packaging/linux/org.memorybook.memorybook.mime.xml").read_text(encoding="utf-8")
    assert f'type="{kind["UTTypeTagSpecification"]["public.mime-type"][0]}"' in mime
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == ["mbbackup"]
    (document,) = info["CFBundleDocumentTypes"]
    assert document["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    assert Path(said["icon"]).read_bytes()[:4] == b"icns"


def test_it_asks_for_folders_alone_and_for_one_exception() -> None:
    info = plistlib.loads((macos.FOLDER / "Info.plist").read_bytes())
    asked = {key for key in info if key.endswith("UsageDescription")}
    folders = ("DocumentsFolder", "RemovableVolumes", "NetworkVolumes")
    assert asked == {f"NS{what}UsageDescription" for what in folders}
    rights = plistlib.loads((macos.FOLDER / "entitlements.plist").read_bytes())
    assert rights == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


class Made(list[tuple[str, tuple[Any, ...], dict[str, Any]]]):
    """Stands for PyInstaller: remembers what a spec asks for."""

    def maker(self, name: str, **has: Any) -> Any:
        def make(*given: Any, **more: Any) -> Any:
            self.append((name, given, more))
            return type(name, (), has)()

        return make


def test_the_spec_asks_for_a_bundle_on_macos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made()
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(sys, "path", sys.path[:])
    spec = ROOT / "packaging" / "memorybook.spec"
    names = {
        "SPECPATH": str(spec.parent),
        "workpath": str(tmp_path),
        "Analysis": made.maker("Analysis", pure=[], scripts=[], binaries=_COLLECTED[:], datas=[]),
        **{name: made.maker(name) for name in ("PYZ", "EXE", "COLLECT", "BUNDLE")},
    }
    exec(compile(spec.read_text(encoding="utf-8"), spec, "exec"), names)  # noqa: S102 - our own file
    asked = {name: (given, more) for name, given, more in made}
    assert "keyring.backends.macOS" in asked["Analysis"][1]["hiddenimports"]
    collected = {entry[0] for entry in asked["COLLECT"][0][1]}
    assert collected == {_COLLECTED[0][0], _COLLECTED[1][0]}
    assert asked["BUNDLE"][1]["name"] == "Memory Book.app"
    assert asked["BUNDLE"][1]["info_plist"]["CFBundleVersion"] == places.VERSION


_COLLECTED = [
    ("PySide6/QtCore.abi3.so", "", "EXTENSION"),
    ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", "", "BINARY"),
    ("PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork", "", "BINARY"),
]
