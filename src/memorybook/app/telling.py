"""What several commands say in the same words: times, and things that are not whole."""

import datetime

from memorybook.domain.health import FILE, LINKS, SMALL_PICTURE, DamagedThing, Thing


def local_time(stamp: str) -> str:
    """Date and time of this computer's clock, of an ISO 8601 ``stamp``; what is no stamp as it is."""
    try:
        moment = datetime.datetime.fromisoformat(stamp)
    except ValueError:  # it comes out of a copy, which may be damaged
        return stamp or "at a time that is not known"
    return f"{moment.astimezone():%Y-%m-%d at %H:%M}"


def named(thing: DamagedThing, *, titles: bool = False) -> str:
    """A damaged thing and what of it is lost. Its title only when asked for: a terminal may keep it."""
    lost = {
        FILE: "its file is gone or damaged",
        LINKS: "which photos, recordings, tags or babies belong to it cannot be read, its words are whole",
        SMALL_PICTURE: "the small picture of it is damaged, the original is there",
    }.get(thing.lost, "it cannot be read as it was kept")
    if thing.thing is Thing.OTHER:  # its title is a name of ours, and its number is of no help
        return f"Something else in the book: {lost}."
    title = f" \u201c{thing.title}\u201d" if titles and thing.title else ""
    of = f", of {thing.day}" if thing.day else ""
    return f"{thing.thing.value.capitalize()} number {thing.id}{title}{of}: {lost}."


def without_file(things: tuple[DamagedThing, ...]) -> str:
    """A clause for behind the counts, when some of what is counted is there without its original."""
    parts = []
    for thing, one, many in ((Thing.PHOTO, "photo", "photos"), (Thing.RECORDING, "recording", "recordings")):
        number = sum(each.thing is thing and each.lost == FILE for each in things)
        if number:
            parts.append(f"{number} {one if number == 1 else many}")
    return f" Of these, {' and '.join(parts)} without the original." if parts else ""
