"""A book with every kind of page in it, short ones."""

from dataclasses import replace

from memorybook.domain.book import (
    BookPlan,
    PageSize,
    PlannedBaby,
    PlannedCeremony,
    PlannedDate,
    PlannedEntry,
    PlannedKeepsake,
    PlannedPicture,
    PlannedRecording,
)
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryKind
from memorybook.domain.ids import PhotoId
from memorybook.domain.people import BabyDraft, CeremonyDraft, Measurement
from memorybook.services import markup
from tests.unit.rendering.pages import photograph

_SIZES = {1: (3000, 2000), 2: (2000, 3000), 3: (2400, 2400), 4: (2000, 2800), 5: (500, 375), 6: (2400, 1800)}
PICTURES = {
    number: photograph(width // 5, height // 5, seed=number) for number, (width, height) in _SIZES.items()
}

PRINTS_MM = (80.0, 60.0)
"""How large the prints are that picture 6 is of."""

CANDLE = (
    "We lit the candle at seven, like thousands of other windows did tonight. Your mum read your name out "
    "loud. It was the first time I had heard it said in our kitchen and not in a hospital corridor.\n\n"
    "I did not think a candle could do anything. It burned for the whole hour and I watched every minute of "
    "it. When it was nearly out I found I did not want to leave the room."
)
LETTER = (
    "Dear Wren,\n\nI made pancakes. It was raining and I was glad that it was raining, because a bright day "
    "would have felt like someone not listening. You would have been so small still."
)
PACKED = "# Before\n\n> Your hat.\n\n- one\n- two\n\n***\n\nLater."
GERMAN = "Die Krankenhausverwaltung und die außerordentlich verständnisvolle Krankenschwesternschülerin. "


def picture(number: int, caption: str = "", credit: str = "", per_mm: float | None = None) -> PlannedPicture:
    """Picture 1 and 6 are wide, 2 and 4 upright, 3 square and 5 small."""
    width, height = _SIZES[number]
    return PlannedPicture(PhotoId(number), width, height, caption, credit=credit, per_mm=per_mm)


def _page(title: str, day: str, words: str, *pictures: PlannedPicture, by: str, to: str = "") -> PlannedEntry:
    kind = EntryKind.LETTER if to else EntryKind.ENTRY
    return PlannedEntry(
        title, VagueDate.parse(day), kind, by, to, markup.parse(words), pictures, author=by
    )


_HEART = PlannedRecording(
    "Your heart", "heartbeat", VagueDate(2026, 3, 27), "Sam", "The scan room", "It was fast.", 42_000
)

WHOLE = BookPlan(
    title="Wren",
    subtitle="22 May 2026",
    dedication="For our daughter,\nwho was here.",
    language="en-GB",
    page_size=PageSize.A5,
    entries=(
        replace(
            _page("Wave of light", "2026-10-15", CANDLE, picture(1, "At the window", "Ellen"), by="Sam"),
            recordings=(_HEART,),
        ),
        _page("Your due date", "2026-10-03", LETTER, by="Mum", to="Wren"),
        _page("", "2027-01-04", CANDLE * 3, picture(2, "By the sea"), picture(4), by="Sam"),
        replace(_page("Ein Brief", "2027", GERMAN * 4, picture(3), by="Oma", to="Wren"), language="de"),
        _page("", "", "You were here.", by="Sam"),
        _page("What we packed", "2027~", PACKED, by="Mum"),
    ),
    dates=(
        PlannedDate(VagueDate.parse("XXXX-01-24"), "We knew about you"),
        PlannedDate(VagueDate.parse("XXXX-05-22"), "The day you were born", "Twenty weeks"),
    ),
    babies=(
        PlannedBaby(
            BabyDraft(
                names="Wren",
                born=VagueDate(2026, 5, 22),
                measurements=(Measurement("weight", "345 g"),),
                met="Mum, Dad, Grandma, and Ellen, who took the prints",
                notes="You had dark hair.",
            ),
            "daughter",
        ),
    ),
    ceremonies=(
        PlannedCeremony(
            CeremonyDraft(
                label="Our goodbye", day=VagueDate(2026, 5, 28), place="The garden", readings="A poem."
            )
        ),
    ),
    keepsakes=(
        PlannedKeepsake(
            "Your feet",
            "prints",
            VagueDate(2026, 5, 22),
            "Taken while we slept.",
            "In the blue box",
            "Ellen",
            (picture(6, "Both of them", per_mm=_SIZES[6][0] / PRINTS_MM[0]),),
        ),
        PlannedKeepsake("", "band", kept="In the box"),
        PlannedKeepsake("A card", "cards", words="They all signed it."),
    ),
    photos=(picture(1, "The sea, in May", "Sam"), picture(2, "One"), picture(4, "Two"), picture(5)),
    recordings=(_HEART, PlannedRecording("", "voice", who="Grandma")),
    covered=(picture(3, "You, that morning"),),
    cover=picture(1),
    colophon="Set in Source Serif.\n\nMade in the winter.",
)
