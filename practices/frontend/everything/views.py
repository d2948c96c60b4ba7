"""Any search box: a code leads to its WegWijzer, everything else finds on the whole site."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from practices.frontend.everything.page import everything
from practices.frontend.rendering import render
from practices.frontend.search.searching import asked_text, searching, without_search
from practices.frontend.search.unanswered import note_if_nothing_found
from practices.frontend.search.views import signpost_of, unknown_code
from practices.indexes.registers import Registers
from practices.models.signposts import read_code
from search.questions.query import MAX_TEXT


@searching(otherwise=without_search)
def search(request: HttpRequest, known: Registers) -> HttpResponse:
    """What a text finds, by kind."""
    text = asked_text(request)[:MAX_TEXT]
    if not text:
        return render(request, "practices/frontend/everything/page.html", {})
    code = read_code(text)
    if code and (address := signpost_of(code)):
        return HttpResponseRedirect(address)
    found = everything(text, known, request)
    context = {"found": found, "unknown": unknown_code(code) if code else ""}
    response = render(request, "practices/frontend/everything/page.html", context)
    note_if_nothing_found(request, response, found.practices)
    return response
