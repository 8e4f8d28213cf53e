"""Folders that a service copies to other computers, known by their usual names."""

from collections.abc import Sequence

# The beginning of a folder's name, case aside, and what the service is called.
_SERVICES = {
    "com~apple~clouddocs": "iCloud Drive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "hidrive": "HiDrive",
    "icloud drive": "iCloud Drive",
    "magentacloud": "MagentaCLOUD",
    "megasync": "MEGA",
    "nextcloud": "Nextcloud",
    "onedrive": "OneDrive",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "proton drive": "Proton Drive",
    "seafile": "Seafile",
    "tresorit": "Tresorit",
}


def service_of(parts: Sequence[str]) -> str:
    """The service that seems to copy a folder, given the names on the way to it; empty for none."""
    for part in parts:
        for beginning, service in _SERVICES.items():
            name = part.casefold()
            if name.startswith(beginning) and not name[len(beginning) :][:1].isalnum():
                return service
    return ""
