"""A PDF that opens with a password alone: AES-256 as PDF 2.0 has it, revision 6.

What a screen reader needs may be read by it, as PDF/UA asks: nothing is forbidden to who has the password.
PDF/A forbids encryption, so such a file does not claim to be one. The password is kept nowhere.
"""

import os
import re
import stringprep
import unicodedata
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

if TYPE_CHECKING:
    import pikepdf

LONGEST = 127
"""So many bytes of a password count; the format knows no more."""

_BLOCK = 16
_CLAIM = re.compile(rb"<pdfaid:(part|conformance)>[^<]*</pdfaid:\1>|\s+xmlns:pdfaid=\"[^\"]*\"")


def normal(password: str) -> str:
    """The password as every reader of PDF files takes it, however its letters were put together.

    Raises ``ValueError`` for one that is empty or that would be cut off.
    """
    plain = "".join(
        " " if stringprep.in_table_c12(letter) else letter
        for letter in password
        if not stringprep.in_table_b1(letter)
    )
    made = unicodedata.normalize("NFKC", plain)
    if not 0 < len(made.encode("utf-8")) <= LONGEST:
        raise ValueError("no password, or a longer one than a PDF can have")
    return made


def claim_no_archive(pdf: "pikepdf.Pdf") -> None:
    """Take back that the file is a PDF/A."""
    if "/Metadata" in pdf.Root:
        pdf.Root.Metadata.write(_CLAIM.sub(b"", pdf.Root.Metadata.read_bytes()))


def encryption(password: str) -> "pikepdf.Encryption":
    """How pikepdf writes the file. Raises ``ValueError`` as :func:`normal`."""
    import pikepdf

    known = normal(password)
    return pikepdf.Encryption(
        owner=known,
        user=known,
        R=6,
        allow=pikepdf.Permissions(modify_assembly=True),
        metadata=True,
    )


def encrypted(data: bytes, key: bytes) -> bytes:
    """A stream as it lies in a file that was encrypted with this key: a vector of its own ahead of it."""
    vector = os.urandom(_BLOCK)
    writer = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    missing = _BLOCK - len(data) % _BLOCK
    whole = len(data) - len(data) % _BLOCK
    last = data[whole:] + bytes([missing]) * missing
    return b"".join((vector, writer.update(memoryview(data)[:whole]), writer.update(last)))
