"""`python -m benchmarks.quality`: a site for each engine, and a report of what they find."""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import uuid4

from benchmarks.quality.judged import nothing as others
from benchmarks.quality.judged import queries
from benchmarks.quality.measures import Found, Score, by_kind, score
from benchmarks.sites import Site

PLAIN = "BM25, any word"
MEANING = "the model alone"
REPORT = Path(__file__).parents[2] / "docs/search-quality.md"
HEAD = """\
# How well the search answers

Written by `make search-quality` (with `ELASTICSEARCH_URL`, on Elasticsearch too). 60 queries as
officials type them, of seven kinds, are asked of 120 fictional practices; each practice was graded
for each query (`benchmarks/quality/data/`). nDCG@10 says how good the order of the first ten is,
recall@20 which part of all that is clearly useful stands on the first page; then the share of
queries that find nothing.

Columns: a plain ranking of any word with a Dutch stemmer; the small language model alone (decision
0079); the site by words and conditions (0075, 0076, 0078, 0080); the site with meaning too. The
constants were chosen on these 60, so expect less of others.
"""


def main() -> None:
    """Measure each engine, print what was found, and write the report."""
    found: dict[str, Found] = {}
    nothing: dict[str, Found] = {}
    corrections = []
    for name, variables in _engines():
        with tempfile.TemporaryDirectory() as folder:
            site = Site(Path(folder), 0).on(**variables)
            site.manage("setup")
            answers = json.loads(site.run("-m", "benchmarks.quality.run"))
        nothing[name] = {one.text: answers["nothing"][one.id] for one in others()}
        corrections.append(f"{name}. {answers['spelling']}")
        found |= {PLAIN: answers["plain"], MEANING: answers["meaning"]}
        found |= {f"{name}, words": answers["words"], name: answers["site"]}
    told = "\n".join([*table(found), "", *corrections, "", *_off_topic(nothing)])
    print(told)
    REPORT.write_text(f"{HEAD}\n{told}\n", encoding="utf-8")


def _off_topic(nothing: Mapping[str, Found]) -> Iterator[str]:
    for name, answers in nothing.items():
        some = ", ".join(text for text, ids in answers.items() if ids) or "none"
        yield f"{name}. Of {len(answers)} texts about something else these find something: {some}."


def table(found: Mapping[str, Found]) -> Iterator[str]:
    """Markdown: a line for all queries and for each kind, a column for each way."""
    asked = queries()
    yield f"| nDCG@10 / recall@20 / without results | queries | {' | '.join(found)} |"
    yield f"| --- | ---: |{' --- |' * len(found)}"
    total = {name: score(asked, ids) for name, ids in found.items()}
    yield _line("all", total)
    kinds = {name: by_kind(asked, ids) for name, ids in found.items()}
    for kind in dict.fromkeys(query.kind for query in asked):
        yield _line(kind, {name: of_kind[kind] for name, of_kind in kinds.items()})


def _line(label: str, scores: Mapping[str, Score]) -> str:
    [count] = {one.queries for one in scores.values()}
    cells = (f"{one.ndcg:.2f} / {one.recall:.2f} / {one.empty:.0%}" for one in scores.values())
    return f"| {label} | {count} | {' | '.join(cells)} |"


def _engines() -> Iterator[tuple[str, dict[str, str]]]:
    yield "site, tantivy", {}
    if url := os.environ.get("ELASTICSEARCH_URL", "").rstrip("/"):
        yield "site, Elasticsearch", {"SEARCH_URL": f"{url}/quality-{uuid4().hex[:8]}"}


if __name__ == "__main__":
    main()
