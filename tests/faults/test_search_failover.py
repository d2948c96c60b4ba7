"""Elasticsearch fails in every way that it can: visitors get the same answers, and know why."""

import html
import json
import logging
import statistics
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import PageViewRestriction

from practices.indexes.practices import PRACTICES
from practices.models import PracticePage
from search import engines
from search.engines.breaker import FAILURES, LONGEST_WAIT, State
from search.engines.failover import BreakerState
from tests import indexes
from tests.faults import failover
from tests.faults.failover import NOTICE, QUERIES, address, until
from tests.faults.proxy import FaultProxy, Mode
from tests.practices.searchable import fill
from tests.services import elasticsearch_url

pytestmark = pytest.mark.fault

DEADLINE, REFUSED, QUICK, MARGIN = 1.5, 1.0, 0.2, 0.6
"""Seconds; the margin is for the page around the search, on a machine with other work to do."""

COUNT = 150
"""Practices: enough for several pages and for several in each facet."""

FAULTS = [mode for mode in Mode if mode not in (Mode.PASS, Mode.READ_ONLY)]
OTHER_PAGES = ("/", "/gemeenten/", "/praktijken/kies/thema/", "/wegwijzers/", "/sitemap.xml")


@pytest.fixture(scope="module")
def proxy() -> Iterator[FaultProxy]:
    with FaultProxy(elasticsearch_url()) as made:
        yield made


@pytest.fixture(scope="module")
def prefix(
    proxy: FaultProxy,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Practices in Elasticsearch and in the standby; the prefix of their index."""
    folder = tmp_path_factory.mktemp("failover")
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        failover.behind(proxy, folder) as made,
    ):
        fill(COUNT)
        failover.fill_standby(PRACTICES)
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def healthy(prefix: str, proxy: FaultProxy, db: None) -> Iterator[None]:
    """All is well before each test, and nothing is remembered of the test before."""
    proxy.mode = Mode.PASS
    indexes.forget()
    yield
    proxy.mode = Mode.PASS


def answer_of(client: Client, query: str) -> dict[str, Any]:
    response = client.get(address(query))
    assert response.status_code == 200
    data: dict[str, Any] = response.json()
    return data


def answers_of_engine(client: Client) -> dict[str, dict[str, Any]]:
    """What Elasticsearch answers; asked again where a busy machine let the time run out."""
    answers: dict[str, dict[str, Any]] = {}

    def are_all_its_own() -> bool:
        answers.update({query: answer_of(client, query) for query in QUERIES})
        return all(NOTICE not in answer["notices"] for answer in answers.values())

    until(are_all_its_own, 60)
    return answers


def timed(client: Client, path: str) -> float:
    start = time.perf_counter()
    assert client.get(path).status_code == 200
    return time.perf_counter() - start


def breaker() -> BreakerState:
    (state,) = engines.breaker_states().values()
    return state


def is_closed() -> bool:
    return breaker().state is State.CLOSED


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def open_breaker(client: Client) -> None:
    for _ in range(FAILURES):
        client.get(address(""))
    assert not is_closed()


@pytest.mark.parametrize("mode", FAULTS, ids=lambda mode: mode.name.lower())
def test_the_standby_answers_the_same_until_elasticsearch_is_back(
    client: Client, proxy: FaultProxy, mode: Mode, caplog: pytest.LogCaptureFixture
) -> None:
    expected = answers_of_engine(client)
    indexes.forget()
    caplog.clear()

    proxy.mode = mode
    took = [timed(client, address(QUERIES[number])) for number in range(FAILURES)]
    assert max(took) < (REFUSED if mode is Mode.REFUSE else DEADLINE + MARGIN), took
    assert not is_closed()
    asked = proxy.asked(mode)
    failures = breaker().failures

    later = [timed(client, address(query)) for query in [*QUERIES, *QUERIES]]
    assert statistics.median(later) < QUICK, later
    assert breaker().failures == failures
    assert proxy.asked(mode) - asked <= 4, "no visitor asks it now, only the probe"
    for query in QUERIES:
        answer = answer_of(client, query)
        assert answer["notices"].pop() == NOTICE
        assert answer == expected[query], query

    proxy.mode = Mode.PASS
    until(is_closed, LONGEST_WAIT + DEADLINE + 5)
    assert answers_of_engine(client) == expected
    until(lambda: "answers again" in caplog.text, 5)
    warnings = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(warnings) == 1, caplog.text
    assert warnings[0].exc_info is None


@pytest.mark.parametrize("mode", [Mode.REFUSE, Mode.FAILED_SHARDS], ids=lambda mode: mode.name)
def test_pages_say_that_the_standby_answers_and_all_others_stay(
    client: Client, proxy: FaultProxy, mode: Mode
) -> None:
    searches = ("/praktijken/?q=wijk", "/praktijken/kies/thema/?q=wijk")
    assert all(NOTICE not in text_of(client, path) for path in searches)
    proxy.mode = mode
    for path in searches:
        page = text_of(client, path)
        assert page.count(NOTICE) == 1
        before = page[: page.index(NOTICE)]
        assert before.rindex('role="status"') > before.rindex("<div")
    municipality = PracticePage.objects.live().first().get_parent().url
    for path in (*OTHER_PAGES, municipality):
        assert client.get(path).status_code == 200


def test_counts_beside_municipalities_stay(client: Client, proxy: FaultProxy) -> None:
    before = text_of(client, "/gemeenten/")
    proxy.mode = Mode.SILENT
    assert text_of(client, "/gemeenten/") == before


def test_what_follows_a_search_without_results_comes_from_the_same_place(
    client: Client, proxy: FaultProxy
) -> None:
    open_at_once = "q=jongerenwrk"
    expected = answer_of(client, open_at_once)
    assert expected["corrected"]
    proxy.mode = Mode.SILENT
    start = time.perf_counter()
    answer = answer_of(client, open_at_once)
    assert time.perf_counter() - start < DEADLINE + MARGIN, "one deadline for all questions"
    assert answer["corrected"] == expected["corrected"]
    assert breaker().failures == 1


def test_with_both_gone_pages_say_so_and_list_the_municipalities(
    client: Client, proxy: FaultProxy, tmp_path: Path
) -> None:
    listed = text_of(client, "/gemeenten/")
    links = [
        part.split('"')[0] for part in listed.split('href="')[1:] if "/gemeenten/" in part[:11]
    ]
    proxy.mode = Mode.REFUSE
    standby = Path(settings.SEARCH_STANDBY)
    standby.rename(tmp_path / "gone")
    try:
        for path in ("/praktijken/?q=wijk", "/praktijken/kies/thema/?q=wijk"):
            page = text_of(client, path)
            assert "Zoeken lukt nu niet" in page
            assert 'value="wijk"' in page
            assert len(links) > 20
            assert all(f'href="{link}"' in page for link in links if link != "/gemeenten/")
        for path in OTHER_PAGES:
            assert client.get(path).status_code == 200
        assert text_of(client, "/gemeenten/").count('class="count"') > 20
        refused = client.get("/praktijken.json")
        assert refused.status_code == 503
        assert refused.json() == {"notices": ["Zoeken lukt nu niet."]}
    finally:
        (tmp_path / "gone").rename(standby)


@pytest.mark.parametrize("mode", [Mode.PASS, Mode.REFUSE], ids=["engine", "standby"])
@pytest.mark.parametrize("how", ["unpublished", "private"])
def test_what_is_not_public_is_never_shown_whatever_an_index_says(
    client: Client, proxy: FaultProxy, mode: Mode, how: str
) -> None:
    proxy.mode = mode
    page = PracticePage.objects.live().order_by("-pk")[0]
    word = f'q="{page.title}"'
    path = f"/praktijken/?{word}"
    assert page.title in text_of(client, path)
    # Behind the outbox's back: the index goes on saying that it is there.
    if how == "private":
        PageViewRestriction.objects.bulk_create(
            [PageViewRestriction(page_id=page.pk, restriction_type="login")]
        )
    else:
        PracticePage.objects.filter(pk=page.pk).update(live=False)
    found = client.get(f"/praktijken.json?{word}")
    assert found.json()["total"] >= 1
    assert page.pk not in {result["id"] for result in found.json()["results"]}
    assert page.title not in json.dumps(found.json()["results"], ensure_ascii=False)
    for place in (path, "/", "/praktijken/"):
        assert page.get_url() not in text_of(client, place)
    assert page.get_url() not in found.content.decode()


def test_a_missing_index_is_answered_by_the_standby_until_it_is_rebuilt(
    client: Client, proxy: FaultProxy, prefix: str
) -> None:
    expected = answer_of(client, "q=wijk")
    failover.remove(proxy.behind, prefix)
    try:
        answer = answer_of(client, "q=wijk")
        assert answer["notices"].pop() == NOTICE
        assert answer == expected
        open_breaker(client)
    finally:
        failover.build(engines.engine_for(PRACTICES))
    until(is_closed, LONGEST_WAIT + DEADLINE + 5)
    assert answer_of(client, "q=wijk") == expected


def test_an_index_of_an_older_version_goes_on_serving_and_that_is_reported(
    client: Client, proxy: FaultProxy, prefix: str
) -> None:
    expected = answer_of(client, "q=wijk")
    index = f"/{prefix}-{PRACTICES.name}"
    ((name, facts),) = json.loads(
        failover.request(proxy.behind, "GET", f"{index}/_mapping")
    ).items()
    meta = facts["mappings"]["_meta"]

    def told() -> str:
        out = StringIO()
        call_command("search_status", stdout=out)
        return out.getvalue()

    assert "andere versie" not in told()
    for schema, is_reported in (("older", True), (meta["schema"], False)):
        body = json.dumps({"_meta": {**meta, "schema": schema}})
        failover.request(proxy.behind, "PUT", f"/{name}/_mapping", body)
        assert answer_of(client, "q=wijk") == expected
        assert ("andere versie" in told()) == is_reported
    assert breaker().failures == 0
