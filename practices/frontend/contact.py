"""A message to the contact of a practice, whose e-mail address nobody gets to see."""

from time import time
from typing import Any

from django import forms
from django.core import signing
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from practices.addresses import absolute
from practices.frontend.moved import follows_moves
from practices.frontend.pages.practice import PracticeView
from practices.frontend.rendering import render
from practices.limits import HOUR, allow, client_address, mailbox, shared
from practices.models import PracticePage
from practices.selectors import Parts, public_pages
from practices.services.mails.making import mail, signature
from practices.services.mails.queue import put

TIMES_AN_HOUR = 5
QUICKEST = 3
"""Seconds: nobody reads and fills in the form faster."""
LONGEST = 24 * HOUR
SALT = "practices.contact"
TOO_MANY = gettext_lazy(
    "You have sent several messages in a short time. Wait an hour and try again."
)


class ContactForm(forms.Form):
    """Who asks what; the subject is that of the practice."""

    required_css_class = "required"

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=100)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=150,
        help_text=gettext_lazy("The contact answers to this address."),
    )
    message = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"), required=False, max_length=200
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    def clean_name(self) -> str:
        """One line: a name has no line breaks or other control characters."""
        name: str = self.cleaned_data["name"]
        if not name.isprintable():
            raise forms.ValidationError(_("Write your name on one line."))
        return name

    def clean_website(self) -> str:
        """The field that only robots fill in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty: it keeps robots out."))
        return ""

    def clean(self) -> dict[str, Any]:
        """Refuse what was sent quicker than a person can, or from a form of long ago."""
        age = _age(self.cleaned_data.get("token", ""))
        if age is None or age > LONGEST:
            raise forms.ValidationError(_("This form had expired. Send it once more."))
        if age < QUICKEST:
            raise forms.ValidationError(_("That went very quickly. Send it once more."))
        return self.cleaned_data


@never_cache
@csrf_protect
@follows_moves
def ask(request: HttpRequest, municipality: str, practice: str) -> HttpResponse:
    """The form, and the message that is relayed by it."""
    view = _practice(municipality, practice)
    form = ContactForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = _relay(request, view, form) if form.is_valid() else 400
        if status == 200:
            return redirect("practices:contact-sent", municipality, practice)
    context = {"practice": view, "form": form, "token": _token_for(form)}
    return render(request, "practices/frontend/contact/form.html", context, status=status)


@follows_moves
def sent(request: HttpRequest, municipality: str, practice: str) -> HttpResponse:
    """Says that the message is on its way."""
    context = {"practice": _practice(municipality, practice)}
    return render(request, "practices/frontend/contact/sent.html", context)


def _practice(municipality: str, practice: str) -> PracticeView:
    """A public practice with a contact who can be reached; a 404 for all else."""
    pages = public_pages(PracticePage).select_related("municipality")
    page = pages.filter(municipality__slug=municipality, slug=practice).first()
    if page is None or not page.contact_email:
        raise Http404
    return PracticeView(page, (), Parts())


def _relay(request: HttpRequest, view: PracticeView, form: ContactForm) -> int:
    """Queue the message once; the status of the answer, with the reason in the form."""
    data = form.cleaned_data
    cache, once = shared(), f"relayed:{data['token'].rpartition(':')[2]}"
    if not cache.add(once, 1, LONGEST):
        return 200
    limits = (("relay-from", mailbox(data["email"])), ("relay-by", client_address(request)))
    if not all(allow(action, who, times=TIMES_AN_HOUR) for action, who in limits):
        form.add_error(None, str(TOO_MANY))
        cache.delete(once)
        return 429
    put(_message(view, data), kind="contact", key=view.page.pk)
    return 200


def _message(view: PracticeView, data: dict[str, Any]) -> EmailMessage:
    subject = _("Question about your practice: %(title)s") % {"title": view.page.title}
    context = {**data, "practice": view, "url": absolute(view.address), **signature()}
    return mail(
        to=view.page.contact_email,
        subject=subject,
        body=render_to_string("practices/frontend/contact/message.txt", context),
        reply_to=[data["email"]],
    )


def _token_for(form: ContactForm) -> str:
    """The token that a form came with, as long as it is good, so that a correction may be quick."""
    token: str = form.data.get("token", "")
    age = _age(token)
    if age is not None and age <= LONGEST:
        return token
    return signing.dumps([round(time()), get_random_string(12)], salt=SALT)


def _age(token: str) -> int | None:
    """The seconds since a token was made; None when it is not ours."""
    try:
        made: int = signing.loads(token, salt=SALT)[0]
    except signing.BadSignature:
        return None
    return round(time()) - made
