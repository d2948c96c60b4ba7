"""The pages of the site, and the tables of the caches that all processes share."""

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models


def make_cache_tables(apps, schema_editor):
    """Make what the settings want, as `manage.py createcachetable` does; the shelf in tests too."""
    for tables in ([], ["cms_shelf"]):
        call_command(
            "createcachetable", *tables, database=schema_editor.connection.alias, verbosity=0
        )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="EditorialPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("body", wagtail.fields.RichTextField(verbose_name="text")),
            ],
            options={
                "verbose_name": "editorial page",
                "verbose_name_plural": "editorial pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        help_text="What a visitor finds here, in one or two sentences.",
                        max_length=300,
                        verbose_name="lead",
                    ),
                ),
                (
                    "introduction",
                    wagtail.fields.RichTextField(blank=True, verbose_name="introduction"),
                ),
            ],
            options={
                "verbose_name": "home page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.RunPython(make_cache_tables, migrations.RunPython.noop),
    ]
