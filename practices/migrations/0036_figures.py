import secrets
from functools import partial

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0035_reorganisations")]

    operations = [
        migrations.CreateModel(
            name="DailySalt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                (
                    "salt",
                    models.BinaryField(default=partial(secrets.token_bytes, 32), editable=False),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="UnansweredSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("text", models.CharField(blank=True, max_length=60, verbose_name="text")),
                ("visitors", models.PositiveIntegerField(default=0, verbose_name="visitors")),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
            ],
            options={
                "verbose_name": "search without results",
                "verbose_name_plural": "searches without results",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SearchVisitor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visitor_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.dailysalt",
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.unansweredsearch",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
    ]
