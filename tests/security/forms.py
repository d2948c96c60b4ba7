"""Fills in a form as a browser does: every field that the page shows, with what it holds."""

from typing import Any

import html5lib


def names_in(html: str) -> set[str]:
    """The names of all fields of a page, those that hold nothing included."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return {name for element in tree.iter() if (name := element.get("name"))}


def fields_of(html: str, action: str = "") -> dict[str, Any]:
    """The names and values of the form that posts to an address; of the longest form otherwise."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    forms = [form for form in tree.iter("form") if (form.get("method") or "").lower() == "post"]
    chosen = [form for form in forms if action and action in (form.get("action") or "")] or forms
    form = max(chosen, key=lambda one: len(list(one.iter())))
    data: dict[str, Any] = {}
    for element in form.iter():
        name = element.get("name")
        if not name or element.tag not in ("input", "select", "textarea"):
            continue
        if element.tag == "textarea":
            data[name] = element.text or ""
        elif element.tag == "select":
            data[name] = [
                option.get("value", "")
                for option in element.iter("option")
                if option.get("selected") is not None
            ]
        elif element.get("type") in ("checkbox", "radio"):
            if element.get("checked") is not None:
                data.setdefault(name, []).append(element.get("value", "on"))
        elif element.get("type") not in ("submit", "file"):
            data[name] = element.get("value", "")
    return data
