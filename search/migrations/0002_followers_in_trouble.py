"""A pause is of one process and stands in no row; what only a person can settle does."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("search", "0001_initial")]

    operations: ClassVar = [
        migrations.RemoveField("follower", "failures"),
        migrations.RemoveField("follower", "paused_until"),
        migrations.AddField("follower", "failed_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "follower", "alarm", models.TextField(blank=True, default=""), preserve_default=False
        ),
    ]
