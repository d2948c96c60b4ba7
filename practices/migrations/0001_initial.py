import functools
import secrets

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

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
                    models.BinaryField(default=functools.partial(secrets.token_bytes, *(32,))),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MunicipalityIndexPage",
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
                    "introduction",
                    wagtail.fields.RichTextField(blank=True, verbose_name="introduction"),
                ),
            ],
            options={
                "verbose_name": "list of municipalities",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="RegisterStamp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="SignpostIndexPage",
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
                    "introduction",
                    wagtail.fields.RichTextField(blank=True, verbose_name="introduction"),
                ),
            ],
            options={
                "verbose_name": "list of WegWijzers",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        help_text="One word or phrase a line. Each of them finds all the others.",
                        verbose_name="words",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonyms",
                "verbose_name_plural": "synonyms",
                "ordering": ("words",),
            },
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
            name="Consideration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cell", models.CharField(max_length=300)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("introduced_at", models.DateTimeField(null=True)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.consideration",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.consideration",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="IntroductionAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "says",
                    models.CharField(
                        blank=True,
                        choices=[("", "no answer yet"), ("ja", "yes"), ("nee", "no")],
                        max_length=3,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consideration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="practices.consideration",
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="practices.introduction",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=6,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^GM\\d{4}\\Z", "Give GM and four digits, such as GM0513."
                            )
                        ],
                        verbose_name="CBS code",
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                (
                    "province",
                    models.CharField(
                        choices=[
                            ("PV20", "Groningen"),
                            ("PV21", "Fryslân"),
                            ("PV22", "Drenthe"),
                            ("PV23", "Overijssel"),
                            ("PV24", "Flevoland"),
                            ("PV25", "Gelderland"),
                            ("PV26", "Utrecht"),
                            ("PV27", "Noord-Holland"),
                            ("PV28", "Zuid-Holland"),
                            ("PV29", "Zeeland"),
                            ("PV30", "Noord-Brabant"),
                            ("PV31", "Limburg"),
                        ],
                        max_length=4,
                        verbose_name="province",
                    ),
                ),
                (
                    "inhabitants",
                    models.PositiveIntegerField(
                        help_text="Source: CBS.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="inhabitants",
                    ),
                ),
                (
                    "inhabitants_on",
                    models.DateField(verbose_name="reference date of the number of inhabitants"),
                ),
                (
                    "urbanity",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "1 – very strongly urban"),
                            (2, "2 – strongly urban"),
                            (3, "3 – moderately urban"),
                            (4, "4 – hardly urban"),
                            (5, "5 – not urban"),
                        ],
                        help_text="Class of CBS. Leave empty if CBS gives none.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="urbanity",
                    ),
                ),
                (
                    "x",
                    models.PositiveIntegerField(
                        help_text="RD New (EPSG:28992), in metres.", verbose_name="x"
                    ),
                ),
                (
                    "y",
                    models.PositiveIntegerField(
                        help_text="RD New (EPSG:28992), in metres.", verbose_name="y"
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="practices.municipality",
                        verbose_name="went into",
                    ),
                ),
                (
                    "neighbours",
                    models.ManyToManyField(
                        blank=True, to="practices.municipality", verbose_name="neighbours"
                    ),
                ),
            ],
            options={
                "verbose_name": "municipality",
                "verbose_name_plural": "municipalities",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=150, verbose_name="e-mail address"),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("mailed_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipalities",
                    models.ManyToManyField(
                        related_name="+", to="practices.municipality", verbose_name="municipalities"
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ("-made_at", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="consideration",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="practices.municipality",
            ),
        ),
        migrations.CreateModel(
            name="MunicipalityAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="also called")),
                (
                    "municipality",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="practices.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "alias",
                "verbose_name_plural": "aliases",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="MunicipalityGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "collection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="municipality_link",
                        to="wagtailcore.collection",
                    ),
                ),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="municipality_link",
                        to="auth.group",
                    ),
                ),
                (
                    "municipality",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="officials",
                        to="practices.municipality",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MunicipalityPage",
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
                    "introduction",
                    wagtail.fields.RichTextField(blank=True, verbose_name="introduction"),
                ),
                (
                    "municipality",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="page",
                        to="practices.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "municipality page",
                "verbose_name_plural": "municipality pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="PracticePage",
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
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="What did you do, for whom, and what came of it? At most 300 characters.",
                        max_length=300,
                        verbose_name="summary",
                    ),
                ),
                (
                    "start_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1950),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="start year",
                    ),
                ),
                (
                    "end_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1950),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="end year",
                    ),
                ),
                ("is_running", models.BooleanField(default=False, verbose_name="still running")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pilot", "pilot"),
                            ("lopend", "running"),
                            ("afgerond", "finished"),
                            ("gestopt", "stopped"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "duration",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="Of one meeting.",
                        max_digits=5,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0.5)],
                        verbose_name="length",
                    ),
                ),
                (
                    "duration_unit",
                    models.CharField(
                        blank=True,
                        choices=[("uur", "hours"), ("dagdeel", "dayparts")],
                        max_length=8,
                        verbose_name="unit",
                    ),
                ),
                (
                    "meetings",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="number of meetings",
                    ),
                ),
                (
                    "group_size",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How many participants were there at once?",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="group size",
                    ),
                ),
                (
                    "approach",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What did you do, and in what order? Name no persons.",
                        verbose_name="approach",
                    ),
                ),
                (
                    "networks",
                    models.TextField(
                        blank=True,
                        help_text="For instance a care network or a neighbourhood meeting.",
                        verbose_name="existing networks that were used",
                    ),
                ),
                (
                    "local_stakes",
                    models.TextField(
                        blank=True,
                        help_text="Name no persons or addresses.",
                        verbose_name="what was at stake locally",
                    ),
                ),
                (
                    "in_action_plan",
                    models.BooleanField(
                        blank=True,
                        choices=[(None, "unknown"), (True, "yes"), (False, "no")],
                        null=True,
                        verbose_name="part of an action plan",
                    ),
                ),
                (
                    "exploratory_study",
                    models.CharField(
                        blank=True,
                        choices=[("vooraf", "before"), ("achteraf", "after"), ("geen", "no study")],
                        max_length=10,
                        verbose_name="exploratory study",
                    ),
                ),
                (
                    "municipality_took_part",
                    models.BooleanField(
                        blank=True,
                        choices=[(None, "unknown"), (True, "yes"), (False, "no")],
                        null=True,
                        verbose_name="the municipality itself took part as host",
                    ),
                ),
                (
                    "participants_reached",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="participants reached",
                    ),
                ),
                (
                    "evaluation",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What do you know of the results, and how?",
                        verbose_name="evaluation",
                    ),
                ),
                ("contact_name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                (
                    "contact_function",
                    models.CharField(blank=True, max_length=100, verbose_name="function"),
                ),
                (
                    "contact_email",
                    models.EmailField(
                        blank=True,
                        help_text="Never shown: visitors write to you through a form.",
                        max_length=254,
                        verbose_name="e-mail address",
                    ),
                ),
                (
                    "is_fictional",
                    models.BooleanField(default=False, editable=False, verbose_name="fictional"),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="practices.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "partner_municipalities",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Municipalities that did this together with you.",
                        related_name="+",
                        to="practices.municipality",
                        verbose_name="partner municipalities",
                    ),
                ),
            ],
            options={
                "verbose_name": "practice",
                "verbose_name_plural": "practices",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="PracticeLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("url", models.URLField(max_length=500, verbose_name="address")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="practices.practicepage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PracticeDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="practices.practicepage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Overrule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.SlugField(max_length=60, verbose_name="rule")),
                ("reason", models.TextField(max_length=500, verbose_name="reason")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overrules",
                        to="practices.practicepage",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "overruled contradiction",
                "verbose_name_plural": "overruled contradictions",
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("werkte", "Worked"),
                            ("werkte_niet", "Did not work"),
                            ("tip", "Tip"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Write it so that another municipality can use it.",
                        verbose_name="lesson",
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=6)),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lessons",
                        to="practices.practicepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "lesson",
                "verbose_name_plural": "lessons",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("updated", "updated"),
                            ("confirmed", "confirmed"),
                            ("retired", "archived"),
                        ],
                        max_length=10,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("parts", models.JSONField(default=list)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="history",
                        to="practices.practicepage",
                    ),
                ),
            ],
            options={
                "ordering": ("happened_at", "pk"),
            },
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
                (
                    "carried_out_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reorganisation",
                "verbose_name_plural": "reorganisations",
                "ordering": ("-takes_effect_on", "-pk"),
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
            },
        ),
        migrations.CreateModel(
            name="ReviewReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("number", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField()),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.practicepage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="ReviewTaskState",
            fields=[
                (
                    "taskstate_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.taskstate",
                    ),
                ),
                ("version", models.CharField(editable=False, max_length=64)),
                ("renewed", models.JSONField(default=dict, editable=False)),
                ("checklist", models.JSONField(default=dict, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken by",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
            },
            bases=("wagtailcore.taskstate",),
        ),
        migrations.CreateModel(
            name="SignpostPage",
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
                    "code",
                    models.CharField(
                        help_text="WW, the number in the year and the year: WW0109 is the first of 2009.",
                        max_length=6,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^WW\\d{4}\\Z", "Give WW and four digits, such as WW0109."
                            )
                        ],
                        verbose_name="search code",
                    ),
                ),
                ("date", models.DateField(verbose_name="date")),
                (
                    "introduction",
                    models.TextField(blank=True, max_length=500, verbose_name="introduction"),
                ),
                ("body", wagtail.fields.RichTextField(verbose_name="text")),
                (
                    "practices",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        related_name="signposts",
                        to="practices.practicepage",
                        verbose_name="related practices",
                    ),
                ),
            ],
            options={
                "verbose_name": "WegWijzer",
                "verbose_name_plural": "WegWijzers",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="SignpostLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("url", models.URLField(max_length=500, verbose_name="address")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="practices.signpostpage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignpostDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="practices.signpostpage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignpostPublication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "publisher",
                    models.CharField(blank=True, max_length=150, verbose_name="publisher"),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year"),
                ),
                (
                    "where",
                    models.CharField(
                        blank=True,
                        help_text="For instance: at Nuansa.",
                        max_length=200,
                        verbose_name="where to get it",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="practices.signpostpage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("query", models.TextField(blank=True)),
                (
                    "frequency",
                    models.CharField(
                        choices=[("dag", "at most once a day"), ("week", "at most once a week")],
                        default="week",
                        max_length=4,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(db_index=True, null=True)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("email", "query"), name="subscription_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at", None),
                            models.Q(("confirmed_at", None), _negated=True),
                            _connector="OR",
                        ),
                        name="subscription_mails_only_who_said_yes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alerted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.practicepage",
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerted",
                        to="practices.subscription",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Term",
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
                        verbose_name="vocabulary",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="Stands in the address of a search. Change it only if you must.",
                        max_length=60,
                        verbose_name="slug",
                    ),
                ),
                ("label", models.CharField(max_length=100, verbose_name="name")),
                (
                    "definition",
                    models.TextField(
                        help_text="One or two sentences in plain Dutch.", verbose_name="definition"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Switch off to retire the term: it stays on old practices.",
                        verbose_name="active",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="A learning goal stands under a theme; other terms under one of their own kind.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="practices.term",
                        verbose_name="broader term",
                    ),
                ),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "ordering": ("vocabulary", "position", "label"),
            },
        ),
        migrations.AddField(
            model_name="practicepage",
            name="compositions",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                limit_choices_to={"vocabulary": "samenstelling"},
                related_name="+",
                to="practices.term",
                verbose_name="Group composition",
            ),
        ),
        migrations.AddField(
            model_name="practicepage",
            name="deliveries",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="Who gave it?",
                limit_choices_to={"vocabulary": "uitvoering"},
                related_name="+",
                to="practices.term",
                verbose_name="Delivery",
            ),
        ),
        migrations.AddField(
            model_name="practicepage",
            name="formats",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="A training takes two or more dayparts and practises skills; a meeting informs.",
                limit_choices_to={"vocabulary": "vorm"},
                related_name="+",
                to="practices.term",
                verbose_name="Format",
            ),
        ),
        migrations.AddField(
            model_name="practicepage",
            name="policy_fields",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                limit_choices_to={"vocabulary": "beleidsveld"},
                related_name="+",
                to="practices.term",
                verbose_name="Policy field",
            ),
        ),
        migrations.AddField(
            model_name="practicepage",
            name="radicalisation_types",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                limit_choices_to={"vocabulary": "soort"},
                related_name="+",
                to="practices.term",
                verbose_name="Radicalisation type",
            ),
        ),
        migrations.AddField(
            model_name="practicepage",
            name="target_groups",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                limit_choices_to={"vocabulary": "doelgroep"},
                related_name="+",
                to="practices.term",
                verbose_name="Target group",
            ),
        ),
        migrations.AddField(
            model_name="practicepage",
            name="themes",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                limit_choices_to={"vocabulary": "thema"},
                related_name="+",
                to="practices.term",
                verbose_name="Theme",
            ),
        ),
        migrations.AddField(
            model_name="practicepage",
            name="working_methods",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                limit_choices_to={"vocabulary": "werkvorm"},
                related_name="+",
                to="practices.term",
                verbose_name="Working method",
            ),
        ),
        migrations.CreateModel(
            name="GoalOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("measure", models.TextField(blank=True, verbose_name="how it was measured")),
                (
                    "reached",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ja", "yes"),
                            ("deels", "partly"),
                            ("nee", "no"),
                            ("niet_gemeten", "not measured"),
                        ],
                        help_text="Leave empty if you do not know.",
                        max_length=12,
                        verbose_name="reached",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goal_outcomes",
                        to="practices.practicepage",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        limit_choices_to={"vocabulary": "leerdoel"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.term",
                        verbose_name="learning goal",
                    ),
                ),
            ],
            options={
                "verbose_name": "learning goal",
                "verbose_name_plural": "learning goals",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
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
        ),
        migrations.CreateModel(
            name="Trainer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=150, verbose_name="organisation"),
                ),
                (
                    "brought",
                    models.TextField(
                        blank=True,
                        help_text="What did this trainer add to the others?",
                        verbose_name="what the combination brought",
                    ),
                ),
                (
                    "expertises",
                    modelcluster.fields.ParentalManyToManyField(
                        help_text="Choose one or more.",
                        limit_choices_to={"vocabulary": "expertise"},
                        related_name="+",
                        to="practices.term",
                        verbose_name="expertise",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trainers",
                        to="practices.practicepage",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"vocabulary": "uitvoering"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practices.term",
                        verbose_name="kind of provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "trainer",
                "verbose_name_plural": "trainers",
                "ordering": ["sort_order"],
                "abstract": False,
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
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.UniqueConstraint(
                fields=("first", "second"), name="introduction_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))),
                name="introduction_in_one_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="introductionanswer",
            constraint=models.UniqueConstraint(
                fields=("introduction", "consideration"), name="introduction_answer_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="introductionanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("says__in", ["", "ja", "nee"])),
                name="introduction_answer_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^GM[0-9]{4}$")), name="municipality_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("inhabitants__gt", 0)), name="municipality_has_inhabitants"
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("urbanity__isnull", True), ("urbanity__range", (1, 5)), _connector="OR"
                ),
                name="municipality_urbanity_class",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "province__in",
                        [
                            "PV20",
                            "PV21",
                            "PV22",
                            "PV23",
                            "PV24",
                            "PV25",
                            "PV26",
                            "PV27",
                            "PV28",
                            "PV29",
                            "PV30",
                            "PV31",
                        ],
                    )
                ),
                name="municipality_province",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("used_at", None),
                    ("withdrawn_at", None),
                    models.Q(("email", ""), _negated=True),
                ),
                fields=("email",),
                name="invitation_one_for_each_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="consideration",
            constraint=models.UniqueConstraint(
                fields=("municipality", "cell"), name="consideration_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="municipalityalias",
            constraint=models.UniqueConstraint(
                fields=("municipality", "name"), name="alias_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="overrule",
            constraint=models.UniqueConstraint(
                fields=("practice", "rule"), name="overrule_unique_rule"
            ),
        ),
        migrations.AddConstraint(
            model_name="overrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="overrule_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["werkte", "werkte_niet", "tip"])),
                name="lesson_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True), name="lesson_has_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.UniqueConstraint(fields=("page", "key"), name="lesson_unique_key"),
        ),
        migrations.AddConstraint(
            model_name="historyentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("kind", "retired")),
                fields=("page",),
                name="history_retired_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("new__isnull", False),
                    models.Q(("new_code", ""), _negated=True),
                    _connector="OR",
                ),
                name="reorganisation_has_new",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicemove",
            constraint=models.UniqueConstraint(
                fields=("reorganisation", "page"), name="practice_move_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewreminder",
            constraint=models.UniqueConstraint(
                fields=("page", "since", "number"), name="review_reminder_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="signpostpage",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^WW[0-9]{4}$")), name="signpost_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="alerted",
            constraint=models.UniqueConstraint(
                fields=("subscription", "practice"), name="alerted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(
                fields=("vocabulary", "slug"), name="term_unique_slug"
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "vocabulary__in",
                        [
                            "vorm",
                            "soort",
                            "thema",
                            "leerdoel",
                            "doelgroep",
                            "samenstelling",
                            "beleidsveld",
                            "uitvoering",
                            "expertise",
                            "werkvorm",
                        ],
                    )
                ),
                name="term_known_vocabulary",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="term_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start_year__lte", models.F("end_year")),
                    ("start_year__isnull", True),
                    ("end_year__isnull", True),
                    _connector="OR",
                ),
                name="practice_years_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_year__isnull", True), ("is_running", False), _connector="OR"
                ),
                name="practice_running_has_no_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start_year__isnull", True),
                    ("start_year__range", (1950, 2100)),
                    _connector="OR",
                ),
                name="practice_start_year_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_year__isnull", True), ("end_year__range", (1950, 2100)), _connector="OR"
                ),
                name="practice_end_year_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("duration__isnull", True), ("duration__gt", 0), _connector="OR"
                ),
                name="practice_duration_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("meetings__isnull", True), ("meetings__gt", 0), _connector="OR"
                ),
                name="practice_meetings_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("group_size__isnull", True), ("group_size__gt", 0), _connector="OR"
                ),
                name="practice_group_size_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("participants_reached__isnull", True),
                    ("participants_reached__gt", 0),
                    _connector="OR",
                ),
                name="practice_participants_reached_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="goaloutcome",
            constraint=models.UniqueConstraint(fields=("page", "goal"), name="outcome_unique_goal"),
        ),
        migrations.AddConstraint(
            model_name="formervalue",
            constraint=models.UniqueConstraint(
                fields=("vocabulary", "slug"), name="former_value_unique_slug"
            ),
        ),
    ]
