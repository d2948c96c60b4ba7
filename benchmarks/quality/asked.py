"""What is found for each query: by the site, and by a plain ranking of the same texts."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.test import Client

from benchmarks.quality.baseline import Ranking
from benchmarks.quality.judged import Query
from practices.indexes.practices import PRACTICES
from search.meaning.nearest import alike


def site(queries: Sequence[Query], names: Mapping[int, str]) -> dict[str, list[str]]:
    """The first page of `/praktijken.json`; `names` are those of the collection."""
    answers = answers_of_site(query.text for query in queries)
    return {
        query.id: [names[result["id"]] for result in answers[query.text]["results"]]
        for query in queries
    }


def answers_of_site(texts: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What `/praktijken.json` answers to each text."""
    client = Client(SERVER_NAME="localhost")
    found = {}
    for text in texts:
        answer = client.get("/praktijken.json", {"q": text})
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"The site did not answer “{text}”: {answer.status_code}.")
        found[text] = answer.json()
    return found


def meaning(queries: Sequence[Query], names: Mapping[int, str]) -> dict[str, list[str]]:
    """All documents by their meaning alone; none where no model is installed."""
    found = {}
    for query in queries:
        like = alike(PRACTICES, query.text)
        found[query.id] = [names[key] for key in like.nearest(len(names))] if like else []
    return found


def plain(queries: Sequence[Query], names: Mapping[int, str]) -> dict[str, list[str]]:
    """BM25 over the documents of the index, of which any word may match."""
    texts = {
        names[one.id]: " ".join(text for texts in one.text.values() for text in texts)
        for one in PRACTICES.load(list(names))
    }
    ranking = Ranking(texts)
    return {query.id: ranking.ranked(query.text) for query in queries}
