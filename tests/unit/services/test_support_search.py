"""Words that are looked for in the support pane."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.services.guidance import guidance
from memorybook.services.support import Support
from memorybook.services.support_search import PEOPLE, Hit, search
from memorybook.services.support_words import NONE, everyday_words

SUPPORT = Support()


def found(query: str, country: str = "GB", language: str = "en", **more: str) -> tuple[Hit, ...]:
    return search(
        query,
        SUPPORT.organisations(country, language),
        guidance(language).pages,
        lambda each: more.get(each.id.replace("-", "_"), ""),
    )


def id_of(hit: Hit) -> str:
    one = hit.organisation or hit.line
    assert one is not None
    return one.id


def ids(hits: tuple[Hit, ...]) -> list[str]:
    return [id_of(hit) for hit in hits]


def named(id_: str, hits: tuple[Hit, ...]) -> Hit:
    return next(hit for hit in hits if id_of(hit) == id_)


def marked(hit: Hit) -> list[str]:
    return [hit.text[start : start + length] for start, length in hit.text_marks]


def test_people_guidance_and_facts_are_found_together() -> None:
    hits = found("miscarriage")
    assert {hit.page for hit in hits} >= {PEOPLE, "facts"}
    assert "gb-miscarriage-uk" in ids(hits)
    assert "often-known" in ids(hits)
    assert all((hit.organisation is None) != (hit.line is None) for hit in hits)


def test_what_cannot_wait_is_first_and_then_what_is_called_so() -> None:
    assert ids(found("bleed"))[0] == "now-bleeding"
    assert found("bleed")[0].urgent
    assert ids(found("samaritans"))[0] == "gb-samaritans"
    in_titles = [bool(hit.title_marks) for hit in found("loss", "US")]
    assert in_titles == sorted(in_titles, reverse=True)
    assert {True, False} == set(in_titles)


@pytest.mark.parametrize("query", ["núMEROS", "NUMEROS", "números"])
def test_capitals_and_accents_do_not_matter(query: str) -> None:
    assert marked(named("ie-mai", found(query, "IE", "es"))) == ["números"]


def test_every_word_has_to_be_there_whole_or_as_a_beginning() -> None:
    assert marked(named("now-bleeding", found("pad hour"))) == ["pad", "hour"]
    assert "now-bleeding" in ids(found("ho soak"))
    assert "now-bleeding" not in ids(found("our soak")), "the end of a word is not it"
    assert found("soaked elephant") == ()


def test_words_within_quotation_marks_stand_together() -> None:
    assert ids(found("“heavy period”")) == ["bleeding-weeks"]
    assert found("“period heavy”") == ()


@pytest.mark.parametrize("query", ["116 123", "116123", "116", "1161"])
def test_a_number_is_found_with_its_gaps_and_without(query: str) -> None:
    assert "gb-samaritans" in ids(found(query))


def test_an_organisation_is_found_by_more_words_that_are_given_for_it() -> None:
    assert "gb-sands" not in ids(found("grandparents"))
    sands = named("gb-sands", found("grandparents", gb_sands="Partners, Grandparents"))
    assert (sands.title_marks, sands.text_marks) == ((), ())


@pytest.mark.parametrize(
    ("query", "language", "id_"),
    [
        ("kill myself", "en", "now-thoughts"),
        ("suicide", "en", "now-thoughts"),
        ("blood", "en", "now-bleeding"),
        ("my temperature", "en", "now-fever"),
        ("my fault", "en", "fault-nobody"),
        ("the milk I have", "en", "milk-comes"),
        ("dads", "en", "partners-review"),
        ("grandma", "en", "helps-everyone"),
        ("matarme", "es", "now-thoughts"),
        ("sangre", "es", "now-bleeding"),
        ("me duele el pecho", "es", "now-body"),
        ("abuela", "es", "helps-everyone"),
    ],
)
def test_people_may_call_things_as_they_do(query: str, language: str, id_: str) -> None:
    hits = search(query, SUPPORT.all(language), guidance(language).pages, everyday=everyday_words(language))
    assert id_ in ids(hits)


def test_a_little_word_alone_and_one_within_quotation_marks_count() -> None:
    words = everyday_words("en")
    pages = guidance("en").pages
    assert search("with", (), pages, everyday=words) == search("with", (), pages)
    assert search("“to the”", (), pages, everyday=words) == search("“to the”", (), pages)
    assert everyday_words("xx") is NONE


def test_a_heading_alone_finds_none_of_its_lines() -> None:
    assert "line-ie" not in ids(found("drawn", "IE"))
    assert "milk-avoid" in ids(found("milk tightly")), "together with a word of the line it does"


@pytest.mark.parametrize("query", ["", "  ", "“”", "!?", "…"])
def test_nothing_is_looked_for_and_nothing_found(query: str) -> None:
    assert found(query) == ()


def test_nothing_of_what_was_looked_for_is_in_a_repr() -> None:
    assert "Samaritans" not in repr(found("samaritans"))


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=20)
    | st.lists(st.sampled_from(["bl", "a", "Mi", "loss", "ba by", "1", "é"]), max_size=4).map(" ".join)
)
def test_marks_begin_words_and_are_in_order_and_apart(query: str) -> None:
    for hit in found(query):
        assert hit.title_marks or hit.text_marks or hit.organisation
        for text, marks in ((hit.title, hit.title_marks), (hit.text, hit.text_marks)):
            position = 0
            for start, length in marks:
                assert position <= start < start + length <= len(text)
                assert start == 0 or not text[start - 1].isalnum()
                position = start + length
