"""Finding words as they are typed, whatever is typed."""

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.search import (
    beginning,
    excerpt,
    expression,
    fold,
    spans,
    understand,
    with_forms,
)
from memorybook.services import word_forms
from memorybook.services.vault import Library, Vault
from memorybook.storage import entries
from memorybook.storage.connection import Connection
from tests.books import PASSPHRASE

SAME_BOOK = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(name="book", scope="module")
def _book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    from memorybook.system.clock import SystemClock
    from memorybook.system.decoder import Decoder
    from tests.books import FAST

    with Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST)
        vault = library.create(tmp_path_factory.mktemp("search") / "book", PASSPHRASE)
        yield vault
        vault.close()


def _titles(vault: Vault, words: str) -> list[str]:
    return [row.title for row in vault.journal.search(words).result().rows]


@pytest.fixture(name="pages")
def _pages(vault: Vault) -> Vault:
    for title, body, recipient, day in (
        ("Rain", "We walked along the **river** and said little.", "", VagueDate(2026, 3, 1)),
        ("Élan", "Das Straßenfest, die Häuser, der Fluß.", "Oma", VagueDate(2026, 5)),
        ("", "The river again. It's don't-know weather.", "", VagueDate(2026, 4, 2)),
        ("Undated", "river", "", VagueDate()),
        ("हिन्दी", "한국어 Ελλάδα Привет", "", VagueDate(2020)),
    ):
        vault.journal.keep(None, EntryDraft(title=title, body=body, recipient=recipient, day=day)).result()
    return vault


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("river", ["", "Rain", "Undated"]),
        ("RIV", ["", "Rain", "Undated"]),
        ("river little", ["Rain"]),
        ("little riv", ["Rain"]),
        ("riv little", []),
        ("river and", ["Rain"]),
        ("élan", ["Élan"]),
        ("elan", ["Élan"]),
        ("haus", ["Élan"]),
        ("hauser fluß", ["Élan"]),
        ("oma", ["Élan"]),
        ('"the river"', ["", "Rain"]),
        ("“the riv", ["", "Rain"]),
        ('"the riv"', []),
        ('"river the"', []),
        ("don't", [""]),
        ("don", [""]),
        ("it’s", [""]),
        ("know weather", [""]),
        ("don't-know", [""]),
        ("river ***", ["", "Rain", "Undated"]),
        ("river 😀", ["", "Rain", "Undated"]),
        ("हिन्दी", ["हिन्दी"]),
        ("हिन्", ["हिन्दी"]),
        ("한국", ["हिन्दी"]),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", ["हिन्दी"]),
        ("ελλαδα", ["हिन्दी"]),
        ("привет", ["हिन्दी"]),
        ("**river**", ["", "Rain", "Undated"]),
        ("title:river", []),
        ("river OR little", []),
        ("river NOT little", []),
        ("NEAR(the river)", []),
        ("nothing", []),
        ("", []),
        ("  ", []),
        ('"', []),
        ("'", []),
        ("*", []),
        ("\0", []),
    ],
)
def test_what_is_found(pages: Vault, words: str, found: list[str]) -> None:
    assert _titles(pages, words) == found


def test_pages_are_found_newest_first_and_no_more_than_asked_for(pages: Vault) -> None:
    assert [row.title for row in pages.journal.search("river", limit=2).result().rows] == ["", "Rain"]


@pytest.mark.parametrize("number", [1_000, 3_000])
def test_a_common_word_is_found_newest_first_too(vault: Vault, number: int) -> None:
    def work(connection: Connection) -> tuple[None, None]:
        for n in range(number):
            draft = EntryDraft(title=str(n), body="common", day=VagueDate(2000 + n * 7 % 26, 1, 1 + n % 28))
            entries.insert(connection, draft, "common" if n % 10 else "rare", "2026-10-03T18:04:05Z")
        return None, None

    vault._worker.write(work).result()
    expected = [row.title for row in vault.journal.page(limit=number).result().rows if int(row.title) % 10]
    assert _titles(vault, "comm") == expected[:200]
    assert [row.title for row in vault.journal.search("common", limit=5_000).result().rows] == expected


def test_a_page_that_moves_to_another_day_is_found_once_and_in_its_new_place(vault: Vault) -> None:
    days = [VagueDate(2024, 5, 1), VagueDate(2025, 5, 1), VagueDate()]
    drafts = [EntryDraft(title=str(day), body="moon", day=day) for day in days]
    kept = [vault.journal.keep(None, draft).result() for draft in drafts]
    assert _titles(vault, "moon") == ["2025-05-01", "2024-05-01", ""]
    for entry, day in zip(kept, [VagueDate(2026), VagueDate(2023, 1, 1), VagueDate(2024)], strict=True):
        assert entry is not None
        vault.journal.keep(entry.id, EntryDraft(title=str(day), body="moon", day=day)).result()
    assert _titles(vault, "moon") == ["2026", "2024", "2023-01-01"]


def test_the_index_follows_what_is_written(vault: Vault) -> None:
    entry = vault.journal.keep(None, EntryDraft(title="before", body="one")).result()
    assert entry is not None
    vault.journal.keep(entry.id, EntryDraft(title="after", body="two")).result()
    assert _titles(vault, "before") == _titles(vault, "one") == []
    assert _titles(vault, "after") == _titles(vault, "two") == ["after"]


def test_an_excerpt_is_around_the_hit(vault: Vault) -> None:
    body = "word " * 200 + "and there *Élan* stood by the river " + "word " * 200
    vault.journal.keep(None, EntryDraft(body=body)).result()
    (row,) = vault.journal.search("elan RIV").result().rows
    assert [row.excerpt[start : start + length] for start, length in row.hits] == ["Élan", "riv"]
    assert row.excerpt.startswith("…")
    assert row.excerpt.endswith("…")
    assert len(row.excerpt) <= 162


def test_markdown_is_not_found_and_words_across_styles_are(vault: Vault) -> None:
    vault.journal.keep(None, EntryDraft(title="t", body="un**believ**able [a](https://example.org)")).result()
    assert _titles(vault, "unbelievable") == ["t"]
    assert _titles(vault, "https") == []


FORMS = [
    ("walk", "en", ["She walked", "Walking alone", "The walks"], ["A wall", "Wale"]),
    ("walking", "en", ["She walked", "The walks", "A walk"], ["A wall", "King"]),
    ("babies", "en", ["Our baby", "Two babies"], ["Babel"]),
    ("baby", "en", ["Our babies"], ["Babel"]),
    ("cried", "en", ["I cry", "He cries", "crying"], ["crime"]),
    ("days", "en", ["One day"], ["Daisy"]),
    ("Häuser", "de_AT", ["Das Haus", "In den Hausern"], ["Die Maus", "Der Hase"]),
    ("maisons", "fr", ["la maison"], ["maintenant"]),
    ("bambine", "it", ["una bambina"], ["bamboo"]),
]


@pytest.mark.parametrize(("typed", "locale", "found", "others"), FORMS)
def test_other_forms_of_a_word_are_found(
    vault: Vault, typed: str, locale: str, found: list[str], others: list[str]
) -> None:
    vault.journal.speak(locale)
    for title in (*found, *others):
        vault.journal.keep(None, EntryDraft(title=title, body=f"{title}, and more.")).result()
    page = vault.journal.search(typed).result()
    assert sorted(row.title for row in page.rows) == sorted(found)
    assert all(row.hits for row in page.rows)
    assert page.query is not None
    assert all(spans(row.title, page.query) for row in page.rows)


def test_words_in_quotation_marks_are_found_as_they_are(vault: Vault) -> None:
    for title in ("walk", "walked", "the walk home", "the walked home"):
        vault.journal.keep(None, EntryDraft(title=title)).result()
    assert sorted(_titles(vault, '"walk"')) == ["the walk home", "walk"]
    assert sorted(_titles(vault, '"the walk" home')) == ["the walk home"]
    assert len(_titles(vault, "walk home")) == 2
    assert len(_titles(vault, "walk")) == 4


def test_a_language_without_endings_is_searched_as_it_is_typed(vault: Vault) -> None:
    vault.journal.keep(None, EntryDraft(title="walked")).result()
    vault.journal.speak("ja_JP")
    assert _titles(vault, "walking") == []
    assert _titles(vault, "walk") == ["walked"]
    vault.journal.speak("en")
    assert _titles(vault, "walking") == ["walked"]


def test_the_language_of_the_spelling_goes_before_that_of_the_computer(vault: Vault) -> None:
    vault.journal.keep(None, EntryDraft(title="Das Haus")).result()
    assert _titles(vault, "Häuser") == []
    vault.preferences.put("spelling", "de_DE_frami").result()
    assert _titles(vault, "Häuser") == ["Das Haus"]
    vault.preferences.put("spelling", "off").result()
    assert _titles(vault, "Häuser") == []


def test_a_form_that_was_deleted_from_its_page_is_not_found(vault: Vault) -> None:
    entry = vault.journal.keep(None, EntryDraft(title="We walked")).result()
    assert entry is not None
    assert len(_titles(vault, "walking")) == 1
    vault.journal.keep(entry.id, EntryDraft(title="We stood")).result()
    assert _titles(vault, "walking") == []


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("שָׁלוֹם לְךָ", "שלום"),
        ("שלום לך", "שָׁלוֹם"),
        ("مُحَمَّد في البيت", "محمد"),
        ("محمد", "مُحَمَّد"),
        ("أحمد", "احمد"),
        ("Søren and Łukasz", "soren lukasz"),
        ("Soren", "Søren"),
        ("E\u0301lan vital", "élan"),
        ("Élan vital", "E\u0301lan"),
    ],
)
def test_points_and_strokes_may_be_left_out(vault: Vault, written: str, typed: str) -> None:
    vault.journal.keep(None, EntryDraft(title=written, body=written)).result()
    page = vault.journal.search(typed).result()
    assert [row.title for row in page.rows] == [written]
    assert page.rows[0].hits
    assert page.query is not None
    (start, length), *_ = spans(written, page.query)
    assert fold(written[start : start + length])[:1] == fold(unicodedata.normalize("NFC", typed))[:1]


def test_words_of_a_book_are_not_remembered_beside_it(vault: Vault) -> None:
    vault.journal.keep(None, EntryDraft(body="walking, and walked")).result()
    assert vault.journal.search("walks").result().rows
    module = vars(word_forms).values()
    assert not [each for each in module if getattr(each, "cache_info", None) and each.cache_info().currsize]


def test_hits_are_found_in_any_text() -> None:
    query = with_forms(understand("river walk"), {"walk": ("walked",)})
    text = "We walked, walk, and will be walking by the River."
    assert [text[start : start + length] for start, length in spans(text, query)] == [
        "walked",
        "walk",
        "walk",
        "River",
    ]
    decomposed = "E\u0301lan, e\u0301lan."
    hits = [decomposed[start : start + length] for start, length in spans(decomposed, understand("elan"))]
    assert hits == ["E\u0301lan", "e\u0301lan"]
    assert spans("anything", understand("")) == ()


LETTERS = st.sampled_from("aeio\u0301\u0308\u1112\u1161\u11abé שָׁ")


@settings(max_examples=300, deadline=None)
@given(st.text(LETTERS | st.characters()), st.text(max_size=8))
def test_the_spans_of_any_text_are_within_it_and_in_order(text: str, typed: str) -> None:
    end = 0
    for start, length in spans(text, understand(typed)):
        assert start >= end
        assert length > 0
        end = start + length
    assert end <= len(text)


@SAME_BOOK
@given(st.text(max_size=60))
def test_nothing_that_is_typed_raises(book: Vault, typed: str) -> None:
    book.journal.search(typed).result()


PIECES = ['"', "*", "(", ")", "AND", "OR", "NOT", "NEAR", "-", "^", ":", "{", "}", "+", "a"]
PIECES += ["'", ";", "\\", "%", "_", "\0", "“", "«", "é", "\u0301", "body:"]


@SAME_BOOK
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_the_languages_of_searching_are_only_text(book: Vault, pieces: list[str]) -> None:
    book.journal.search("".join(pieces)).result()
    book.journal.search(" ".join(pieces)).result()


# Letters that came into Unicode after the tables of FTS5 were made are not in its index.
WORD = st.text(
    st.characters(categories=["Ll", "Lu", "Lo", "Nd"], max_codepoint=0x2FFF).filter(
        lambda c: unicodedata.ucd_3_2_0.category(c)[0] in "LN"
    ),
    min_size=1,
    max_size=12,
)


@SAME_BOOK
@given(st.lists(WORD, min_size=1, max_size=8), st.data())
def test_every_word_that_is_written_is_found(book: Vault, words: list[str], data: st.DataObject) -> None:
    entry = book.journal.keep(None, EntryDraft(title=words[0], body=" ".join(words))).result()
    assert entry is not None
    chosen = data.draw(st.sampled_from(words))
    start = chosen[: data.draw(st.integers(1, len(chosen)))]
    for typed in (chosen, start, f'"{chosen}"', " ".join(words), f'"{" ".join(words)}"'):
        assert entry.id in {row.id for row in book.journal.search(typed, limit=100_000).result().rows}, typed


@SAME_BOOK
@given(st.lists(WORD, min_size=1, max_size=5), st.lists(WORD, min_size=1, max_size=5), st.booleans())
def test_nothing_that_was_taken_away_is_found(
    book: Vault, before: list[str], after: list[str], deleted: bool
) -> None:
    entry = book.journal.keep(None, EntryDraft(body=" ".join(before))).result()
    assert entry is not None
    book.journal.keep(entry.id, EntryDraft(title=after[0], body=" ".join(after))).result()
    if deleted:
        book.journal.delete(entry.id).result()
    left = {fold(unicodedata.normalize("NFC", word)) for word in after}
    for word in before:
        rows = book.journal.search(f'"{word}"', limit=100_000).result().rows
        stays = fold(unicodedata.normalize("NFC", word)) in left and not deleted
        assert (entry.id in {row.id for row in rows}) == stays


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=600), st.text(max_size=20))
def test_the_spans_of_an_excerpt_are_within_it(text: str, typed: str) -> None:
    shown, hits = excerpt(text, understand(typed), 80)
    end = 0
    for start, length in hits:
        assert start >= end
        assert length > 0
        end = start + length
    assert end <= len(shown)
    assert "\n" not in shown


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_a_query_is_read_as_people_write_it() -> None:
    assert understand('one "two three" fo').phrases == (("one",), ("two", "three"), ("fo",))
    assert expression(understand('one "two three" fo')) == '"one" AND "two three" AND "fo" *'
    assert expression(understand("„zwei drei“")) == '"zwei drei"'
    assert expression(understand("***")) == ""
    assert "one" not in repr(understand("one"))


def test_a_beginning_ends_with_a_whole_word() -> None:
    assert beginning("  one\n two ") == "one two"
    assert beginning("one, two, three", 10) == "one, two…"
    assert beginning("x" * 500, 10) == "x" * 10 + "…"
