"""What the app does not say to a person whose baby has died, and why.

Three voices, checked by rising strictness:

- everything that is shipped, people's words in the sample and other organisations' descriptions included: it
  never shouts and never makes light (``NOWHERE``);
- our own sentences, in the window, in errors, on the command line and in the printed book: they also blame
  nobody, assume nothing about who is reading, and use no euphemism (``NOT_OURS``).

Words are matched whole, whatever their case: "adjust" holds no "just".
"""

import re
from collections.abc import Iterator, Mapping

NOWHERE: Mapping[str, str] = {
    "just": "makes light of what may be hard",
    "simply": "makes light of what may be hard",
    "easy|easily": "makes light of what may be hard",
    "oops|whoops": "jokes",
    "at least": "sets one loss against a worse one",
}

NOT_OURS: Mapping[str, str] = {
    "but": "takes back what was said before it",
    "mum|mummy|mom|mommy|mother": "assumes who is reading",
    "dad|daddy|father": "assumes who is reading",
    "husband|wife": "assumes who is reading",
    "passed away|passed on|gone to sleep|fell asleep|lost her life|lost his life": "a euphemism",
    "angel|angels|heaven|blessing|rainbow|butterfly|butterflies": "a belief or a picture that people choose",
    "fetus|foetus|little one|unnamed": "not the word the person chose",
    "spontaneous abortion|products of conception|blighted|incompetent": "a clinical word that blames",
    "fail|fails|failed|failure|invalid|fatal|illegal|forbidden": "blames",
    "are you sure|lose everything": "threatens",
    "congratulations|well done|great job|hooray|yay": "celebrates",
    "streak|streaks|badge|badges|word count|complete your profile": "counts what cannot be counted",
    "we miss you|it's been a year|it’s been a year": "speaks for the person",
    "healing|closure|move on|get over": "claims to heal",
    "sorry for your loss": "a set phrase, where plain words are kinder",
}

# After a letter or a closing mark, at the end of a word: not "!=", not the "![" of a picture in Markdown.
_SHOUT = re.compile(r"[\w\"'”’)\]]\s?!+(?=[\s\"'”’)\]]|$)")


def slips(text: str, *, ours: bool) -> Iterator[str]:
    """What in ``text`` is left unsaid here, with the reason; ``ours`` when the sentence is our own."""
    if _SHOUT.search(text):
        yield "an exclamation mark shouts"
    words = {**NOWHERE, **NOT_OURS} if ours else NOWHERE
    for phrase, reason in words.items():
        found = re.search(rf"(?<![\w-])(?:{phrase})(?![\w-])", text, re.IGNORECASE)
        if found:
            yield f"“{found.group()}” {reason}"
