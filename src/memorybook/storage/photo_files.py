"""The files and small pictures of the photos: which media files belong to which, and the thumbnails."""

import hashlib
from dataclasses import dataclass

from memorybook.domain.edit import Edit
from memorybook.domain.ids import MediaId, PhotoId
from memorybook.errors import BookDamaged
from memorybook.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class PhotoFiles:
    """The original, the picture for the screen without the parent's edit, and the one with it."""

    media: MediaId
    rendition: MediaId
    view: MediaId | None = None

    @property
    def shown(self) -> MediaId:
        """The picture for the screen as it is shown."""
        return self.view or self.rendition

    @property
    def all(self) -> tuple[MediaId, ...]:
        """Every one of them."""
        return (self.media, self.rendition) if self.view is None else (self.media, self.rendition, self.view)


def of(connection: Connection, photo_id: PhotoId) -> PhotoFiles:
    """The media files of a photo. Raises LookupError when there is none."""
    row = connection.execute(
        "SELECT media, rendition, view FROM photo WHERE id = :id", {"id": photo_id}
    ).fetchone()
    if row is None:
        raise LookupError("no such photo")
    view = None if row["view"] is None else MediaId(row["view"])
    return PhotoFiles(MediaId(row["media"]), MediaId(row["rendition"]), view)


def renew(connection: Connection, photo_id: PhotoId, files: PhotoFiles, at: str) -> None:
    """Name other media files of the same picture, which are on the disk already."""
    connection.execute(
        """
        UPDATE photo SET media = :media, rendition = :rendition, view = :view, changed_at = :at
        WHERE id = :id
        """,
        {
            "media": files.media,
            "rendition": files.rendition,
            "view": files.view,
            "at": at,
            "id": photo_id,
        },
    )


def put_view(
    connection: Connection,
    photo_id: PhotoId,
    edit: Edit,
    view: MediaId | None,
    thumbnail: bytes,
    at: str,
) -> None:
    """Have a photo shown with this edit: in ``view``, which is on the disk already, and in ``thumbnail``."""
    connection.execute(
        "UPDATE photo SET edit = :edit, view = :view, changed_at = :at WHERE id = :id",
        {"edit": str(edit), "view": view, "at": at, "id": photo_id},
    )
    put_thumbnail(connection, photo_id, thumbnail)


def thumbnail(connection: Connection, photo_id: PhotoId) -> bytes:
    """The small JPEG. Raises LookupError when there is none, BookDamaged when it is not as it was kept."""
    row = connection.execute(
        "SELECT digest, jpeg FROM thumbnail WHERE photo = :photo", {"photo": photo_id}
    ).fetchone()
    if row is None:
        raise LookupError("no such photo")
    jpeg = bytes(row["jpeg"])
    if hashlib.sha256(jpeg).digest() != row["digest"]:
        raise BookDamaged
    return jpeg


def put_thumbnail(connection: Connection, photo_id: PhotoId, jpeg: bytes) -> None:
    """Keep the small JPEG, in the place of the one there may be."""
    connection.execute(
        """
        INSERT INTO thumbnail (photo, digest, jpeg) VALUES (:photo, :digest, :jpeg)
        ON CONFLICT (photo) DO UPDATE SET digest = excluded.digest, jpeg = excluded.jpeg
        """,
        {"photo": photo_id, "digest": hashlib.sha256(jpeg).digest(), "jpeg": jpeg},
    )
