"""The registers in the admin: municipalities, terms, synonyms. For editors only."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin import display
from django.contrib.auth.models import User
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from practices.admin.form_fields import MunicipalitiesField
from practices.admin.reorganisation.hooks import menu_item as reorganisations
from practices.models import Municipality, SynonymGroup, Term
from practices.services.vocabularies.permissions import may_manage_terms
from practices.services.vocabularies.selectors import with_counts


class RetiredNotDeleted(PermissionHelper):
    """Practices hang on these rows, so nobody deletes them: they are retired or merged."""

    def user_can_delete_obj(self, user: User, obj: Model) -> bool:
        return False


class MunicipalityForm(WagtailAdminModelForm):
    """Takes the neighbours by name: there are too many municipalities to choose from."""

    neighbours = MunicipalitiesField(
        label=_("Neighbours"),
        required=False,
        help_text=_("One name a line."),
    )


class MunicipalityAdmin(ModelAdmin):
    """Municipalities with their aliases and neighbours."""

    model = Municipality
    permission_helper_class = RetiredNotDeleted
    base_url_path = "gemeenten"
    menu_icon = "home"
    menu_label = _("Municipalities")
    list_display = (
        "name",
        "code",
        "province",
        "inhabitants",
        "urbanity",
        "practices_count",
        "went_into",
    )
    list_select_related = ("merged_into",)
    list_filter = ("province", "urbanity")
    list_export = (
        "code",
        "name",
        "province_name",
        "inhabitants",
        "inhabitants_on",
        "urbanity",
        "practices_count",
    )
    export_filename = "gemeenten"
    search_fields = ("name", "code", "aliases__name")
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("code"), FieldPanel("slug")]),
                    FieldPanel("name"),
                    InlinePanel("aliases", label=_("alias")),
                ],
                heading=_("Names"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("province"),
                    FieldRowPanel([FieldPanel("inhabitants"), FieldPanel("inhabitants_on")]),
                    FieldPanel("urbanity"),
                    FieldRowPanel([FieldPanel("x"), FieldPanel("y")]),
                    FieldPanel("neighbours"),
                ],
                heading=_("Facts (source: CBS)"),
            ),
        ],
        base_form_class=MunicipalityForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Municipality]:
        """With the number of practices, drafts included."""
        return super().get_queryset(request).annotate(number=Count("practices", distinct=True))

    @display(description=_("practices"))
    def practices_count(self, municipality: Any) -> str:
        """How many practices the municipality has, drafts included; as text, so that 0 shows."""
        return str(municipality.number)

    @display(description=_("went into"))
    def went_into(self, municipality: Municipality) -> str:
        """The municipality that it is part of since a reorganisation."""
        return municipality.merged_into.name if municipality.merged_into else ""

    @display(description=_("province"))
    def province_name(self, municipality: Municipality) -> str:
        """The name, where an export would give the code."""
        return municipality.get_province_display()


class BroaderTermField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Names the vocabulary too, because terms of two vocabularies can have the same name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_vocabulary_display()}: {obj.label}"


class TermForm(WagtailAdminModelForm):
    """Offers only terms that may stand above another."""

    parent = BroaderTermField(
        queryset=Term.objects.filter(parent=None),
        required=False,
        label=_("Broader term"),
        help_text=Term._meta.get_field("parent").help_text,
    )


class TermButtons(ButtonHelper):
    """The usual buttons beside a term, and the one that merges it."""

    def get_buttons_for_obj(self, obj: Any, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """The buttons of one term."""
        buttons = super().get_buttons_for_obj(obj, *args, **kwargs)
        if may_manage_terms(self.request.user):
            merge = {
                "url": reverse("practices_vocabularies:merge", args=[obj.pk]),
                "label": gettext("Merge"),
                "title": gettext("Merge “%(term)s” into another term") % {"term": obj.label},
                "classname": self.finalise_classname(["button-secondary", "button-small"]),
            }
            buttons.append(merge)
        return buttons


class TermAdmin(ModelAdmin):
    """The terms of all vocabularies."""

    model = Term
    button_helper_class = TermButtons
    index_template_name = "practices/admin/vocabularies/index.html"
    edit_template_name = "practices/admin/vocabularies/edit.html"
    permission_helper_class = RetiredNotDeleted
    base_url_path = "termen"
    menu_icon = "tag"
    menu_label = _("Terms")
    list_display = ("label", "vocabulary", "parent", "state", "practices_count")
    list_filter = ("vocabulary", "is_active")
    list_select_related = ("parent",)
    list_export = ("vocabulary", "slug", "label", "definition", "parent", "position", "is_active")
    export_filename = "termen"
    search_fields = ("label", "slug", "definition")
    edit_handler = ObjectList(
        [
            FieldPanel("vocabulary"),
            FieldRowPanel([TitleFieldPanel("label", targets=["slug"]), FieldPanel("slug")]),
            FieldPanel("definition"),
            FieldPanel("parent"),
            FieldRowPanel([FieldPanel("position"), FieldPanel("is_active")]),
        ],
        base_form_class=TermForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Term]:
        """With the number of practices, drafts included."""
        return with_counts(super().get_queryset(request))

    @display(description=_("practices"))
    def practices_count(self, term: Any) -> str:
        """How many practices have the term itself; as text, so that 0 shows."""
        return str(term.number)

    @display(description=_("state"))
    def state(self, term: Term) -> str:
        """In words, because Django's picture for it is not among Wagtail's files."""
        return gettext("active") if term.is_active else gettext("retired")


class SynonymAdmin(ModelAdmin):
    """Groups of words that help to find each other."""

    model = SynonymGroup
    base_url_path = "synoniemen"
    menu_icon = "comment"
    menu_label = _("Synonyms")
    list_display = ("__str__", "kind")
    list_filter = ("kind",)
    list_export = ("words", "kind")
    export_filename = "synoniemen"
    search_fields = ("words",)
    panels: ClassVar = [FieldPanel("kind"), FieldPanel("words")]


class RegisterGroup(ModelAdminGroup):
    """The registers under one item of the menu; it is absent for who may see none of them."""

    menu_label = _("Registers")
    menu_item_name = "registers"
    menu_icon = "list-ul"
    menu_order = 300
    items = (MunicipalityAdmin, TermAdmin, SynonymAdmin)

    def get_submenu_items(self) -> list[MenuItem]:
        """With what is no list of rows to edit."""
        items = super().get_submenu_items()
        return [*items, reorganisations(order=len(items) + 1)]
