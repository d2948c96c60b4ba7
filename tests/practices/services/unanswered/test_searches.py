"""A search without results is readable only when three different visitors made it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from practices.admin.figures.months import Period
from practices.admin.figures.selectors import unanswered
from practices.frontend.search import unanswered as unanswered_searches
from practices.frontend.search.unanswered import TIMES_AN_HOUR
from practices.models import DailySalt, SearchVisitor, UnansweredSearch
from practices.services.unanswered import counting
from practices.services.unanswered.counting import forget, note_search
from practices.services.unanswered.sensitive import may_be_kept
from search.running.jobs import _sources
from search.throttle import Throttle
from tests.factories import PracticePageFactory
from tests.practices.services.moderation.conftest import World

TODAY = date(2026, 11, 25)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SEARCH = "/praktijken/"


def readable() -> list[str]:
    return sorted(UnansweredSearch.objects.exclude(text="").values_list("text", flat=True))


def search(text: str, address: str = "198.51.100.1", path: str = SEARCH, **options: Any) -> Any:
    """A search by a visitor at an address."""
    client = Client(REMOTE_ADDR=address, headers={"user-agent": FIREFOX})
    if cookies := options.pop("cookies", None):
        client.cookies.load(cookies)
    return client.get(path, {"q": text, **options.pop("more", {})}, **options)


def by_three(text: str, **options: Any) -> None:
    for number in (1, 2, 3):
        search(text, f"198.51.100.{number}", **options)


@pytest.fixture(autouse=True)
def practice(site_tree: Any) -> Any:
    from practices.indexes.practices import PRACTICES
    from search.indexing.rebuild import rebuild

    page = PracticePageFactory(title="Wijkoverleg")
    rebuild(PRACTICES)
    return page


def everything_stored() -> str:
    """All that the database holds of searches, as text."""
    rows = [
        row
        for model in (DailySalt, UnansweredSearch, SearchVisitor)
        for row in model.objects.values_list()
    ]
    return repr(rows)


def test_three_visitors_make_a_search_appear() -> None:
    by_three("Kampvuurgesprek")
    assert readable() == ["kampvuurgesprek"]
    assert UnansweredSearch.objects.get().visitors == 3


def test_two_visitors_do_not() -> None:
    search("kampvuurgesprek", "198.51.100.1")
    search("kampvuurgesprek", "198.51.100.2")
    assert readable() == []
    assert UnansweredSearch.objects.get().visitors == 2


def test_the_same_visitor_thrice_does_not() -> None:
    for _ in range(3):
        search("kampvuurgesprek")
    assert readable() == []
    assert UnansweredSearch.objects.get().visitors == 1


def test_different_browsers_behind_one_address_are_different_visitors() -> None:
    for browser in (FIREFOX, FIREFOX.replace("140", "141"), FIREFOX.replace("140", "139")):
        search("kampvuurgesprek", headers={"user-agent": browser})
    assert readable() == ["kampvuurgesprek"]


def test_a_forged_address_makes_no_other_visitor() -> None:
    for number in range(3):
        search("kampvuurgesprek", headers={"x-forwarded-for": f"203.0.113.{number}"})
    assert readable() == []


def test_behind_a_proxy_the_address_that_it_adds_counts(settings: Any) -> None:
    settings.WEGWIJZER = {**settings.WEGWIJZER, "TRUSTED_PROXIES": 1}
    for number in range(3):
        search("kampvuurgesprek", headers={"x-forwarded-for": f"10.0.0.1, 203.0.113.{number}"})
    assert readable() == ["kampvuurgesprek"]


def test_capitals_accents_and_spaces_make_no_difference() -> None:
    for number, text in enumerate(("Cafégesprek  2026", "cafegesprek 2026", " CAFÉGESPREK 2026")):
        search(text, f"198.51.100.{number}")
    assert readable() == ["cafégesprek 2026"]


def test_before_the_third_visitor_nothing_can_be_read_in_the_database() -> None:
    search("kampvuurgesprek", "198.51.100.1")
    search("kampvuurgesprek", "198.51.100.2")
    stored = everything_stored()
    assert "kampvuur" not in stored
    assert "198.51.100" not in stored
    assert "Firefox" not in stored
    assert UnansweredSearch.objects.count() == 1


def test_two_searches_of_one_visitor_do_not_look_alike() -> None:
    search("kampvuurgesprek")
    search("vrijplaats")
    assert SearchVisitor.objects.values("visitor_hash").distinct().count() == 2


def test_the_key_of_the_site_is_needed_to_recognise_a_text(settings: Any) -> None:
    search("kampvuurgesprek")
    settings.SECRET_KEY = "een andere sleutel"
    search("kampvuurgesprek")
    assert UnansweredSearch.objects.count() == 2


PERSONS = [
    "Mohammed Amrani",
    "mohammed amrani",
    "jan de vries gouda",
    "mevrouw jansen",
    "wethouder Bakker",
    "J. de Vries",
    "fatima",
    "Gökhan",
    "gokhan",
    "0612345678",
    "06 12 34 56 78",
    "010-4123456",
    "kim@gouda.example",
    "Dorpsstraat 12",
    "dorpsstraat 12 gouda",
    "2801 AB",
    "2801ab",
    "https://voorbeeld.example/jan",
    "12-05-1998",
    "zaak 2026123456",
]


@pytest.mark.parametrize("text", PERSONS)
def test_what_could_name_a_person_never_leaves_a_trace(text: str) -> None:
    by_three(text)
    assert UnansweredSearch.objects.count() == 0
    assert not may_be_kept(text)


@pytest.mark.parametrize(
    "text",
    [
        "kampvuurgesprek", "dialoog in de moskee", "training 2026", "2024-2026", "18-24 jaar",
        "3 jongeren", "Den Haag", "AIVD", "ronde tafel", "e-learning", '"sociale media"',
        "salafisme onderwijs",
    ],
)  # fmt: skip
def test_an_ordinary_search_may_be_kept(text: str) -> None:
    assert may_be_kept(text)


@pytest.mark.parametrize("text", ["x" * 61, "kamp " * 9, ""])
def test_more_than_people_type_is_not_kept(text: str) -> None:
    assert not may_be_kept(text)


def test_a_search_with_results_costs_no_query_and_leaves_nothing(
    django_assert_num_queries: Any,
) -> None:
    search("wijkoverleg")
    with django_assert_num_queries(4):
        assert search("wijkoverleg").context["search"].total == 1
    assert UnansweredSearch.objects.count() == DailySalt.objects.count() == 0


def test_what_a_search_without_results_costs_is_bounded(django_assert_max_num_queries: Any) -> None:
    by_three("vrijplaats")
    search("kampvuurgesprek", "198.51.100.1")
    with django_assert_max_num_queries(20):
        search("kampvuurgesprek", "198.51.100.2")


def test_nobody_gets_a_cookie_and_the_answer_is_the_same_for_each_cookie() -> None:
    for text in ("kampvuurgesprek", "wijkoverleg"):
        response = search(text)
        assert response.status_code == 200
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize(
    "options",
    [
        {"path": "/praktijken.json"},
        {"path": "/praktijken/kies/vorm/"},
        {"more": {"jaar": "1999"}},
        {"headers": {"user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"}},
        {"headers": {"user-agent": "curl/8.5"}},
        {"headers": {"user-agent": ""}},
        {"headers": {"sec-purpose": "prefetch;prerender"}},
        {"headers": {"purpose": "prefetch"}},
        {"headers": {"x-moz": "prefetch"}},
        {"cookies": {"sessionid": "x"}},
    ],
    ids=str,
)
def test_only_a_visitor_who_searches_by_text_alone_counts(options: dict[str, Any]) -> None:
    by_three("kampvuurgesprek", **options)
    assert UnansweredSearch.objects.count() == 0


def test_asking_for_the_head_does_not_count() -> None:
    client = Client(headers={"user-agent": FIREFOX})
    assert client.head(SEARCH, {"q": "kampvuurgesprek"}).status_code == 200
    assert UnansweredSearch.objects.count() == 0


@pytest.mark.parametrize("text", ["...", "-", '"'])
def test_a_text_without_a_word_does_not_count(text: str) -> None:
    search(text)
    assert UnansweredSearch.objects.count() == 0


def test_a_colleague_who_is_logged_in_does_not_count(world: World) -> None:
    client = world.client("edith")
    client.get(SEARCH, {"q": "kampvuurgesprek"}, headers={"user-agent": FIREFOX})
    assert UnansweredSearch.objects.count() == 0


@pytest.mark.parametrize(
    "refused", ["INSERT|SAVEPOINT", 'INSERT INTO "practices_', "SELECT.*cache"]
)
def test_a_write_that_fails_is_no_failure_of_the_search(
    refused: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unanswered_searches, "_lines", Throttle())

    def refuse(execute: Any, sql: str, *args: Any) -> Any:
        if re.match(refused, sql):
            raise DatabaseError("database is locked: kampvuurgesprek")
        return execute(sql, *args)

    with connection.execute_wrapper(refuse):
        response = search("kampvuurgesprek")
    assert response.status_code == 200
    assert "kampvuurgesprek" in response.content.decode()
    # Where a turn can't be written there is none to take, and nothing more to say.
    assert ("DatabaseError" in caplog.text) == (refused != "INSERT|SAVEPOINT")
    assert "kampvuurgesprek" not in caplog.text


def test_after_a_failure_searches_count_again() -> None:
    def refuse(execute: Any, sql: str, *args: Any) -> Any:
        if sql.startswith("INSERT"):
            raise DatabaseError
        return execute(sql, *args)

    with connection.execute_wrapper(refuse):
        search("kampvuurgesprek")
    by_three("kampvuurgesprek")
    assert readable() == ["kampvuurgesprek"]


def test_one_visitor_counts_for_some_searches_an_hour_only() -> None:
    for number in range(TIMES_AN_HOUR + 3):
        search(f"onzin{chr(97 + number)}woord")
    assert UnansweredSearch.objects.count() == TIMES_AN_HOUR


def note(text: str, visitor: str = "een", today: date = TODAY) -> None:
    note_search(text=text, visitor=visitor, today=today)


def test_the_salt_of_a_day_is_destroyed_on_the_next_with_all_that_hangs_on_it() -> None:
    note("kampvuurgesprek")
    first = bytes(DailySalt.objects.get().salt)
    note("kampvuurgesprek", "twee", TODAY + timedelta(days=1))
    salt = DailySalt.objects.get()
    assert salt.day == TODAY + timedelta(days=1)
    assert bytes(salt.salt) != first
    assert len(first) == 32
    assert SearchVisitor.objects.count() == 1
    assert UnansweredSearch.objects.get().visitors == 2


def test_the_timed_job_destroys_the_salt_of_a_day_without_searches() -> None:
    note("kampvuurgesprek")
    forget(TODAY)
    assert DailySalt.objects.count() == 1
    forget(TODAY + timedelta(days=1))
    assert DailySalt.objects.count() == SearchVisitor.objects.count() == 0
    assert forget in [job.action for source in _sources for job in source()]


def test_what_never_reaches_three_is_removed_after_thirty_days() -> None:
    note("kampvuurgesprek")
    note("kampvuurgesprek", "twee")
    for visitor in ("een", "twee", "drie"):
        note("vrijplaats", visitor)
    forget(TODAY + timedelta(days=29))
    assert UnansweredSearch.objects.count() == 2
    forget(TODAY + timedelta(days=30))
    assert readable() == ["vrijplaats"]
    assert UnansweredSearch.objects.count() == 1
    forget(TODAY + timedelta(days=730))
    assert UnansweredSearch.objects.count() == 0


def test_a_flood_of_nonsense_fills_no_more_rows_than_there_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counting, "MOST_PENDING", 5)
    note("kampvuurgesprek")
    note("kampvuurgesprek", "twee")
    for number in range(12):
        note(f"onzin{chr(97 + number)}woord")
    assert UnansweredSearch.objects.count() == 5
    note("kampvuurgesprek", "drie")
    assert readable() == ["kampvuurgesprek"]


def test_texts_and_visitors_have_a_most_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_KEPT", 2)
    for text in ("kampvuurgesprek", "vrijplaats", "rondetafel"):
        for visitor in ("een", "twee", "drie"):
            note(text, visitor)
    assert readable() == ["rondetafel", "vrijplaats"]
    monkeypatch.setattr(counting, "MOST_VISITORS", SearchVisitor.objects.count())
    note("buurtfeest")
    assert not UnansweredSearch.objects.filter(text="").exists()


def test_the_figures_show_what_was_searched_in_their_months_most_first() -> None:
    for number, (text, visitors, last) in enumerate(
        [
            ("een", 3, TODAY),
            ("twee", 7, TODAY),
            ("oud", 9, TODAY - timedelta(days=90)),
            ("", 2, TODAY),
        ]
    ):
        UnansweredSearch.objects.create(
            text_hash=str(number), text=text, visitors=visitors, first_on=last, last_on=last
        )
    november = Period(date(2026, 11, 1), date(2026, 11, 1))
    assert [one.text for one in unanswered(november)] == ["twee", "een"]
