"""The names and the manifest of a copy of a book; ``FORMATS.md`` beside this module is the format itself."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from memorybook.domain.ids import MediaId
from memorybook.errors import BookNewer
from memorybook.files import open_to_read
from memorybook.storage.media import ENDING
from memorybook.storage.seed import Seed

README = "README.txt"
SNAPSHOTS = "snapshots"
MEDIA = "media"
DATABASE = "book.db"
KEYS = "book.keys"
MANIFEST = "manifest.json"
FILE_ENDING = ".mbbackup"
FILE_MAGIC = b"MBBACKUP1 "
MANIFEST_LIMIT = 64 << 20
"""Bytes. A manifest of 400,000 media files is below it."""

_PLACE = re.compile(r"Memory Book [0-9a-f]{8}")
_SEQUENCE = re.compile(r"[0-9]{6,18}")
_ID = re.compile(r"[0-9a-f]{32}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(rb'"hmac":"([0-9a-f]{64})",')
_FORMAT = "memorybook copy"
_VERSION = 1
_MOST = 1 << 62


class NotAManifestError(Exception):
    """These bytes are no manifest of a copy. Handled within storage and services."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a copy as it lies there, encrypted: its size in bytes and its SHA-256 in hex."""

    size: int
    sha256: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What belongs to one copy. Nothing of it is to be trusted before :func:`is_genuine` said so.

    ``sequence`` is 0 in a single file. ``lacking`` are media that the book names and that could not be
    read in the book itself when the copy was made.
    """

    book_id: str
    sequence: int
    made_at: str
    checked_at: str
    app: str
    schema: int
    database: Part
    keys: Part
    media: Mapping[MediaId, Part] = field(repr=False)
    lacking: tuple[MediaId, ...] = field(default=(), repr=False)

    @property
    def size(self) -> int:
        """Bytes of all its files together."""
        return self.database.size + self.keys.size + sum(part.size for part in self.media.values())


def place_name(book_id: str, db_salt: bytes) -> str:
    """The name of the folder in which copies of this book lie, as long as its sheet is not withdrawn."""
    digest = hashlib.sha256(b"memorybook/1 place" + bytes.fromhex(book_id) + db_salt)
    return f"Memory Book {digest.hexdigest()[:8]}"


def is_place_name(name: str) -> bool:
    """Whether a folder of this name may be one that :func:`place_name` named."""
    return _PLACE.fullmatch(name) is not None


def snapshot_name(sequence: int) -> str:
    """The name of the folder of the copy with this number."""
    return f"{sequence:06d}"


def sequence_of(name: str) -> int | None:
    """The number of the copy in a folder of this name, ``None`` when it is none."""
    if _SEQUENCE.fullmatch(name) is None or snapshot_name(int(name)) != name or int(name) == 0:
        return None
    return int(name)


def media_file(media: MediaId) -> str:
    """The name of the file of this id, in a place, a book and a single file's ``media/``."""
    return f"{media}{ENDING}"


def seal(manifest: Manifest, seed: Seed) -> bytes:
    """The bytes of ``manifest.json``, signed."""
    body = {
        "format": _FORMAT,
        "v": _VERSION,
        "book_id": manifest.book_id,
        "sequence": manifest.sequence,
        "made_at": manifest.made_at,
        "checked_at": manifest.checked_at,
        "app": manifest.app,
        "schema": manifest.schema,
        "files": {DATABASE: _written(manifest.database), KEYS: _written(manifest.keys)},
        "media": [[name, part.size, part.sha256] for name, part in sorted(manifest.media.items())],
        "lacking": sorted(manifest.lacking),
    }
    return _canonical({**body, "hmac": _mac(body, seed).hex()})


def parse(data: bytes) -> Manifest:
    """Read a manifest without any key. Raises NotAManifestError, or BookNewer for a younger format.

    Names, digests and sizes in what is returned have the form they must have; more is not known yet.
    """
    body = _body(data)
    try:
        files = body["files"]
        manifest = Manifest(
            book_id=_text(body["book_id"], _ID),
            sequence=_number(body["sequence"]),
            made_at=_short(body["made_at"]),
            checked_at=_short(body["checked_at"]),
            app=_short(body["app"]),
            schema=_number(body["schema"]),
            database=_part(files[DATABASE]["size"], files[DATABASE]["sha256"]),
            keys=_part(files[KEYS]["size"], files[KEYS]["sha256"]),
            media={MediaId(_text(name, _ID)): _part(size, digest) for name, size, digest in body["media"]},
            lacking=tuple(MediaId(_text(name, _ID)) for name in body["lacking"]),
        )
    except (ValueError, TypeError, LookupError, AttributeError):
        raise NotAManifestError from None
    if len(manifest.media) != len(body["media"]):
        raise NotAManifestError
    return manifest


def is_genuine(data: bytes, seed: Seed) -> bool:
    """Whether whoever wrote these bytes knew the seed. Never raises for a broken one."""
    given = _SIGNATURE.search(data)
    if given is None:
        return False
    # The canonical JSON of all the rest, as it was when it was signed: nothing else has these bytes.
    signed = data[: given.start()] + data[given.end() :]
    return hmac.compare_digest(hmac.digest(seed.backup_key(), signed, "sha256").hex().encode(), given[1])


def read_manifest(folder: Path) -> bytes:
    """The bytes of the manifest in a snapshot's folder. Raises NotAManifestError, or ``OSError``."""
    with open_to_read(folder / MANIFEST) as file:
        data = file.read(MANIFEST_LIMIT + 1)
    if len(data) > MANIFEST_LIMIT:
        raise NotAManifestError
    return data


def _body(data: bytes) -> dict[str, Any]:
    try:
        body = json.loads(data.decode("ascii"))
    except (ValueError, RecursionError):
        raise NotAManifestError from None
    if not isinstance(body, dict) or body.get("format") != _FORMAT or type(body.get("v")) is not int:
        raise NotAManifestError
    if body["v"] > _VERSION:
        raise BookNewer
    try:
        if _canonical(body) != data:
            raise NotAManifestError
    except (ValueError, RecursionError):
        raise NotAManifestError from None
    return body


def _written(part: Part) -> dict[str, Any]:
    return {"size": part.size, "sha256": part.sha256}


def _part(size: object, sha256: object) -> Part:
    return Part(_number(size), _text(sha256, _SHA256))


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value < _MOST:
        raise ValueError
    return value


def _text(value: object, form: re.Pattern[str]) -> str:
    if type(value) is not str or form.fullmatch(value) is None:
        raise ValueError
    return value


def _short(value: object) -> str:
    if type(value) is not str or len(value) > 64 or not value.isprintable():
        raise ValueError
    return value


def _canonical(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.encode("ascii")


def _mac(body: Mapping[str, Any], seed: Seed) -> bytes:
    return hmac.digest(seed.backup_key(), _canonical(body), "sha256")
