"""Fills the template of test databases: the tree of pages, the groups of people, the review.

Run as `python -m tests.filling` on a database that was migrated.
"""

import django


def fill() -> None:
    """What any site has when somebody comes to work on it."""
    from practices.services.people.roles import ensure_roles
    from tests.factories import make_tree

    ensure_roles(top=make_tree().home)


def empty() -> None:
    """Take it away again, for who wants to see how a site gets it."""
    from django.contrib.auth.models import Group
    from wagtail.models import Collection, Page, Site, Task, Workflow

    from cms.models import HomePage

    home = HomePage.objects.get()
    Site.objects.update(root_page=Page.objects.get(depth=2, title__startswith="Welcome"))
    Workflow.objects.all().delete()
    Task.objects.all().delete()
    home.delete()
    Group.objects.exclude(name__in=("Moderators", "Editors")).delete()
    Collection.objects.filter(depth__gt=1).delete()
    Site.clear_site_root_paths_cache()


if __name__ == "__main__":
    django.setup()
    fill()
