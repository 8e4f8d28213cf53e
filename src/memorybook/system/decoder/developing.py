"""From a file's bytes to upright sRGB pictures. Runs inside the worker only.

The content alone decides what a file is; its name is not known here. The order of the steps keeps memory
low: what can be refused is refused before anything is decoded, and a picture is made small before its
colours are worked on. The largest picture allowed (60 megapixels) in the most demanding mode stays below
the worker's limit; the figures are in ``sandbox``.
"""

import io
import math
import re
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

from memorybook.domain.edit import UNTOUCHED, Crop, Edit
from memorybook.domain.photo import PIXEL_LIMIT, RENDITION_EDGE, THUMBNAIL_EDGE, DecodedPicture
from memorybook.errors import PictureDamaged, PictureError, PictureNotRecognised, PictureTooManyPixels
from memorybook.system.decoder import colour, editing, exif, jpeg, resolution
from memorybook.system.decoder.recognising import recognise

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

BROKEN: Final = (*exif.BROKEN_EXIF, RuntimeError, zlib.error)
"""What Pillow and the libraries below it raise on content that breaks off or contradicts itself."""

_FOREIGN: Final = re.compile(r"has not been built in|Unsupported codec")
"""What the HEIC library says of a whole picture whose pixels are in another coding (AVIF, for one)."""

_DIVISORS: Final = (2, 4, 8)
"""By these a JPEG can be made smaller while it is decoded, in half the time and as sharp as afterwards."""

_NEAR_ENOUGH: Final = 0.94
"""The 4,032 pixels of most phones become 2,016 at once; not 2,048, which nobody can tell from it."""

_GAP: Final = 2.0
"""So much larger than it will be a picture is resampled; before that whole pixels are put together."""

_FULL_COLOUR: Final = 95
"""From this quality on the colours have as many pixels as the brightness."""

_TURNED_WHILE_DECODING: Final = ("HEIF", "TIFF")
_EVERYTHING: Final = Edit(90, Crop(0, 0, 5000, 5000), grey=True, soft=True)


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
        decode(file.getvalue(), _EVERYTHING)
        printable(file.getvalue(), RENDITION_EDGE, RENDITION_QUALITY)


def decode(data: bytes, edit: Edit = UNTOUCHED) -> DecodedPicture:
    """Look at one picture; the two that are made of it have the edit in them, what is told of it has not.

    Raises ``PictureNotRecognised``, ``PictureDamaged``, ``PictureTooManyPixels``.
    """
    kind = recognise(data)
    try:
        image = opened(data, kind)
        width, height = image.size
        mode = image.mode
        orientation = exif.orientation(image)
        turn = _turn(image)
        taken = exif.taken(image)
        per_mm = resolution.per_mm(image)
        profile, picture = _developed(image, RENDITION_EDGE, turn, edit, _NEAR_ENOUGH)
        del image
        thumbnail = picture.resize(
            _fitted(picture.size, THUMBNAIL_EDGE), Image.Resampling.BICUBIC, reducing_gap=2.0
        )
        return DecodedPicture(
            format=kind,
            width=height if editing.lies_across(turn) else width,
            height=width if editing.lies_across(turn) else height,
            orientation=orientation,
            colour_mode=mode,
            icc=not profile.is_srgb,
            taken=taken,
            thumbnail=_jpeg(thumbnail, THUMBNAIL_QUALITY),
            rendition=_jpeg(picture, RENDITION_QUALITY),
            per_mm=per_mm,
        )
    except BROKEN as error:
        raise refusal(error) from None


def printable(data: bytes, longest: int, quality: int, edit: Edit = UNTOUCHED) -> bytes:
    """An upright sRGB JPEG without any metadata, edited, no side longer than ``longest``.

    Raises as ``decode``.
    """
    kind = recognise(data)
    try:
        image = opened(data, kind)
        _, picture = _developed(image, longest, _turn(image), edit, resampling=Image.Resampling.LANCZOS)
        del image
        return _jpeg(picture, quality)
    except BROKEN as error:
        raise refusal(error) from None


def refusal(error: Exception) -> PictureError:
    """What to say of a picture that made a library raise this."""
    return PictureNotRecognised() if _FOREIGN.search(str(error)) else PictureDamaged()


def opened(data: bytes, kind: str) -> Image.Image:
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


def _developed(
    image: Image.Image,
    longest: int,
    turn: int,
    edit: Edit,
    near: float = 1.0,
    resampling: Image.Resampling = Image.Resampling.BICUBIC,
) -> tuple[colour.Profile, Image.Image]:
    """The pixels with the edit in them: no side longer than ``longest``, sRGB, on white, upright.

    ``near`` is the share of ``longest`` that is as good, where a JPEG can be decoded in that size at once.
    ``resampling`` is how it is made smaller otherwise.
    """
    stored = image.size
    left, top, right, bottom = editing.stored_box(edit.crop, stored, turn)
    size = _fitted((right - left, bottom - top), min(longest, editing.SOFT_EDGE) if edit.soft else longest)
    icc = image.info.get("icc_profile")
    share = max(size[0] / (right - left), size[1] / (bottom - top))
    at_once = (divisor for divisor in _DIVISORS if near * share <= 1 / divisor <= share)
    divisor = next(at_once, 0) if edit.crop.is_whole else 0
    if divisor and image.draft(None, (stored[0] // divisor, stored[1] // divisor)) is not None:
        size = image.size
    else:
        image.draft(None, (math.ceil(stored[0] * share), math.ceil(stored[1] * share)))
    image.load()
    vars(image).pop("_decoder", None)  # WebP's, which holds the picture twice more
    picture = colour.shrinkable(image)
    # A JPEG may have come out smaller than it is, by a whole divisor; the part that stays has shrunk with it.
    across, down = picture.width / stored[0], picture.height / stored[1]
    box = (left * across, top * down, right * across, bottom * down)
    if picture.size != size or not edit.crop.is_whole:
        picture = picture.resize(size, resampling, box=box, reducing_gap=_GAP)
    if picture is not image:
        image.close()  # the largest pictures do not fit into memory many times
    picture = colour.on_white(picture)
    profile = colour.Profile(icc if isinstance(icc, bytes) else None, picture.mode)
    picture = profile.to_srgb(picture)
    # A picture that is still tied to its file asks for the folder it lies in when it is written.
    picture = picture.copy() if isinstance(picture, ImageFile.ImageFile) else picture
    return profile, editing.edited(editing.upright(picture, turn), edit)


def _fitted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """The same shape with no side longer than ``longest``, and never larger than it was."""
    width, height = size
    edge = max(width, height)
    if edge <= longest:
        return size
    return max(1, round(width * longest / edge)), max(1, round(height * longest / edge))


def _jpeg(image: Image.Image, quality: int) -> bytes:
    """The pixels alone as JPEG: no EXIF, no comment, no profile."""
    image.info = {}
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, subsampling="4:4:4" if quality >= _FULL_COLOUR else "4:2:0")
    return file.getvalue()
