"""The admin's screens about vocabularies, for editors: merging terms, and their order."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test

from practices.admin.vocabularies.forms import MergeForm
from practices.models import Term, Vocabulary
from practices.services.vocabularies import merging
from practices.services.vocabularies.permissions import may_manage_terms
from practices.services.vocabularies.selectors import preview, tree

EDIT = "termen_modeladmin_edit"
UP, DOWN = "omhoog", "omlaag"

View = Callable[..., HttpResponse]

for_editors: Callable[[View], View] = user_passes_test(may_manage_terms)
"""Refuses everybody else, as Wagtail refuses."""


@for_editors
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a term, see what will change, confirm."""
    term = get_object_or_404(Term, pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    form = MergeForm(asked if "naar" in asked or request.method == "POST" else None, term=term)
    if not form.is_valid():
        return _choose(request, term, form)
    into = form.cleaned_data["naar"]
    if request.method != "POST":
        context = {"term": term, "into": into, "preview": preview(term, into)}
        return TemplateResponse(request, "practices/admin/vocabularies/preview.html", context)
    try:
        merged = merging.merge(term=term.pk, into=into.pk, user=_user(request))
    except merging.MergeError as error:
        form.add_error("naar", str(error))
        return _choose(request, term, form)
    text = ngettext(
        "“%(term)s” is merged into “%(into)s”, in %(number)d practice.",
        "“%(term)s” is merged into “%(into)s”, in %(number)d practices.",
        merged.practices,
    )
    names = {"term": merged.label, "into": merged.into.label, "number": merged.practices}
    messages.success(request, text % names)
    return redirect(EDIT, merged.into.pk)


@for_editors
def vocabularies(request: HttpRequest) -> HttpResponse:
    """All vocabularies, each with its terms in order."""
    terms: dict[str, list[Term]] = {}
    for term in Term.objects.all():
        terms.setdefault(term.vocabulary, []).append(term)
    rows = [(vocabulary, tree(terms.get(vocabulary, []))) for vocabulary in Vocabulary]
    return TemplateResponse(request, "practices/admin/vocabularies/list.html", {"rows": rows})


@for_editors
def order(request: HttpRequest, vocabulary: str) -> HttpResponse:
    """The terms of one vocabulary, with buttons that move them."""
    if vocabulary not in Vocabulary.values:
        raise Http404
    if request.method == "POST":
        return _move(request, vocabulary)
    moved = request.GET.get("verplaatst", "")
    context = {
        "vocabulary": Vocabulary(vocabulary),
        "branches": tree(Term.objects.filter(vocabulary=vocabulary)),
        "moved": int(moved) if moved.isdecimal() else 0,
        "up": request.GET.get("kant") == UP,
    }
    return TemplateResponse(request, "practices/admin/vocabularies/order.html", context)


def _choose(request: HttpRequest, term: Term, form: MergeForm) -> HttpResponse:
    status = 400 if form.is_bound else 200
    context = {"term": term, "form": form}
    return TemplateResponse(
        request, "practices/admin/vocabularies/merge.html", context, status=status
    )


def _move(request: HttpRequest, vocabulary: str) -> HttpResponse:
    side = UP if UP in request.POST else DOWN
    key = request.POST.get(side, "")
    term = Term.objects.filter(vocabulary=vocabulary, pk=int(key) if key.isdecimal() else 0).first()
    address = reverse("practices_vocabularies:order", args=[vocabulary])
    if term is None or not merging.move(term=term.pk, up=side == UP, user=_user(request)):
        messages.warning(request, _("This term could not be moved. Here is the order of now."))
        return redirect(address)
    messages.success(request, _("“%(term)s” has moved.") % {"term": term.label})
    # The button gets the focus again, so that a keyboard goes on where it was.
    return redirect(f"{address}?{urlencode({'verplaatst': term.pk, 'kant': side})}")


def _user(request: HttpRequest) -> User:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
