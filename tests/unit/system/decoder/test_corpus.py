"""Real files of every kind and files made to do harm, as they come: under any name, through the album."""

import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from memorybook.domain.bringing import BringAccount
from memorybook.domain.edit import Crop, Edit
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import RENDITION_EDGE, THUMBNAIL_EDGE
from memorybook.errors import PictureDamaged, PictureError, PictureNotRecognised, PictureTooManyPixels
from memorybook.services.vault import Vault
from memorybook.system.decoder import Decoder
from tests.corpus import hostile, large, pictures
from tests.corpus.heic import encoded
from tests.unit.system.decoder.measures import is_motif, near, opened, pixel, quarters

ENDINGS = (".jpg", ".JPEG", ".png", ".heic", ".tif", ".txt", ".exe", "")
"""Whatever a file is called, its content counts."""


def brought(vault: Vault, files: list[Path]) -> BringAccount[PhotoId]:
    return vault.album.bring(files, told=lambda _: None).done.result()


def media_files(vault: Vault) -> set[str]:
    return {path.name for path in (vault.folder / "media").rglob("*") if path.is_file()}


def test_every_kind_of_picture_comes_in_under_a_wrong_name_and_goes_out_as_it_was(
    vault: Vault, tmp_path: Path
) -> None:
    files, contents = [], {}
    for number, (name, (kind, make)) in enumerate(pictures.PICTURES.items()):
        wrong = [ending for ending in ENDINGS if ending[1:4].lower() not in {kind.lower()[:3], "jpe"}]
        path = tmp_path / f"{number}{wrong[number % len(wrong)]}"
        path.write_bytes(make())
        files.append(path)
        contents[hashlib.sha256(make()).hexdigest()] = (name, kind, make())
    account = brought(vault, files)
    assert not account.refused
    assert len(account.added) == len(files)
    for photo in vault.album.photos(account.added).result():
        _, kind, data = contents[photo.digest]
        assert photo.format == kind
        assert (photo.width, photo.height) == (pictures.WIDTH, pictures.HEIGHT)
        assert vault.album.original(photo.id).result() == data


@pytest.mark.parametrize("name", encoded.WITH)
def test_heic_of_another_encoder(name: str, decoder: Decoder) -> None:
    data = encoded.heic(name)
    picture = decoder.decode(data)
    assert (picture.format, picture.width, picture.height) == ("HEIF", pictures.WIDTH, pictures.HEIGHT)
    image = opened(picture.rendition)
    if name == "grey":
        assert picture.colour_mode == "L"
        assert is_motif(image, quarters(pictures.motif().convert("L")))
    elif name == "ten":
        assert near(pixel(image, 0.25, 0.5), (0x20, 0x20, 0x20), 6)
        assert near(pixel(image, 0.75, 0.5), (0xC0, 0xC0, 0xC0), 6)
    elif name == "holes":
        assert near(pixel(image, 0.25, 0.25), pictures.RED)
        assert near(pixel(image, 0.75, 0.25), (255, 255, 255), 6)
    else:
        assert is_motif(image)
    copy, ending = decoder.clean(data)
    assert (ending, opened(copy).size) == (".jpg", (pictures.WIDTH, pictures.HEIGHT))
    half = decoder.decode(data, Edit(crop=Crop(0, 0, 5000, 10_000)))
    assert opened(half.rendition).size == (pictures.WIDTH // 2, pictures.HEIGHT)


@pytest.mark.parametrize("name", encoded.FOREIGN)
def test_a_whole_picture_in_another_coding_is_not_called_damaged(name: str, decoder: Decoder) -> None:
    with pytest.raises(PictureNotRecognised):
        decoder.decode(encoded.foreign(name))


@pytest.mark.parametrize("name", large.QUICK)
def test_twelve_megapixels(name: str, decoder: Decoder) -> None:
    check_large(large.QUICK[name], decoder)


@pytest.mark.slow
@pytest.mark.parametrize("name", large.SLOW)
def test_forty_eight_megapixels_and_what_takes_longer(name: str, decoder: Decoder) -> None:
    check_large(large.SLOW[name], decoder)


def check_large(made: large.Large, decoder: Decoder) -> None:
    picture = decoder.decode(made.data())
    assert (picture.format, picture.width, picture.height) == (made.kind, made.width, made.height)
    image = opened(picture.rendition)
    assert 1900 <= max(image.size) <= 2048
    assert is_motif(image, distance=24 if made.mode == "CMYK" else 14)
    printed = opened(decoder.printable(made.data(), longest=3000, quality=85))
    assert max(printed.size) == 3000


def test_hostile_files_come_in_or_are_refused_with_a_sentence_and_leave_nothing(
    vault: Vault, tmp_path: Path
) -> None:
    """One after the other and in between pictures that are sound, as in a folder that somebody sent."""
    files: dict[Path, str] = {}
    for number, (name, (_, make)) in enumerate(hostile.HOSTILE.items()):
        path = tmp_path / f"{number:03}a{ENDINGS[number % len(ENDINGS)]}"
        path.write_bytes(make())
        files[path] = name
    sound = tmp_path / "zz.jpg"
    sound.write_bytes(pictures.jpeg(pictures.scene(300, 200)))
    account = brought(vault, [*files, sound])
    refused = {one.name: type(one.error) for one in account.refused}
    assert all(one.error.sentence for one in account.refused)
    for path, name in files.items():
        assert refused.get(path.name) in hostile.HOSTILE[name][0], name
    taken = len(files) - len(refused)
    assert len(account.ids) == taken + 1
    for photo in account.added:
        assert max(opened(vault.album.thumbnail(photo).result()).size) <= THUMBNAIL_EDGE
        assert max(opened(vault.album.rendition(photo).result()).size) <= RENDITION_EDGE
    # The original and the rendition of each; nothing that belongs to a refused one.
    assert len(media_files(vault)) == 2 * len(account.added)


def check_mutated(count: int, seed: int, decoder: Decoder) -> None:
    """Each is decoded, edited, printed or cleaned; each is taken in or refused, and nothing else happens."""
    dice = random.Random(seed)  # noqa: S311 the same choices every time
    edit = Edit(90, Crop(1000, 1000, 9000, 9000), grey=True, soft=True)
    jobs = [(data, dice.randrange(4)) for data in hostile.mutated(count, seed)]

    def done(job: tuple[bytes, int]) -> str:
        data, task = job
        try:
            if task == 0:
                copy, _ = decoder.clean(data)
                decoder.decode(copy)
                return "taken"
            if task == 1:
                made = decoder.printable(data, longest=500, quality=80, edit=edit)
            else:
                made = decoder.decode(data, edit if task == 2 else Edit()).rendition
        except (PictureDamaged, PictureNotRecognised, PictureTooManyPixels) as refusal:
            return str(refusal)
        opened(made)
        assert pictures.PLACE.encode() not in made
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(done, jobs))
    assert len(outcomes) == count
    assert {"taken", "PictureDamaged"} <= set(outcomes)


def test_damage_at_random(decoder: Decoder) -> None:
    """A worker that ends in the middle would be ``PictureWorkerStopped``, which is not expected here."""
    check_mutated(60, 20261003, decoder)


@pytest.mark.slow
def test_damage_at_random_740_times_more(decoder: Decoder) -> None:
    check_mutated(740, 5, decoder)


@pytest.mark.slow
def test_a_folder_of_200_damaged_pictures(vault: Vault, tmp_path: Path) -> None:
    """With the other two tests a thousand files in all, spread over the formats."""
    for number, data in enumerate(hostile.mutated(200, 77)):
        (tmp_path / f"{number}.jpg").write_bytes(data)
    account = brought(vault, sorted(tmp_path.glob("*.jpg")))
    assert len(account.ids) + len(account.refused) == 200
    expected = (PictureDamaged, PictureNotRecognised, PictureTooManyPixels)
    assert all(isinstance(one.error, expected) for one in account.refused)
    assert account.added
    for photo in account.added:
        assert max(opened(vault.album.thumbnail(photo).result()).size) <= THUMBNAIL_EDGE


def test_a_refusal_has_its_sentence() -> None:
    for error in PictureError.__subclasses__():
        assert error.sentence.endswith(".")
        assert "picture" in error.sentence or "file" in error.sentence
