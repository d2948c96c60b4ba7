"""The pages of following a search: the form, saying yes, and stopping."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from practices.frontend.moved import moved_values
from practices.frontend.rendering import render
from practices.frontend.search.searching import read_search
from practices.indexes import registers
from practices.indexes.searching import ADDRESSES, sort_labels
from practices.limits import allow, client_address, mailbox
from practices.models import Frequency
from practices.services.alerts import subscriptions
from practices.services.alerts.links import DAYS, read_confirm, read_stop
from search.questions.query import Query, parse
from search.results.presenter import search_title

TO_ONE_MAILBOX, BY_ONE_CLIENT = 5, 10
"""Questions an hour: nobody fills somebody else's mailbox with them."""
TOO_MANY = gettext_lazy("That was asked very often. Wait an hour and try again.")

for_all = require_http_methods(["GET", "HEAD", "POST"])


class FollowForm(forms.Form):
    """Where to mail, and how often."""

    required_css_class = "required"

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Frequency, initial=Frequency.WEEKLY
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        """The field that only robots fill in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty: it keeps robots out."))
        return ""


@never_cache
@csrf_protect
@for_all
def follow(request: HttpRequest) -> HttpResponse:
    """The form for the search in the address; a POST mails the question."""
    known = registers.current()
    if moved := moved_values(request, known.former):
        return moved
    asked, notices = read_search(request, known)
    query = Query(asked.text, asked.chosen)
    what = search_title(query, known.facets)
    form = FollowForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        # Nobody's own words go to an address that did not say yes yet.
        ours = search_title(Query("", asked.chosen), known.facets)
        status = _ask(request, form, query, ours) if form.is_valid() else 400
        if status == 200:
            return redirect("practices:follow-asked")
    context = {"form": form, "what": what, "notices": notices, "days": DAYS}
    context["search_url"] = ADDRESSES.of(query)
    context["has_text"] = bool(query.text)
    context["is_all"] = not (query.text or query.chosen)
    return render(request, "practices/frontend/following/follow.html", context, status=status)


def _what(query_string: str) -> str:
    """A kept search in words, by the registers of today."""
    known = registers.current()
    query, _lost = parse(QueryDict(query_string), known.facets.values(), sort_labels())
    return search_title(query, known.facets)


def _ask(request: HttpRequest, form: FollowForm, query: Query, what: str) -> int:
    data: dict[str, Any] = form.cleaned_data
    if not (
        allow("follow-to", mailbox(data["email"]), times=TO_ONE_MAILBOX)
        and allow("follow-by", client_address(request), times=BY_ONE_CLIENT)
    ):
        form.add_error(None, str(TOO_MANY))
        return 429
    subscriptions.ask(
        email=data["email"],
        query=query.query_string(),
        frequency=data["frequency"],
        what=what,
    )
    return 200


def asked(request: HttpRequest) -> HttpResponse:
    """Says to look in the mail."""
    return render(request, "practices/frontend/following/asked.html", {"days": DAYS})


@never_cache
@csrf_protect
@for_all
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the question; only the button says yes."""
    found = read_confirm(token)
    if found is None:
        return render(
            request, "practices/frontend/following/confirm.html", {"outcome": "unknown"}, status=404
        )
    subscription, frequency = found
    if request.method == "POST":
        subscriptions.confirm(subscription=subscription, frequency=frequency)
    context = {
        "outcome": "done" if request.method == "POST" else "ask",
        "what": _what(subscription.query),
        "how_often": Frequency(frequency).label,
    }
    return render(request, "practices/frontend/following/confirm.html", context)


# A mail program stops the mails with one POST that knows no cookie (RFC 8058).
@csrf_exempt
@never_cache
@for_all
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails: for people a button, for mail programs one request."""
    key = read_stop(token)
    if key is None:
        return render(
            request, "practices/frontend/following/stop.html", {"outcome": "unknown"}, status=404
        )
    if request.method == "POST":
        subscriptions.stop(subscription=key)
    outcome = "done" if request.method == "POST" else "ask"
    return render(request, "practices/frontend/following/stop.html", {"outcome": outcome})
