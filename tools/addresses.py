"""Every kind of public page of the demo site, and the states that an address leads to."""

PRACTICE = "/gemeenten/amsterdam/training-jongerenwerkers/"
CONTACT = f"{PRACTICE}contact/"
"""Only there once the practice has somebody to write to."""
LISTED = (
    "/", "/praktijken/", "/gemeenten/", "/gemeenten/gouda/", "/gemeenten/zoetermeer/",
    "/gemeenten/gouda/vergelijkbaar/", "/lessen/", "/wegwijzers/", "/wegwijzers/ww0109/",
    "/over-wegwijzer/", "/vraag-en-antwoord/", "/toegankelijkheid/", "/privacy/", "/colofon/",
    "/invulformulier/", "/api/v1/", PRACTICE,
)  # fmt: skip
"""Pages that search engines may list; each stands at its canonical address."""
STATES = (
    "/praktijken/?q=jongerenwerkers&vorm=training", "/praktijken/?q=xyzzy",
    "/praktijken/?q=training+wethouders+moskee",
    "/praktijken/?vorm=bestaat-niet&pagina=99",
    "/lessen/?q=islam&les=werkte", "/lessen/?q=xyzzy", "/lessen/kies/les/", "/lessen/1-bbbbbb/",
    "/praktijken/?trainerspaar=islam-en-orthodoxie.rechtsextremisme", "/praktijken/kies/gemeente/",
    "/praktijken/kies/gemeente/?zoek=xyzzy", "/praktijken/kaart/", "/praktijken/kaart/?q=xyzzy",
    "/praktijken/witte-vlekken/", "/praktijken/witte-vlekken/?q=xyzzy", "/praktijken/vergelijk/",
    "/volgen/?vorm=training", "/volgen/", "/volgen/verstuurd/", "/volgen/bevestig/onzin/",
    "/volgen/stop/onzin/", "/klopt-nog/onzin/", "/uitnodiging/", "/bestaat-niet/", "/stijl/",

)  # fmt: skip
ADMIN = ("/beheer/login/", "/beheer/password_reset/")
PAGES = (*LISTED, *STATES, *ADMIN)
