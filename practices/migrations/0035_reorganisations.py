import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def who():
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0034_former_values"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="practices.municipality",
                verbose_name="went into",
            ),
        ),
        migrations.CreateModel(
            name="Reorganisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("new_name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                ("new_code", models.CharField(blank=True, max_length=6, verbose_name="CBS code")),
                ("new_slug", models.SlugField(blank=True, max_length=80, verbose_name="slug")),
                ("takes_effect_on", models.DateField(verbose_name="date of effect")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "prepared"),
                            ("carried_out", "carried out, not final yet"),
                            ("confirmed", "final"),
                            ("undone", "undone"),
                        ],
                        default="prepared",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("prepared_at", models.DateTimeField(auto_now_add=True)),
                ("carried_out_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("kept", models.JSONField(default=dict)),
                ("carried_out_by", who()),
                (
                    "new",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.municipality",
                        verbose_name="new municipality",
                    ),
                ),
                (
                    "old",
                    models.ManyToManyField(
                        related_name="reorganisations",
                        to="practices.municipality",
                        verbose_name="old municipalities",
                    ),
                ),
                ("prepared_by", who()),
                ("settled_by", who()),
            ],
            options={
                "verbose_name": "reorganisation",
                "verbose_name_plural": "reorganisations",
                "ordering": ("-takes_effect_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("new__isnull", False),
                            models.Q(("new_code", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reorganisation_has_new",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticeMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_slug", models.SlugField(max_length=255)),
                ("new_slug", models.SlugField(max_length=255)),
                (
                    "old_municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.municipality",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.practicepage",
                    ),
                ),
                (
                    "reorganisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="practices.reorganisation",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reorganisation", "page"), name="practice_move_once"
                    )
                ],
            },
        ),
    ]
