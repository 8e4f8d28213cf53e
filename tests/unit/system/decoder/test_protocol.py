"""What passes the pipe is read as if a stranger had written it."""

import dataclasses
import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.edit import UNTOUCHED, Crop, Edit
from memorybook.domain.photo import BYTE_LIMIT, PIXEL_LIMIT, DecodedPicture
from memorybook.errors import PictureError
from memorybook.system.decoder import protocol

PICTURE = DecodedPicture(
    format="HEIF",
    width=4032,
    height=3024,
    orientation=6,
    colour_mode="I;16",
    icc=True,
    taken=VagueDate(2026, 10, 3),
    thumbnail=b"\xff\xd8\xffsmall",
    rendition=b"\xff\xd8\xfflarger",
    per_mm=600 / 25.4,
)


def test_a_picture_comes_back_as_it_was_packed() -> None:
    assert protocol.unpack_picture(protocol.pack_picture(PICTURE)) == PICTURE


def changed(**parts: object) -> bytes:
    values = {name: getattr(PICTURE, name) for name in DecodedPicture.__slots__}
    return protocol.pack_picture(DecodedPicture(**(values | parts)))


def test_an_unknown_resolution_comes_back_unknown() -> None:
    assert protocol.unpack_picture(changed(per_mm=None)).per_mm is None


def test_an_unknown_day_comes_back_unknown() -> None:
    assert protocol.unpack_picture(changed(taken=UNKNOWN)).taken == UNKNOWN


@pytest.mark.parametrize(
    "body",
    [
        b"",
        changed()[:-1],
        changed() + b"\0",
        changed(width=PIXEL_LIMIT, height=2),
        changed(width=0),
        changed(orientation=0),
        changed(orientation=9),
        changed(colour_mode=""),
        changed(colour_mode="<b>"),
        changed(thumbnail=b"GIF89a"),
        changed(rendition=b""),
        changed(per_mm=1001.0),
        changed(per_mm=-1.0),
        changed(per_mm=math.nan),
        changed(per_mm=math.inf),
        b"\xff" + changed()[1:],
    ],
)
def test_what_is_out_of_bounds_is_not_believed(body: bytes) -> None:
    with pytest.raises(protocol.ProtocolError):
        protocol.unpack_picture(body)


@given(some.binary(max_size=200))
def test_any_bytes_are_a_picture_or_a_protocol_error(body: bytes) -> None:
    with suppress(protocol.ProtocolError):
        protocol.unpack_picture(body)


@given(some.data())
def test_a_days_bytes_make_a_date_or_a_protocol_error(data: some.DataObject) -> None:
    body = bytearray(changed())
    at = data.draw(some.integers(0, 30))
    body[at] = data.draw(some.integers(0, 255))
    with suppress(protocol.ProtocolError):
        protocol.unpack_picture(bytes(body))


EDIT = Edit(270, Crop(100, 2000, 9000, 10_000), grey=True, soft=True)


@pytest.mark.parametrize("edit", [UNTOUCHED, EDIT, Edit(90, grey=True), Edit(180, soft=True)])
def test_a_request_header_comes_back(edit: Edit) -> None:
    request = protocol.Request(protocol.PRINTABLE, b"data", 3000, 90, edit)
    found, length = protocol.read_request_header(request.header())
    assert (found, length) == (dataclasses.replace(request, data=b""), 4)
    assert "data" not in repr(request)


WHOLE = (0, 0, 10_000, 10_000)


@pytest.mark.parametrize(
    "request_",
    [
        (0, 0, 0, 0, *WHOLE, 0, 5),
        (4, 0, 0, 0, *WHOLE, 0, 5),
        (1, 0, 0, 0, *WHOLE, 0, BYTE_LIMIT + 1),
        (1, 0, 0, 4, *WHOLE, 0, 5),
        (1, 0, 0, 0, *WHOLE, 4, 5),
        (1, 0, 0, 0, 0, 0, 0, 0, 0, 5),
        (1, 0, 0, 0, 0, 0, 10_001, 10_000, 0, 5),
    ],
)
def test_a_strange_request_is_refused(request_: tuple[int, ...]) -> None:
    with pytest.raises(protocol.ProtocolError):
        protocol.read_request_header(protocol.REQUEST_HEADER.pack(*request_))


@pytest.mark.parametrize("body", [b"", b"\0", b"\x07\xff\xd8\xff", b"\1\xff\xd8\xff", b"\0GIF89a"])
def test_a_copy_that_is_not_what_it_says_is_not_believed(body: bytes) -> None:
    with pytest.raises(protocol.ProtocolError):
        protocol.unpack_clean(body)


def test_a_copy_comes_back() -> None:
    assert protocol.unpack_clean(protocol.pack_clean("JPEG", b"\xff\xd8\xff\xe0")) == (
        "JPEG",
        b"\xff\xd8\xff\xe0",
    )


def test_every_refusal_has_a_code_of_its_own() -> None:
    assert protocol.ACCEPTED not in protocol.REFUSALS
    assert len(protocol.REFUSAL_CODES) == len(protocol.REFUSALS)
    assert all(issubclass(error, PictureError) for error in protocol.REFUSALS.values())
