"""Each lesson gets a key by which it stays known, also in drafts."""

from django.db import migrations, models
from django.db.models import Q
from django.utils.crypto import get_random_string

LETTERS = "bcdfghjkmnpqrstvwxz23456789"
BATCH = 1000


def fill(apps, schema_editor):
    lessons = apps.get_model("practices", "Lesson").objects
    batch = []
    for lesson in lessons.filter(key="").only("pk").iterator(BATCH):
        lesson.key = get_random_string(6, LETTERS)
        batch.append(lesson)
        if len(batch) == BATCH:
            lessons.bulk_update(batch, ["key"])
            batch = []
    lessons.bulk_update(batch, ["key"])


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0037_alerts"),
    ]

    operations = [
        migrations.AddField(
            model_name="lesson",
            name="key",
            field=models.CharField(blank=True, default="", max_length=6),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.CheckConstraint(condition=~Q(key=""), name="lesson_has_key"),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.UniqueConstraint(fields=("page", "key"), name="lesson_unique_key"),
        ),
    ]
