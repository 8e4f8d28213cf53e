"""From a file's bytes to upright sRGB pictures. Runs inside the worker only.

The content alone decides what a file is; its name is not known here. The order of the steps keeps memory
low: what can be refused is refused before anything is decoded, and a picture is made small before its
colours are worked on. The largest picture allowed (60 megapixels) in the most demanding mode stays below
the worker's limit; the figures are in ``sandbox``.
"""

import io
import warnings
import zlib
from typing import Final

import pillow_heif
from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from memorybook.domain.photo import PIXEL_LIMIT, RENDITION_EDGE, THUMBNAIL_EDGE, DecodedPicture
from memorybook.errors import PictureDamaged, PictureNotRecognised, PictureTooManyPixels
from memorybook.system.decoder import colour, exif, jpeg

THUMBNAIL_QUALITY: Final = 85
RENDITION_QUALITY: Final = 88
HEIF_THREADS: Final = 2

_PLUGINS: Final = (
    BmpImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
"""Imported while files can still be opened; Pillow would otherwise look for them at the first picture."""

_SIGNATURES: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II\x2a\x00", "TIFF"),
    (b"MM\x00\x2a", "TIFF"),
    (b"II\x2b\x00", "TIFF"),
    (b"MM\x00\x2b", "TIFF"),
)
_HEIF_BRANDS: Final = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"mif2")
)

_BROKEN: Final = (*exif.BROKEN_EXIF, RuntimeError, zlib.error)
"""What Pillow and the libraries below it raise on content that breaks off or contradicts itself."""

_TURNED_WHILE_DECODING: Final = ("HEIF", "TIFF")
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def prepare() -> None:
    """Set the libraries up. To be called once, before the first picture and before the sandbox closes."""
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = PIXEL_LIMIT
    pillow_heif.register_heif_opener(
        decode_threads=HEIF_THREADS, thumbnails=False, depth_images=False, aux_images=False
    )
    # A picture with others behind it (MPO) is the JPEG it begins with. The stock factory would read the
    # list of the others, and refuse the whole file when that list is wrong.
    Image.register_open("JPEG", JpegImagePlugin.JpegImageFile, _is_jpeg)


def _is_jpeg(prefix: bytes) -> bool:
    return prefix.startswith(b"\xff\xd8\xff")


def warm() -> None:
    """Send one small picture of each format through, so that nothing is left to be loaded later."""
    drawing = Image.new("RGB", (16, 16), "white")
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"):
        file = io.BytesIO()
        drawing.save(file, kind)
        decode(file.getvalue())
        printable(file.getvalue(), RENDITION_EDGE, RENDITION_QUALITY)


def recognise(data: bytes) -> str:
    """The format of these bytes by their first few. Raises ``PictureNotRecognised``."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "HEIF"
    raise PictureNotRecognised


def decode(data: bytes) -> DecodedPicture:
    """Look at one picture. Raises ``PictureNotRecognised``, ``PictureDamaged``, ``PictureTooManyPixels``."""
    kind = recognise(data)
    try:
        image = _opened(data, kind)
        width, height = image.size
        mode = image.mode
        orientation = exif.orientation(image)
        turn = _turn(image)
        taken = exif.taken(image)
        profile, picture = _developed(image, RENDITION_EDGE)
        del image
        picture = _turned(picture, turn)
        thumbnail = picture.resize(
            _fitted(picture.size, THUMBNAIL_EDGE), Image.Resampling.BICUBIC, reducing_gap=2.0
        )
        return DecodedPicture(
            format=kind,
            width=height if turn >= 5 else width,
            height=width if turn >= 5 else height,
            orientation=orientation,
            colour_mode=mode,
            icc=not profile.is_srgb,
            taken=taken,
            thumbnail=_jpeg(thumbnail, THUMBNAIL_QUALITY),
            rendition=_jpeg(picture, RENDITION_QUALITY),
        )
    except _BROKEN:
        raise PictureDamaged from None


def printable(data: bytes, longest: int, quality: int) -> bytes:
    """An upright sRGB JPEG without any metadata, no side longer than ``longest``. Raises as ``decode``."""
    kind = recognise(data)
    try:
        image = _opened(data, kind)
        turn = _turn(image)
        _, picture = _developed(image, longest)
        del image
        return _jpeg(_turned(picture, turn), quality)
    except _BROKEN:
        raise PictureDamaged from None


def _opened(data: bytes, kind: str) -> Image.Image:
    """The picture with its measures known and checked, and its pixels not yet decoded."""
    try:
        image = Image.open(io.BytesIO(jpeg.whole(data) if kind == "JPEG" else data), formats=(kind,))
    except Image.DecompressionBombError:
        raise PictureTooManyPixels from None
    except UnidentifiedImageError:
        raise PictureDamaged from None
    width, height = image.size
    if width * height > PIXEL_LIMIT:
        raise PictureTooManyPixels
    if width < 1 or height < 1:
        raise PictureDamaged
    return image


def _turn(image: Image.Image) -> int:
    """The turn that is still to be made, as an EXIF orientation. Some plugins turn pictures themselves."""
    return 1 if image.format in _TURNED_WHILE_DECODING else exif.orientation(image)


def _developed(image: Image.Image, longest: int) -> tuple[colour.Profile, Image.Image]:
    """The pixels: no side longer than ``longest``, sRGB, on white, not yet turned upright."""
    size = _fitted(image.size, longest)
    icc = image.info.get("icc_profile")
    image.draft(None, size)
    image.load()
    picture = colour.shrinkable(image)
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    picture = colour.on_white(picture)
    profile = colour.Profile(icc if isinstance(icc, bytes) else None, picture.mode)
    picture = profile.to_srgb(picture)
    # A picture that is still tied to its file asks for the folder it lies in when it is written.
    return profile, picture.copy() if isinstance(picture, ImageFile.ImageFile) else picture


def _fitted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """The same shape with no side longer than ``longest``, and never larger than it was."""
    width, height = size
    edge = max(width, height)
    if edge <= longest:
        return size
    return max(1, round(width * longest / edge)), max(1, round(height * longest / edge))


def _turned(image: Image.Image, turn: int) -> Image.Image:
    method = _UPRIGHT.get(turn)
    return image if method is None else image.transpose(method)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    """The pixels alone as JPEG: no EXIF, no comment, no profile."""
    image.info = {}
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()
