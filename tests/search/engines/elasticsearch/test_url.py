"""What SEARCH_URL may say of Elasticsearch, and what is told when it says something else."""

import subprocess
import sys
from pathlib import Path

import certifi
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from search.engines import engine_for
from search.engines.checks import check_search, check_url
from search.engines.elasticsearch.url import Servers, client_of, parse

CA = certifi.where()

GOOD = {
    "http://localhost": (Servers(("http://localhost:9200",)), "wegwijzer"),
    "HTTP://localhost/": (Servers(("http://localhost:9200",)), "wegwijzer"),
    "http://127.0.0.1:9310/test-a_1/": (Servers(("http://127.0.0.1:9310",)), "test-a_1"),
    "http://[::1]:9201/a": (Servers(("http://[::1]:9201",)), "a"),
    "https://u:p@een.example:9200,twee.example/site": (
        Servers(("https://een.example:9200", "https://twee.example:9200"), user="u", password="p"),
        "site",
    ),
    "https://u%40x:p%2F%3F%23%25:q@h/site": (
        Servers(("https://h:9200",), user="u@x", password="p/?#%:q"),
        "site",
    ),
    "https://h/site?api_key=VnVh+WN/Rw==": (
        Servers(("https://h:9200",), api_key="VnVh+WN/Rw=="),
        "site",
    ),
    f"https://h:443/site?ca={CA}&api_key=a%26b": (
        Servers(("https://h:443",), ca=CA, api_key="a&b"),
        "site",
    ),
}
BAD = {
    "https://": "host",
    "https:///site": "host",
    "https://h,,h2/site": "host",
    "https://h:0/site": "host",
    "https://h:65536/site": "host",
    "https://h:geheim/site": "host",
    "https://h geheim/site": "host",
    "https://[geheim/site": "read",
    "https://u:ge#heim@h/site": "read",
    "https://u:geheim@h/Site": "prefix",
    "https://u:geheim@h/a/b": "prefix",
    "https://u:geheim@h/-a": "prefix",
    "https://u:geheim@h/" + "a" * 61: "prefix",
    "https://geheim@h/site": "user without a password",
    "https://geheim:@h/site": "user without a password",
    "https://:geheim@h/site": "password without a user",
    "https://u:geheim@h/site?api_key=geheim": "both",
    "https://h/site?apikey=geheim": "api_key and ca",
    "https://h/site?geheim": "api_key and ca",
    "https://h/site?api_key=": "api_key and ca",
    "https://h/site?api_key=geheim&api_key=geheim": "api_key and ca",
    "http://h/site?ca=/geheim.pem": "begins with http:",
    "https://h/site?ca=/geheim/bestaat/niet.pem": "ca",
    f"https://h/site?ca={Path(__file__)}": "holds no certificates",
}


@pytest.mark.parametrize("url", GOOD)
def test_a_good_address_names_servers_and_prefix(url: str) -> None:
    assert parse(url) == GOOD[url]


@pytest.mark.parametrize("url", BAD)
def test_a_wrong_address_is_told_in_one_line_without_what_it_says(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=BAD[url]) as caught:
        parse(url)
    assert str(caught.value).startswith("SEARCH_URL ")
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_client_gets_hosts_and_account_and_trusts_the_ca() -> None:
    servers, _prefix = parse(f"https://u:p@een.example,twee.example:9201/site?ca={CA}")
    client = client_of(servers)
    nodes = {node.base_url for node in client.transport.node_pool.all()}
    assert nodes == {"https://een.example:9200", "https://twee.example:9201"}
    assert client._headers["authorization"] == "Basic dTpw"
    client.close()


@pytest.mark.parametrize("url", ["", "geheim", "ftp://geheim", "//h/site", "solr://h"])
def test_what_names_no_engine_is_told(url: str) -> None:
    with override_settings(SEARCH_URL=url):
        engine_for.cache_clear()
        with pytest.raises(ImproperlyConfigured, match="names no engine") as caught:
            check_url()
    assert "geheim" not in str(caught.value)


def test_a_cluster_that_is_away_is_a_warning_and_a_wrong_address_an_error() -> None:
    for url, level in (("http://127.0.0.1:1/site", "W001"), ("http://u@h/site", "E001")):
        with override_settings(SEARCH_URL=url):
            engine_for.cache_clear()
            [message] = check_search(None)
        assert message.id == f"search.{level}"
    engine_for.cache_clear()


def test_without_an_index_there_is_nothing_to_warn_of(tmp_path: Path) -> None:
    with override_settings(SEARCH_URL=f"tantivy://{tmp_path}"):
        engine_for.cache_clear()
        assert check_search(None) == []
    engine_for.cache_clear()


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://u:geheim@h/Site", "SEARCH_URL has a prefix"),
        ("http://127.0.0.1:1/site", "search.W001"),
    ],
)
def test_the_command_line_tells_it_at_its_start(url: str, line: str) -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={"SEARCH_URL": url, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
    )
    assert line in told.stderr
    assert "geheim" not in told.stderr + told.stdout
