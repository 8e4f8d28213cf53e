"""No word that reaches a person shouts, jokes, blames, assumes or makes light."""

import pytest

from tests.architecture.source import Module, modules
from tests.architecture.tone import NOT_OURS, NOWHERE, slips
from tests.architecture.wording import sentences, shipped, texts

SLIPS = [
    "Kept!",
    "“Welcome back!” it says",
    "It is just one more step.",
    "JUST one",
    "Simply choose a folder.",
    "This is easy.",
    "Oops, that did not work.",
    "At least you can try again.",
    "It can be opened, but not changed.",
    "For every mother",
    "Write to Dad",
    "The baby passed away",
    "The passphrase is invalid.",
    "Saving failed.",
    "Are you sure?",
]

SOUND = [
    "Adjust the text size",
    "An unjust ending, rebuttal, uneasy",
    "The passphrase did not match.",
    "![A picture](media)",
    "where kind != 'letter'",
    "Motherwell, Dadaism, butter",
    "Time passed while the book was open.",
    "grandmother",
]


def test_our_own_sentences_keep_the_tone() -> None:
    found = [
        f"{place}{slip}: {text!r}"
        for module in modules()
        for place, text in sentences(module)
        for slip in slips(text, ours=True)
    ]
    assert found == [], "\n".join(found)


def test_shipped_texts_keep_the_tone() -> None:
    found = [
        f"{path.name}: {slip}: {text[:80]!r}"
        for path, text, ours in shipped()
        for slip in slips(text, ours=ours)
    ]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_found(text: str) -> None:
    assert list(slips(text, ours=True))


@pytest.mark.parametrize("text", SOUND)
def test_other_words_are_left_alone(text: str) -> None:
    assert not list(slips(text, ours=True))


@pytest.mark.parametrize("phrase", [part for group in {**NOWHERE, **NOT_OURS} for part in group.split("|")])
def test_every_listed_phrase_is_found_in_a_sentence(phrase: str) -> None:
    assert list(slips(f"Now {phrase}, here.", ours=True))


def test_people_may_write_what_we_do_not_say() -> None:
    assert not list(slips("My mother was there, but I was not.", ours=False))
    assert list(slips("At least it was quick!", ours=False))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("ui/write/view.py", 'label = tr("Easy")'),
        ("ui/write/view.py", 'label = tr("Kept at {time}, " "easy")'),
        ("ui/write/presenter.py", 'self.notice = "That was easy."'),
        (
            "errors.py",
            'class Wrong(Exception):\n    sentence: ClassVar[str] = (\n"It was "\n"easy."\n)',
        ),
        ("errors.py", 'class Wrong(Exception):\n    sentence = "It was easy."'),
        ("__main__.py", 'parser.add_argument("--to", help="an easy place")'),
    ],
)
def test_sentences_are_found_where_they_stand(path: str, code: str) -> None:
    found = [text for _, text in sentences(Module(path, code))]
    assert any(list(slips(text, ours=True)) for text in found)


def test_texts_are_found_in_resources() -> None:
    assert list(texts(".json", '{"a": [{"b": "Easy"}], "n": 1}')) == ["Easy"]
    assert list(texts(".typ", '// easy\n[Our story] /* easy */ link("https://x")')) == [
        '\n[Our story]  link("https://x")'
    ]
    assert list(texts(".md", "Easy")) == ["Easy"]
