"""Typing errors are corrected word by word: which, when, and that all answers fit together."""

from collections.abc import Iterator

import pytest

from search.engines.base import Axis, Engine, Reader, Request
from search.questions.near import parse_near
from search.questions.parsing import parse_text
from search.questions.text import Correction, Text
from search.results.corrected import Corrected
from search.results.near import Widened
from tests.contracts.corpus import DOCUMENTS, SYNONYMS, document
from tests.search.results.asking import Counting, engine_with

MORE = tuple(
    document(key, "Lunch in de buurt met Koerden", vorm="training") for key in range(100, 145)
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_with((*DOCUMENTS, *MORE), tmp_path_factory.mktemp("corrected")) as made:
        yield made


@pytest.fixture(params=["near", "exact"])
def reader(request: pytest.FixtureRequest, engine: Engine) -> Reader:
    return Corrected(Widened(engine, engine.index) if request.param == "near" else engine)


def text(typed: str) -> Text:
    return parse_near(typed, SYNONYMS)


@pytest.mark.parametrize(
    ("typed", "corrections"),
    [
        ("traning", {"traning": "training"}),
        ("Traning, wethuoders", {"Traning": "training", "wethuoders": "wethouders"}),
        ("jongernwerkers", {"jongernwerkers": "jongerenwerkers"}),
        ("traning -acteurs", {"traning": "training"}),
        ("traning kosten", {"traning": "training"}),
        ("traning xyzzyxyzzy", {"traning": "training"}),
        ("training", {}),
        ("kosten", {}),
        ("Gouda", {}),
        ("xyzzyxyzzy", {}),
        ('"traning"', {}),
        ("-traning", {}),
        ("+traning", {}),
        ("traning training OR moskee", {"traning": "training"}),
        ("q", {}),
        ("", {}),
        ("hoe dan", {}),
    ],
)
def test_only_what_nothing_answers_and_dutch_does_not_have_is_corrected(
    reader: Reader, typed: str, corrections: dict[str, str]
) -> None:
    read = reader.search(Request(text(typed))).read
    found = read.corrected if read else ()
    assert set(found) == {Correction(*pair) for pair in corrections.items()}


@pytest.mark.parametrize(
    ("typed", "right"),
    [("traning", "training"), ("Wethuoders moskeee", "wethouders moskee"), ("cafee", "cafe")],
)
@pytest.mark.parametrize("filters", [{}, {"vorm": ("training",)}, {"vorm": ("nooit",)}])
def test_every_question_is_answered_as_for_the_right_words(
    engine: Engine, typed: str, right: str, filters: dict[str, tuple[str, ...]]
) -> None:
    wrong, meant = (Request(text(one), filters=filters) for one in (typed, right))
    axes = (Axis("vorm", ("training",)), Axis("doelgroep", ("eerstelijn",)))
    for ask in (
        lambda one, request: one.total(request),
        lambda one, request: list(one.ids(request)),
        lambda one, request: list(one.every_id(request)),
        lambda one, request: one.totals([request]),
        lambda one, request: [list(ids) for ids in one.each_ids([request])],
        lambda one, request: one.crossed(request, *axes),
        lambda one, request: (one.search(request).ids, one.search(request).counts),
    ):
        fresh, widened = Corrected(Widened(engine, engine.index)), Widened(engine, engine.index)
        assert ask(fresh, wrong) == ask(widened, meant)


def test_an_alert_is_not_corrected(reader: Reader) -> None:
    assert reader.total(Request(parse_text("traning"))) == 0


def test_with_many_unknown_words_a_text_is_another_language(engine: Engine) -> None:
    counting = Counting(engine)
    words = " ".join(f"onzin{letter * 3}q" for letter in "abcdefgh")
    Corrected(Widened(counting, engine.index)).search(Request(text(words)))  # type: ignore[arg-type]
    assert "words_like" not in counting.asked


def test_where_enough_has_all_words_nothing_more_is_asked(engine: Engine) -> None:
    counting = Counting(engine)
    Corrected(Widened(counting, engine.index)).search(Request(text("lunch buurt")))  # type: ignore[arg-type]
    assert counting.asked == ["search"]


def test_what_comes_near_is_asked_once_for_a_text_that_is_right(engine: Engine) -> None:
    counting = Counting(engine)
    one = Corrected(Widened(counting, engine.index))  # type: ignore[arg-type]
    one.search(Request(text("wethouders moskee lunch")))
    one.total(Request(text("wethouders moskee lunch")))
    assert counting.asked.count("nearest") == 1
    assert "words_like" not in counting.asked
