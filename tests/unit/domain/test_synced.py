"""Folders of services that copy what lies in them, as people have them."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from memorybook.domain.synced import service_of


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PurePosixPath("/home/sam/Dropbox/Memory Book"), "Dropbox"),
        (PurePosixPath("/home/sam/Nextcloud"), "Nextcloud"),
        (PureWindowsPath(r"C:\Users\Sam\OneDrive\Documents"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\Sam\OneDrive - A Company\Memory Book"), "OneDrive"),
        (PurePosixPath("/Users/sam/Mobile Documents/com~apple~CloudDocs/Book"), "iCloud Drive"),
        (PurePosixPath("/Users/sam/Dropbox (Family)/Memory Book"), "Dropbox"),
        (PurePosixPath("/home/sam/Documents/Memory Book"), ""),
        (PurePosixPath("/home/sam/dropboxes/Memory Book"), ""),
        (PurePosixPath("/"), ""),
    ],
)
def test_a_service_is_known_by_its_folder(path: PurePosixPath | PureWindowsPath, service: str) -> None:
    assert service_of(path.parts) == service
