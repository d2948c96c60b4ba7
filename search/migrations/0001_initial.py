from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True)),
                ("index", models.CharField(max_length=100)),
                ("seen_at", models.DateTimeField()),
                ("is_current", models.BooleanField(default=False)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("paused_until", models.DateTimeField(null=True)),
                ("error", models.TextField(blank=True)),
                ("leased_until", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "search index",
            },
        ),
        migrations.CreateModel(
            name="JobRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, unique=True)),
                ("last_run", models.DateTimeField()),
            ],
            options={
                "verbose_name": "timed job",
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("follower", models.CharField(max_length=100, verbose_name="search index")),
                ("document", models.PositiveBigIntegerField(verbose_name="document")),
                ("version", models.PositiveBigIntegerField(default=0)),
                ("delivered", models.PositiveBigIntegerField(default=0)),
                ("recorded_at", models.DateTimeField(verbose_name="since")),
                ("not_before", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("is_set_aside", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "change",
                "indexes": [
                    models.Index(
                        condition=models.Q(("version__gt", models.F("delivered"))),
                        fields=["follower", "recorded_at", "id"],
                        name="change_pending",
                    ),
                    models.Index(
                        condition=models.Q(("is_set_aside", True)),
                        fields=["recorded_at"],
                        name="change_set_aside",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("follower", "document"), name="change_unique")
                ],
            },
        ),
    ]
