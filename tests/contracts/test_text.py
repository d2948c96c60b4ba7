"""Which documents a text finds, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Engine, Request
from search.questions import dutch
from search.questions.parsing import parse_text
from search.questions.text import Match, Text
from tests.contracts.conftest import Make
from tests.contracts.corpus import DOCUMENTS, SYNONYMS, document
from tests.contracts.queries import FIRST, FOUND

ALL = {one.id for one in DOCUMENTS}
WORDS = sorted({word for text in FOUND for word in text.split()})
TOKENS = sorted({dutch.tokens(one)[0] for word in WORDS for one in dutch.simple_words(word)})


def find(engine: Engine, text: str, limit: int = 20) -> tuple[int, ...]:
    return engine.search(Request(parse_text(text, SYNONYMS), limit=limit)).ids


@pytest.mark.parametrize("text", FOUND)
def test_a_search_finds_these_documents_and_no_others(corpus: Engine, text: str) -> None:
    request = Request(parse_text(text, SYNONYMS))
    answer = corpus.search(request)
    assert set(answer.ids) == FOUND[text]
    assert len(answer.ids) == answer.total == corpus.total(request) == len(FOUND[text])


def test_the_contract_holds_at_least_sixty_searches() -> None:
    assert len(FOUND) >= 60


@pytest.mark.parametrize("text", FIRST)
def test_the_best_come_first(corpus: Engine, text: str) -> None:
    assert list(find(corpus, text)[: len(FIRST[text])]) == FIRST[text]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.id)
def test_every_word_of_a_document_finds_it(corpus: Engine, document: object) -> None:
    [one] = [found for found in DOCUMENTS if found is document]
    for texts in one.text.values():
        for text in texts:
            for word in text.replace("-", " ").split():
                assert one.id in find(corpus, word), word


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.id)
def test_every_text_of_a_document_finds_it_as_an_exact_phrase(
    corpus: Engine, document: object
) -> None:
    [one] = [found for found in DOCUMENTS if found is document]
    for texts in one.text.values():
        for text in texts:
            assert one.id in find(corpus, f'"{text}"'), text


@given(st.sampled_from(WORDS))
def test_what_a_word_finds_and_what_its_exclusion_finds_is_everything(
    corpus: Engine, word: str
) -> None:
    word = word.strip('"-')
    request, other = parse_text(word), parse_text(f"-{word}")
    if request.required and other.excluded:
        found = set(corpus.search(Request(request)).ids)
        left = set(corpus.search(Request(other)).ids)
        assert found | left == ALL
        assert not found & left


@given(st.lists(st.sampled_from(WORDS), max_size=4), st.sampled_from(WORDS))
def test_another_word_never_finds_more(corpus: Engine, words: list[str], word: str) -> None:
    fewer = corpus.total(Request(parse_text(" ".join([*words, word, "training"]))))
    more = corpus.total(Request(parse_text(" ".join([*words, "training"]))))
    if '"' not in "".join([*words, word]):
        assert fewer <= more


@given(st.permutations(["training", "wijk", "jongerenwerk", "-geweld", '"de wijk"']))
def test_the_order_of_words_does_not_matter(corpus: Engine, words: list[str]) -> None:
    found = set(find(corpus, " ".join(words[:3])))
    assert found == set(find(corpus, " ".join(sorted(words[:3]))))


@pytest.mark.parametrize(
    "text",
    [
        '"' * 512,
        "-" * 512,
        "a " * 256,
        '"a" ' * 128,
        "-a " * 170,
        "x" * 512,
        "\u0301" * 512,
        "ﷺ" * 500,
        "😀" * 512,
        '"' + "wijk " * 100 + '"',
        " ".join(f"w{number}" for number in range(100)),
        "-".join(["wijk"] * 100),
        "title:* OR (body:[a TO z] AND *:*)^2~3",
        "\\\"\\' \x00 \ud800",
    ],
)
def test_no_text_is_too_odd_for_the_engine(corpus: Engine, text: str) -> None:
    answer = corpus.search(Request(parse_text(text, SYNONYMS)))
    assert answer.total == corpus.total(Request(parse_text(text, SYNONYMS)))


@given(st.text(max_size=60))
def test_any_text_has_an_answer(corpus: Engine, text: str) -> None:
    answer = corpus.search(Request(parse_text(text, SYNONYMS)))
    assert answer.total == len(answer.ids)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("training OR moskee", "training moskee"),
        ("jongeren werkers", "jongerenwerkers"),
    ],
)
def test_what_is_typed_otherwise_finds_no_less(corpus: Engine, text: str, same: str) -> None:
    found, fewer = (set(corpus.ids(Request(parse_text(one), limit=100))) for one in (text, same))
    assert fewer <= found
    assert found


def test_what_comes_after_not_is_left_out(corpus: Engine) -> None:
    every, some, others = (
        set(corpus.ids(Request(parse_text(one), limit=100)))
        for one in ("training", "training acteurs", "training NOT acteurs")
    )
    assert some
    assert others == every - some


def test_several_totals_are_those_of_each_request(corpus: Engine) -> None:
    requests = [Request(parse_text(one)) for one in ("training", "moskee", "xyzzy")]
    assert corpus.totals(requests) == list(map(corpus.total, requests))
    assert corpus.totals([]) == []


def test_passages_come_with_what_a_text_found(corpus: Engine) -> None:
    answer = corpus.search(Request(parse_text("wethouder")))
    assert answer.passages[1] == DOCUMENTS[0].passages
    assert set(answer.passages) == {1, 3}


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("traning", "training"),
        ("wethuoder", "wethouder"),
        ("jongernwerk", "jongerenwerk"),
        ("cafee", "cafe"),
        ("moskeeem", "moskeeen"),
        ("zta", "zat"),
        ("hob", "hbo"),
    ],
)
def test_words_like_a_misspelt_one_are_the_nearest_of_the_documents(
    corpus: Engine, word: str, near: str
) -> None:
    assert corpus.words_like(word)[0][0] == near


@pytest.mark.parametrize("word", ["xyzzyxyzzy", "", "😀", "x", "xq", "x" * 500])
def test_words_like_nothing_are_none(corpus: Engine, word: str) -> None:
    assert list(corpus.words_like(word)) == []


def test_a_word_is_not_like_itself(corpus: Engine) -> None:
    assert "training" not in dict(corpus.words_like("training"))


@given(st.sets(st.sampled_from(TOKENS), min_size=1, max_size=5))
def test_any_of_some_words_finds_what_each_of_them_finds(corpus: Engine, tokens: set[str]) -> None:
    found = {
        token: set(corpus.ids(Request(Text(((Match((token,)),),)), limit=99))) for token in tokens
    }
    request = Request(Text(any_of=tuple(sorted(tokens))), limit=99)
    ids = corpus.ids(request)
    assert set(ids) == set().union(*found.values())
    assert corpus.total(request) == len(ids) == corpus.search(request).total


def test_of_any_words_the_document_with_most_of_them_comes_first(make: Make) -> None:
    texts = {1: "acteurs", 2: "acteurs lunch moskee", 3: "acteurs lunch", 4: "niets"}
    engine = make([document(key, title=text) for key, text in texts.items()])
    request = Request(Text(any_of=("acteur", "lunch", "moskee")))
    assert list(engine.ids(request)) == [2, 3, 1]
