"""What the app is on macOS: the values that packaging/memorybook.spec gives to PyInstaller's BUNDLE there."""

import plistlib
from pathlib import Path
from typing import Any, Final

import icons
import places

FOLDER: Final = places.PACKAGING / "macos"


def bundle(work: Path) -> dict[str, Any]:
    """The arguments of ``BUNDLE``. The icon is made into ``work`` from the app's own drawing."""
    icon = work / f"{places.NAME}.icns"
    icons.write_icns(icon)
    return {
        "name": f"{places.TITLE}.app",
        "icon": str(icon),
        "bundle_identifier": places.APP_ID,
        "version": places.VERSION,
        "info_plist": {
            **plistlib.loads((FOLDER / "Info.plist").read_bytes()),
            "CFBundleVersion": places.VERSION,
            "CFBundleShortVersionString": places.VERSION,
        },
    }
