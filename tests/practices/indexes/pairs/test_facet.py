"""Pairs of trainers as a facet: what is a pair, how it is written, and what becomes of it."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from practices.indexes import registers
from practices.indexes.former_values import renewed_query
from practices.indexes.pairs import former_pairs, makers_of, pair_facet, pairs_among
from practices.models import Subscription, Term
from practices.services.alerts.sending import Round
from practices.services.vocabularies.merging import merge
from search.questions.facets import Option
from tests.practices.indexes.pairs.conftest import Taught, expertise
from tests.practices.services.alerts.test_following import follower

KNOWN = {
    "islam": Option("islam", "Islam", "religie"),
    "politie": Option("politie", "Politie"),
    "rechts": Option("rechts", "Rechts", is_active=False),
    "religie": Option("religie", "Religie"),
}
PAIR = "islam.rechts"


def found(client: Client, **parameters: Any) -> dict[str, Any]:
    data: dict[str, Any] = client.get("/praktijken.json", parameters).json()
    return data


def offered(client: Client) -> dict[str, tuple[str, int]]:
    [facet] = [one for one in found(client)["facets"] if one["name"] == "trainerspaar"]
    return {one["value"]: (one["label"], one["count"]) for one in facet["options"]}


@pytest.mark.parametrize(
    ("trainers", "pairs"),
    [
        ([["islam"], ["rechts"]], ["islam.rechts", "rechts.religie"]),
        ([["rechts"], ["islam"]], ["islam.rechts", "rechts.religie"]),
        ([["islam", "rechts"]], []),
        ([["islam", "rechts"], ["rechts"]], ["islam.rechts", "rechts.religie"]),
        ([["islam"], ["islam"]], []),
        ([["islam"], ["religie"]], []),
        ([["politie"], ["rechts"], ["politie"]], ["politie.rechts"]),
        ([["politie"], []], []),
        ([], []),
    ],
)
def test_two_trainers_make_a_pair_of_what_each_brings(
    trainers: list[list[str]], pairs: list[str]
) -> None:
    assert pairs_among(trainers, KNOWN) == pairs
    for pair in pair_facet("Paar", KNOWN).options:
        makers = makers_of(pair, dict(enumerate(trainers)), KNOWN)
        assert bool(makers) == (pair in pairs), "both say the same of what is a pair"


def test_of_a_pair_each_trainer_is_told_for_what_they_bring_to_it() -> None:
    trainers = {1: ["islam", "rechts"], 2: ["rechts", "politie"], 3: ["politie"]}
    assert makers_of("islam.rechts", trainers, KNOWN) == {1: ["islam"], 2: ["rechts"]}
    assert makers_of("politie.rechts", trainers, KNOWN) == {
        1: ["rechts"],
        2: ["politie", "rechts"],
        3: ["politie"],
    }


def test_all_pairs_of_terms_are_options_but_of_a_term_with_its_broader_one() -> None:
    options = pair_facet("Paar", KNOWN).options
    assert {value: (one.label, one.is_active) for value, one in options.items()} == {
        "islam.politie": ("Islam + Politie", True),
        "islam.rechts": ("Islam + Rechts", False),
        "politie.rechts": ("Politie + Rechts", False),
        "politie.religie": ("Politie + Religie", True),
        "rechts.religie": ("Rechts + Religie", False),
    }


@pytest.mark.parametrize("raw", ["islam.rechts", "rechts.islam", " RECHTS.Islam "])
def test_a_pair_is_read_in_either_order_and_written_in_one(raw: str) -> None:
    assert pair_facet("Paar", KNOWN).read(raw).value == "islam.rechts"


def test_old_slugs_lead_to_the_pair_of_now_in_either_order() -> None:
    former = former_pairs({"moslim": "islam", "extreem": "rechts"}, KNOWN)
    for old in ("moslim.rechts", "rechts.moslim", "islam.extreem", "extreem.moslim"):
        assert former[old] == "islam.rechts"
    assert "islam.moslim" not in former, "one term is no pair"
    assert "moslim.religie" not in former


def test_a_search_for_a_pair_finds_it_whoever_is_named_first(
    taught: Taught, client: Client
) -> None:
    page = taught("islam", "rechts")
    taught("islam rechts")
    taught("islam", "politie")
    for value in (PAIR, "rechts.islam"):
        data = found(client, trainerspaar=value)
        assert [one["id"] for one in data["results"]] == [page.pk]
        assert data["notices"] == []
    html = client.get("/praktijken/", {"trainerspaar": "rechts.islam"}).content.decode()
    assert f'/praktijken/?trainerspaar={PAIR}">' in html, "the canonical address"
    assert "Islam + Rechts" in html


def test_only_pairs_that_practices_have_are_offered(taught: Taught, client: Client) -> None:
    taught("islam", "rechts")
    expertise("politie")
    assert offered(client) == {PAIR: ("Islam + Rechts", 1)}
    page = client.get("/praktijken/kies/trainerspaar/").content.decode()
    assert f'value="{PAIR}"' in page
    assert "Politie" not in page
    assert (
        "In deze lijst staat niets met"
        in client.get("/praktijken/kies/trainerspaar/", {"zoek": "politie"}).content.decode()
    )


def test_a_pair_with_a_retired_term_stays_on_old_practices(taught: Taught, client: Client) -> None:
    taught("islam", "rechts")
    Term.objects.filter(slug="rechts").update(is_active=False)
    registers.forget()
    assert PAIR in offered(client)


def test_table_feed_map_and_gap_map_know_the_pair(taught: Taught, client: Client) -> None:
    page = taught("islam", "rechts")
    taught("islam")
    chosen = {"trainerspaar": PAIR}
    table = client.get("/praktijken.csv", chosen).getvalue().decode()
    assert (table.count("\n"), page.title in table) == (2, True)
    feed = client.get("/praktijken.atom", chosen).content.decode()
    assert (feed.count("<entry>"), "Praktijken: Islam + Rechts" in feed) == (1, True)
    assert client.get("/praktijken/kaart/", chosen).context["map"].total == 1
    for row, column in (("trainerspaar", "expertise"), ("expertise", "trainerspaar")):
        html = client.get("/praktijken/witte-vlekken/", {"rij": row, "kolom": column}).content
        assert f"/praktijken/?expertise=rechts&amp;trainerspaar={PAIR}".encode() in html
    follow = client.get("/volgen/", chosen).content.decode()
    assert "Praktijken: Islam + Rechts" in follow


def test_an_old_pair_leads_on_and_so_does_an_alert(
    taught: Taught, client: Client, admin_user: Any
) -> None:
    taught("islam", "rechts")
    row = follower(query="trainerspaar=islam.rechts")
    term = Term.objects.get(slug="islam")
    term.slug = "moslims"
    term.save()
    for old in ("islam.rechts", "rechts.islam"):
        response = client.get("/praktijken/", {"trainerspaar": old})
        assert response["Location"] == "/praktijken/?trainerspaar=moslims.rechts"
    into = expertise("extreem")
    merge(term=Term.objects.get(slug="rechts").pk, into=into.pk, user=admin_user)
    response = client.get("/praktijken.csv", {"trainerspaar": "islam.rechts"})
    assert response["Location"] == "/praktijken.csv?trainerspaar=extreem.moslims"
    sum(Round(timezone.now()))
    row.refresh_from_db()
    assert row.query == "trainerspaar=extreem.moslims"


def test_a_pair_whose_terms_became_one_is_said_and_nobody_is_mailed_of_it(
    taught: Taught, client: Client, admin_user: Any
) -> None:
    taught("islam", "rechts")
    follower(query=f"trainerspaar={PAIR}")
    merge(
        term=Term.objects.get(slug="rechts").pk,
        into=Term.objects.get(slug="islam").pk,
        user=admin_user,
    )
    for value in (PAIR, "islam.islam"):
        data = found(client, trainerspaar=value)
        assert data["notices"] == [f"Trainerspaar: wij kennen “{value}” niet."]
    assert sum(Round(timezone.now())) == 0
    assert Subscription.objects.get().query == f"trainerspaar={PAIR}"
    former = registers.current().former
    assert renewed_query(QueryDict("trainerspaar=rechts.rechts"), former) is None


@pytest.mark.parametrize(
    "value",
    [
        *(".", "..", "islam", "islam.", ".islam", "islam.islam", "islam.rechts.islam"),
        *("islam,rechts", "*.*", "<b>.<i>", "\x00", "islam\x00.rechts", "\ud800.rechts"),
        *("." * 9_000, "a" * 9_000 + ".b"),
    ],
)
def test_what_is_no_pair_is_left_out_and_said(taught: Taught, client: Client, value: str) -> None:
    taught("islam", "rechts")
    raw = urlencode({"trainerspaar": value}, errors="surrogatepass")
    data = client.get("/praktijken.json", QUERY_STRING=raw).json()
    assert data["total"] == 1
    [notice] = data["notices"]
    assert notice.startswith("Trainerspaar: wij kennen “")
    for path in ("/praktijken/", "/praktijken/kies/trainerspaar/", "/praktijken/witte-vlekken/"):
        response = client.get(path, QUERY_STRING=raw)
        assert response.status_code == 200
        assert "<b>.<i>" not in response.content.decode()
    assert client.get("/praktijken/", QUERY_STRING=raw).context["search"].notices == [notice]


def test_a_search_box_offers_terms_and_no_pairs(taught: Taught, client: Client) -> None:
    taught("islam", "rechts")
    offers = client.get("/aanvullen.json", {"q": "isl"}).json()["offers"]
    assert [one["label"] for one in offers] == ["Islam"]


def test_a_practice_leads_to_the_others_with_its_pairs(taught: Taught, client: Client) -> None:
    page = taught("islam", "rechts politie")
    html = client.get(f"/gemeenten/{page.municipality.slug}/{page.slug}/").content.decode()
    for value, label in (("islam.politie", "Islam + Politie"), (PAIR, "Islam + Rechts")):
        assert f'<a href="{escape(f"/praktijken/?trainerspaar={value}")}">{label}</a>' in html
    assert "politie.rechts" not in html
    alone = taught("islam rechts")
    html = client.get(f"/gemeenten/{alone.municipality.slug}/{alone.slug}/").content.decode()
    assert "trainerspaar" not in html
