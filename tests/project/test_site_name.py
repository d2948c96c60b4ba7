"""The plugin runs in sites of another name, which get their settings in another way than ours."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Site

from practices.addresses import compare_address, site_name
from practices.frontend.pages.share_pictures import picture_of
from practices.frontend.pdf.source import source_of
from practices.models import Role
from practices.services.alerts import subscriptions
from practices.services.people.accounts import invite
from tests.factories import PracticePageFactory, SiteTree
from tests.mails import delivered
from tests.practices.services.alerts.test_following import follower, mailed, published

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("practices", "search")
OURS = re.compile(r"\bwegwijzer\b", re.IGNORECASE)
"""The name of our site. “WegWijzers”, of which a site has one only, are fact sheets."""
KIND = re.compile(
    r"(\b(?:an?|the|this|one|no|een|de|deze|[eé]én|geen) wegwijzer\b"
    r"|^(?:WegWijzer|Wegwijzer)$|WegWijzer {{ page\.code }})",
    re.IGNORECASE,
)
"""A kind of page has that name too: a fact sheet, with its search code."""
OTHERWISE = {
    "wegwijzer": "the prefix in Elasticsearch of who names none, and a name within the API",
    "wegwijzer-": "the beginning of a citation's key: references to it are kept elsewhere",
    "wegwijzer-serif.woff2": "a file",
    "over-wegwijzer": "the slug of a page of the ready-made site; no other has it",
    " is not installed. Run: pip install 'wegwijzer[": "the package",
}
ENVIRONMENT = re.compile(r'env\.\w+\(\s*"(\w+)"')
"""How the settings of the ready-made site read a variable."""


def texts() -> Iterator[tuple[str, str]]:
    """Each string of the code, line of a template, and translation, with the file it stands in."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.*")):
            where = str(path.relative_to(ROOT))
            if path.suffix == ".py" and "migrations" not in path.parts:
                found = strings(ast.parse(path.read_text()))
            elif path.suffix == ".po":
                found = re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', path.read_text(), re.MULTILINE)
            elif "templates" in path.parts and path.is_file():
                comments = r"{% comment %}.*?{% endcomment %}|{#.*?#}"
                found = re.sub(comments, "", path.read_text(), flags=re.DOTALL).splitlines()
            else:
                continue
            yield from ((where, text) for text in found)


def strings(tree: ast.Module) -> list[str]:
    """All that is written between quotes, but for docstrings."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]


def test_no_text_of_the_plugin_calls_the_site_by_our_name() -> None:
    found = list(texts())
    assert {where.rpartition(".")[2] for where, _text in found} >= {"py", "html", "txt", "po"}
    assert [(where, text) for where, text in found if names_us(text)] == []


def names_us(text: str) -> bool:
    # Addresses of fact sheets, custom properties and the setting `WEGWIJZER` are no names.
    left = re.sub(r"\bWEGWIJZER\b|--wegwijzer-\w+", "", KIND.sub("", text))
    return bool(OURS.search(left)) and text not in OTHERWISE


def test_what_stays_is_there() -> None:
    """A reason for what went could hide what comes."""
    assert {text for _where, text in texts()} >= OTHERWISE.keys()


def test_no_text_of_the_plugin_names_a_variable_that_only_our_settings_read() -> None:
    settings = "".join(path.read_text() for path in (ROOT / "cms/settings").glob("*.py"))
    read = set(ENVIRONMENT.findall(settings))
    assert "EMAIL_URL" in read
    # The guide names these as settings of Django's, which every site has.
    ours = read - set(re.findall(r"\w+", (ROOT / "docs/plugin.md").read_text()))
    assert ours >= {"EMAIL_URL", "DATABASE_URL", "DATA_DIR"}
    name = re.compile(rf"\b(?:{'|'.join(sorted(ours))})\b")
    # In templates `BASE_URL` is what `frame()` gives.
    named = [(where, name.findall(text)) for where, text in texts()]
    assert [(where, found) for where, found in named if set(found) - {"BASE_URL"}] == []


@pytest.fixture
def elsewhere(settings: Any, site_tree: SiteTree) -> str:
    """The name of another site."""
    settings.WAGTAIL_SITE_NAME = "Leernet Oost"
    return str(settings.WAGTAIL_SITE_NAME)


def test_mails_say_which_site_they_come_from(elsewhere: str) -> None:
    editor = User.objects.create_user("ed", "ed@voorbeeld.example", "geheim")
    for role in Role:
        invite(email=f"{role}@voorbeeld.example", by=editor, role=role)
    assert len(delivered()) == len(Role)
    for message in delivered():
        assert elsewhere in message.subject
        assert str(message.body).count(elsewhere) == 2
    delivered().clear()
    subscriptions.ask(email="kim@voorbeeld.example", query="", frequency="dag", what="alles")
    (message,) = delivered()
    assert str(message.body).count(elsewhere) == 2


def test_a_mail_on_what_is_new_says_which_site_it_comes_from(elsewhere: str) -> None:
    published(PracticePageFactory().get_parent().specific, "Nieuw")
    follower()
    (body,) = mailed()
    assert f"\n--\n{elsewhere}\n" in body
    assert delivered()[0].subject.endswith(f" op {elsewhere}")


def test_what_leaves_the_site_says_which_it_was(elsewhere: str, client: Client) -> None:
    page = PracticePageFactory(complete=True)
    address = page.url.rstrip("/")
    for ending in (".txt", ".bib", ".csl.json"):
        assert elsewhere in client.get(f"{address}{ending}").content.decode(), ending
    paper = source_of(page).html
    assert paper.count(elsewhere) == 4
    assert not OURS.search(paper)
    assert f'"name": "{elsewhere}"' in client.get(page.url).content.decode()
    compared = client.get(compare_address(page.pk, PracticePageFactory().pk)).content.decode()
    assert f'"comparison__address">{elsewhere}, ' in compared
    assert f"Alles wat {elsewhere} weet" in client.get("/api/v1/").content.decode()


def test_a_picture_is_drawn_anew_when_the_site_gets_another_name(
    site_tree: SiteTree, settings: Any
) -> None:
    page = PracticePageFactory()
    before = picture_of(page.pk, "Samen leren", "Ede")
    for name in ("Leernet Oost", "Leernet " * 40, ""):
        settings.WAGTAIL_SITE_NAME = name
        after = picture_of(page.pk, "Samen leren", "Ede")
        assert after.version != before.version
        assert after.content != before.content


def test_a_site_that_has_told_no_name_is_called_as_its_site_in_wagtail(
    site_tree: SiteTree, settings: Any
) -> None:
    del settings.WAGTAIL_SITE_NAME
    Site.objects.update(site_name="Leernet Oost")
    assert site_name() == "Leernet Oost"
    Site.objects.update(site_name="", hostname="leernet.example")
    assert site_name() == "leernet.example"
    Site.objects.all().delete()
    assert site_name() == "localhost:8000"
