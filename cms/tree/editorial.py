"""The pages of text beside the practices, to which the foot of each page leads."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from cms.models import EditorialPage, HomePage
from cms.tree.texts import texts
from practices.services.setup.tree import publish_under


@transaction.atomic
def make_editorial_pages() -> list[str]:
    """Make those that the site never had: one that an editor removed or renamed stays away."""
    home = HomePage.objects.get()
    kind = ContentType.objects.get_for_model(EditorialPage)
    made_before = set(
        PageLogEntry.objects.filter(content_type=kind, action="wagtail.create").values_list(
            "label", flat=True
        )
    )
    standing = set(home.get_children().values_list("slug", flat=True))
    done = []
    for row in texts()["page"]:
        if row["slug"] not in standing and row["title"] not in made_before:
            publish_under(home, EditorialPage(**row, show_in_menus=True))
            done.append(_("Page “%(title)s” made.") % {"title": row["title"]})
    return done
