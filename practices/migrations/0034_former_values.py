import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0033_people")]

    operations = [
        migrations.CreateModel(
            name="FormerValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "vocabulary",
                    models.CharField(
                        choices=[
                            ("vorm", "Format"),
                            ("soort", "Radicalisation type"),
                            ("thema", "Theme"),
                            ("leerdoel", "Learning goal"),
                            ("doelgroep", "Target group"),
                            ("samenstelling", "Group composition"),
                            ("beleidsveld", "Policy field"),
                            ("uitvoering", "Delivery"),
                            ("expertise", "Trainer expertise"),
                            ("werkvorm", "Working method"),
                        ],
                        max_length=20,
                    ),
                ),
                ("slug", models.SlugField(max_length=60)),
                ("merged_id", models.PositiveBigIntegerField(null=True)),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_values",
                        to="practices.term",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("vocabulary", "slug"), name="former_value_unique_slug"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="reviewtaskstate",
            name="renewed",
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
