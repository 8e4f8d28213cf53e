"""How an organisation is reached: by a number, an address, or a page."""

import enum
from dataclasses import dataclass

from memorybook.domain.support import Organisation


class WayKind(enum.Enum):
    """How somebody is reached."""

    CALL = enum.auto()
    TEXT = enum.auto()
    EMAIL = enum.auto()
    CHAT = enum.auto()
    WEB = enum.auto()


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach an organisation. ``address`` is what is copied or opened, ``shown`` is shorter."""

    kind: WayKind
    address: str
    shown: str
    words: str = ""
    note: str = ""

    @property
    def is_link(self) -> bool:
        """Whether it leads to a web page."""
        return self.kind in {WayKind.CHAT, WayKind.WEB}


def ways(organisation: Organisation) -> tuple[Way, ...]:
    """How to reach an organisation: people first, its website last, no address twice."""
    found = [Way(WayKind.CALL, line.number, line.number, note=line.note) for line in organisation.phones]
    found += [
        Way(WayKind.TEXT, line.number, line.number, words=line.words, note=line.note)
        for line in organisation.texts
    ]
    if organisation.email:
        found.append(Way(WayKind.EMAIL, organisation.email, organisation.email))
    if organisation.chat and organisation.chat != organisation.web:
        found.append(Way(WayKind.CHAT, organisation.chat, site(organisation.chat)))
    if organisation.web:
        found.append(Way(WayKind.WEB, organisation.web, site(organisation.web)))
    return tuple(found)


def site(address: str) -> str:
    """The name of a web address's site, without what only a browser needs."""
    return address.removeprefix("https://").partition("/")[0].removeprefix("www.")
