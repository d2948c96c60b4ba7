"""The two lists under the home page, below which everything of the plugin stands."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from practices.models import MunicipalityIndexPage, SignpostIndexPage
from practices.services.setup.steps import SetupError

TEXTS = Path(__file__).parent / "lists.toml"
LISTS: dict[str, type[Page]] = {"gemeenten": MunicipalityIndexPage, "wegwijzers": SignpostIndexPage}
"""By their address under the home page."""


def home_page() -> Page:
    """The home page of the site. Raises `SetupError` where there is none."""
    site = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    if site is None:
        raise SetupError(
            _("Wagtail knows no site yet. Make one in the admin, under Settings, Sites.")
        )
    return site.root_page


@transaction.atomic
def make_lists() -> list[str]:
    """Make the lists that are not there yet, public; an unpublished one stays unpublished."""
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    done = []
    for slug, model in LISTS.items():
        page = model.objects.first()
        if page is None:
            publish_under(home_page(), model(slug=slug, **texts[slug]))
            done.append(_("Page “%(title)s” made.") % {"title": texts[slug]["title"]})
        elif page.first_published_at is None and not page.live:
            page.save_revision().publish()
            done.append(_("Page “%(title)s” published.") % {"title": page.title})
    return done


def publish_under(parent: Page, page: Page, **facts: Any) -> None:
    """Add a page as an editor would: with a revision, a history and all signals.

    Raises `SetupError` where another page has its address already.
    """
    page.live = False
    # Fresh: treebeard counts children on the object in hand.
    parent = Page.objects.get(pk=parent.pk)
    if parent.get_children().filter(slug=page.slug).exists():
        raise SetupError(
            _(
                "Under “%(parent)s” another page has the address “%(slug)s” already. Move it or "
                "give it another address in the admin, and run this again."
            )
            % {"parent": parent.title, "slug": page.slug}
        )
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        raise SetupError(f"{page.title}: {' '.join(error.messages)}") from error
    page.save_revision(log_action="wagtail.create").publish()
