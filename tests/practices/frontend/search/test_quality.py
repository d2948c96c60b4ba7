"""How good the answers are to queries as officials type them; `make search-quality` tells more."""

from collections.abc import Mapping
from io import StringIO

import pytest
from django.core.management import call_command

from benchmarks.quality import asked, collection, spelling
from benchmarks.quality.judged import Query, of_demo, queries
from benchmarks.quality.measures import by_kind, ndcg, recall, score
from practices.indexes import registers
from practices.indexes.practices import PRACTICES
from practices.indexes.readers import practice_reader
from search.engines.base import Reader
from search.indexing.meanings import make_all
from search.indexing.rebuild import rebuild
from search.questions.query import Query as QueryOfSite
from search.results import answers
from tests.factories import SiteTree

NDCG, RECALL, EMPTY, OF_EACH_KIND = 0.80, 0.90, 0.0, 0.60
"""The floor: a little under what was measured, as a better word list may move a query or two."""
WORDS = 0.71
"""The same of the order where no model is installed."""
OWN, LOST = "gouda", 0.03
"""So much of the order may be lost to a municipality; of the set, nothing."""
SYNTHETIC, AMONG = 31, 5
"""So many practices beside the nine of the demo, and what counts as the first ones."""
MISSED, FIRST = 3, 49
"""Of sixty: so many may not be among the first, and so many must be the very first; measured were
2 and 51."""
PUT_RIGHT, PUT_WRONG = 190, 4
"""Of 200 typing errors; of words that were right none may be changed."""


def test_answers_do_not_get_worse(site_tree: SiteTree) -> None:
    call_command("reference", verbosity=0)
    names = collection.load()
    rebuild(PRACTICES)
    words, plain = asked.site(queries(), names), asked.plain(queries(), names)
    assert score(queries(), words).ndcg >= WORDS
    make_all(PRACTICES)
    found = asked.site(queries(), names)
    total = score(queries(), found)
    assert total.queries == 60
    assert {key for query in queries() for key in query.grades} <= set(names.values())
    assert total.ndcg >= NDCG, total
    assert total.recall >= RECALL, total
    assert total.empty <= EMPTY, total
    assert total.ndcg > score(queries(), plain).ndcg + 0.1
    own = for_own(names)
    assert {key: ids[:20] for key, ids in own.items()} != found
    assert score(queries(), own).ndcg >= total.ndcg - LOST
    for kind, of_kind in by_kind(queries(), found).items():
        assert of_kind.ndcg >= OF_EACH_KIND, kind
    corrections = spelling.judge(asked.answers_of_site(spelling.texts()))
    assert (corrections.misspelt, corrections.well_spelt) == (200, 60)
    assert corrections.right >= PUT_RIGHT, corrections
    assert len(corrections.wrong) <= PUT_WRONG, corrections
    assert corrections.changed == ()


def for_own(names: Mapping[int, str]) -> dict[str, list[str]]:
    """All that is found for a municipality, which is what is found for nobody."""
    known, found = registers.current(), {}
    for query in queries():
        reader = practice_reader()

        def ask(own: str, text: str = query.text, reader: Reader = reader) -> list[int]:
            asked_for = QueryOfSite(text, own=own)
            return [*answers.all_ids(reader, asked_for, known.facets, known.synonyms)]

        ids = ask(OWN)
        assert sorted(ids) == sorted(ask("")), query.text
        found[query.id] = [names[key] for key in ids]
    return found


@pytest.mark.usefixtures("db")
def test_sixty_queries_find_what_the_demo_has_among_synthetic_practices() -> None:
    call_command("reference", verbosity=0)
    call_command("demo", verbosity=0)
    call_command("synthetic", SYNTHETIC, stdout=StringIO())
    rebuild(PRACTICES)
    make_all(PRACTICES)
    wanted = of_demo()
    answers = asked.answers_of_site(one.text for one in wanted)
    assert len(answers) == 60
    titles = {text: [one["title"] for one in found["results"]] for text, found in answers.items()}
    missed = [one for one in wanted if not one.is_met(titles[one.text][:AMONG])]
    first = [one for one in wanted if one.is_met(titles[one.text][:1])]
    assert len(missed) <= MISSED, missed
    assert len(first) >= FIRST, {one.text for one in wanted} - {one.text for one in first}
    assert [text for text, found in titles.items() if not found] == []


@pytest.mark.parametrize(
    ("ids", "gain"),
    [(["a", "b", "c"], 1), (["b", "a", "c"], 0.84), (["x", "a"], 0.47), ([], 0), (["x"] * 10, 0)],
)
def test_gain_is_that_of_the_best_order(ids: list[str], gain: float) -> None:
    assert ndcg(ids, {"a": 3, "b": 2, "c": 1}) == pytest.approx(gain, abs=0.02)


def test_recall_counts_what_is_clearly_useful_on_the_first_page() -> None:
    grades = {"a": 3, "b": 2, "c": 1}
    assert recall(["c", "a"], grades) == 0.5
    assert recall([*("x" * 20), "a", "b"], grades) == 0


def test_scores_are_means_over_queries_of_a_kind() -> None:
    asked_for = [
        Query("1", "vraag", "een", {"a": 3}),
        Query("2", "vraag", "twee", {"b": 3}),
        Query("3", "zeldzaam", "drie", {"c": 3}),
    ]
    kinds = by_kind(asked_for, {"1": ["a"], "2": [], "3": ["x"]})
    assert (kinds["vraag"].ndcg, kinds["vraag"].recall, kinds["vraag"].empty) == (0.5, 0.5, 0.5)
    assert (kinds["zeldzaam"].queries, kinds["zeldzaam"].ndcg) == (1, 0)
