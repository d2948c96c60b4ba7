"""Following a search by e-mail: asked, confirmed, told once, stopped."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from practices.indexes.practices import PRACTICES
from practices.models import Alerted, Frequency, Municipality, PracticePage, Subscription, Term
from practices.services.alerts import subscriptions
from practices.services.alerts.links import stop_link
from practices.services.alerts.sending import Round
from search.indexing.rebuild import rebuild
from tests.factories import PracticePageFactory
from tests.mails import delivered

ADDRESS = "kim@gouda.nl"


def published(gouda: Any, title: str, **fields: Any) -> PracticePage:
    fields = {"first_published_at": timezone.now(), **fields}
    page: PracticePage = PracticePageFactory(
        parent=gouda, title=title, last_published_at=timezone.now(), **fields
    )
    rebuild(PRACTICES)
    return page


def follower(query: str = "", **fields: Any) -> Subscription:
    """Somebody who said yes yesterday, and whose turn has come."""
    past = timezone.now() - timedelta(days=1)
    values = {"email": ADDRESS, "confirmed_at": past, "due_at": past, **fields}
    return Subscription.objects.create(query=query, **values)


def mailed(**later: float) -> list[str]:
    """The texts of the mails of one round, so much later."""
    delivered().clear()
    sent = sum(Round(timezone.now() + timedelta(**later)))
    assert sent == len(delivered())
    return [str(one.body) for one in delivered()]


def link_in(text: str, part: str) -> str:
    found = next(one for one in re.findall(r"https?://\S+", text) if part in one)
    return "/" + found.split("/", 3)[3]


def ask(client: Client, query: str = "q=wijk", **data: str) -> Any:
    data = {"email": ADDRESS, "frequency": "dag", **data}
    return client.post(f"/volgen/?{query}", data)


def test_a11_no_words_of_a_stranger_go_to_an_address_that_said_nothing_yet(
    gouda: Any, client: Client
) -> None:
    ask(client, "q=Klik op https://kwaad.example&vorm=training")
    [mail] = delivered()
    assert "kwaad" not in f"{mail.subject} {mail.body}"
    link = link_in(str(mail.body), "bevestig")
    assert "Klik op https://kwaad.example" in client.get(link).content.decode()


def test_from_the_question_to_the_last_mail(gouda: Any, client: Client) -> None:
    old = published(gouda, "Wijkoverleg van vroeger")
    response = ask(client)
    assert response["Location"] == "/volgen/verstuurd/"
    assert "Kijk in uw mail" in client.get("/volgen/verstuurd/").content.decode()
    row = Subscription.objects.get()
    assert (row.email, row.query, row.confirmed_at, row.due_at) == (ADDRESS, "q=wijk", None, None)
    assert mailed(days=2) == [], "nobody is mailed who did not say yes"

    ask(client)
    link = link_in(str(delivered()[-1].body), "bevestig")
    assert "Wilt u deze zoekvraag volgen?" in client.get(link).content.decode()
    assert Subscription.objects.get().confirmed_at is None, "mail programs follow links too"
    assert "U volgt deze zoekvraag" in client.post(link).content.decode()

    published(gouda, "Wijkoverleg van nu")
    published(gouda, "Ontbijt")
    assert mailed(minutes=1) == [], "a day has one mail at most"
    [text] = mailed(days=1, hours=7)
    assert "Wijkoverleg van nu" in text
    assert old.title not in text
    assert "Ontbijt" not in text
    assert mailed(days=2) == []

    [stop] = re.findall(r"<(.+)>", mail_headers(gouda)["List-Unsubscribe"])
    stop = "/" + stop.split("/", 3)[3]
    assert "Stop de mails" in client.get(stop).content.decode()
    assert Subscription.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(stop, {"List-Unsubscribe": "One-Click"})
    assert "verwijderd" in response.content.decode()
    assert not Subscription.objects.exists()
    assert not Alerted.objects.exists()
    assert strict.post(stop).status_code == 200, "to stop twice is no error"


def mail_headers(gouda: Any) -> dict[str, str]:
    published(gouda, "Nog een wijkoverleg")
    mailed(days=3)
    headers = delivered()[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return {name: str(value) for name, value in headers.items()}


def test_who_follows_everything_is_told_so_and_how_to_follow_less(db: None, client: Client) -> None:
    everything = client.get("/volgen/").content.decode()
    assert "Alle nieuwe praktijken" in everything
    assert "Wilt u alleen van een deel horen?" in everything
    some = client.get("/volgen/?q=wijk").content.decode()
    assert "Alle nieuwe praktijken" not in some


def test_a_practice_is_told_once_however_often_it_is_published(gouda: Any) -> None:
    follower()
    page = published(gouda, "Ontbijt")
    assert len(mailed()) == 1
    PracticePage.objects.filter(pk=page.pk).update(last_published_at=timezone.now())
    assert mailed(days=8) == []


def test_what_is_not_public_is_not_told(gouda: Any) -> None:
    follower()
    page = published(gouda, "Ontbijt")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert mailed() == []
    restriction.delete()
    [text] = mailed(days=8)
    assert "Ontbijt" in text


def test_a_merged_term_carries_its_followers_along(gouda: Any) -> None:
    published(gouda, "Vroeger", terms={"formats": ["training"]})
    row = follower("vorm=training")
    term = Term.objects.get(slug="training")
    term.slug = "cursus"
    term.save()
    published(gouda, "Ontbijt", terms={"formats": ["cursus"]})
    [text] = mailed()
    assert "Ontbijt" in text
    row.refresh_from_db()
    assert row.query == "vorm=cursus"


def test_two_searches_that_became_one_don_t_fail(gouda: Any) -> None:
    published(gouda, "Vroeger", terms={"formats": ["training"]})
    follower("vorm=training")
    follower("vorm=cursus")
    term = Term.objects.get(slug="training")
    term.slug = "cursus"
    term.save()
    published(gouda, "Ontbijt", terms={"formats": ["cursus"]})
    assert len(mailed()) == 1
    assert Subscription.objects.get().query == "vorm=cursus"


def test_what_is_in_two_searches_of_one_address_is_told_once(gouda: Any) -> None:
    follower("q=ontbijt")
    follower("gemeente=gouda")
    published(gouda, "Ontbijt")
    published(gouda, "Lunch")
    texts = mailed()
    assert sum(text.count("* Ontbijt") for text in texts) == 1
    assert sum(text.count("* Lunch") for text in texts) == 1


def test_a_value_that_is_gone_does_not_widen_the_search(gouda: Any) -> None:
    follower("vorm=verdwenen")
    published(gouda, "Ontbijt")
    assert mailed() == []


def test_many_new_practices_are_one_mail(gouda: Any) -> None:
    follower()
    for number in range(23):
        PracticePageFactory(
            parent=gouda,
            title=f"Overleg {number}",
            first_published_at=timezone.now(),
            last_published_at=timezone.now(),
        )
    rebuild(PRACTICES)
    [text] = mailed()
    assert delivered()[0].subject == "23 nieuwe praktijken op WegWijzer"
    assert text.count("* Overleg") == 20
    assert "En nog 3." in text
    assert Alerted.objects.count() == 23


def test_the_same_search_is_made_once_for_all(
    gouda: Any, django_assert_max_num_queries: Any
) -> None:
    published(gouda, "Ontbijt")
    past = timezone.now() - timedelta(days=1)
    Subscription.objects.bulk_create(
        Subscription(email=f"v{one}@a.nl", query="", confirmed_at=past, due_at=past)
        for one in range(20)
    )
    mailed(days=-2)
    # Each follower: taken, told before, its mail queued, written down and its next turn.
    with django_assert_max_num_queries(10 + 20 * 9):
        assert sum(Round(timezone.now())) == 20
    assert len(delivered()) == 20


def test_a_follower_who_is_not_reached_three_times_in_a_row_is_mailed_no_more(db: None) -> None:
    row = follower()
    for is_reached in (False, False, True, False, False):
        handle = subscriptions.note_reached if is_reached else subscriptions.note_unreached
        handle(row.pk)
    assert Subscription.objects.exists()
    subscriptions.note_unreached(row.pk)
    assert not Subscription.objects.exists()
    subscriptions.note_unreached(row.pk)


def test_who_stops_gets_nothing_that_waited(gouda: Any, client: Client) -> None:
    row = follower()
    published(gouda, "Ontbijt")
    assert sum(Round(timezone.now())) == 1
    client.post("/" + stop_link(row).split("/", 3)[3])
    assert delivered() == []


def test_turns_are_in_the_morning() -> None:
    now = timezone.now()
    for frequency, days in ((Frequency.DAILY, 1), (Frequency.WEEKLY, 7)):
        turn = timezone.localtime(subscriptions.next_turn(now, frequency))
        assert (turn.hour, turn.minute) == (7, 0)
        assert (turn.date() - timezone.localtime(now).date()).days == days


def test_an_address_that_nobody_confirmed_is_removed_after_a_week(db: None) -> None:
    for days in (6, 8):
        asked = timezone.now() - timedelta(days=days)
        Subscription.objects.create(email=f"v{days}@a.nl", asked_at=asked)
    confirmed = follower(asked_at=timezone.now() - timedelta(days=99))
    subscriptions.forget()
    assert set(Subscription.objects.values_list("email", flat=True)) == {"v6@a.nl", confirmed.email}


def test_it_is_the_same_answer_whether_somebody_follows_already(db: None, client: Client) -> None:
    first = ask(client)
    follower_before = follower("q=anders")
    second = ask(client, "q=anders")
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert len(delivered()) == 2
    follower_before.refresh_from_db()
    assert follower_before.frequency == Frequency.WEEKLY, "only a yes changes anything"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"email": ""}, "verplicht veld"),
        ({"email": "geen adres"}, "geldig e-mailadres"),
        ({"email": "a@b.nl\nBcc: c@d.nl"}, "geldig e-mailadres"),
        ({"frequency": "nooit"}, "geldige keuze"),
        ({"website": "https://spam.example"}, "Laat dit veld leeg"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    db: None, client: Client, data: dict[str, str], said: str
) -> None:
    response = ask(client, **data)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not Subscription.objects.exists()
    assert delivered() == []


def test_nobody_fills_another_s_mailbox(db: None, client: Client) -> None:
    statuses = [ask(client, f"q=wijk{number}").status_code for number in range(7)]
    assert statuses == [302] * 5 + [429] * 2


@pytest.mark.parametrize("path", ["bevestig", "stop"])
def test_a_forged_link_does_nothing(db: None, client: Client, path: str) -> None:
    row = follower()
    good = stop_link(row).rsplit("/", 2)[1]
    for token in ("x", good[:-1], good[1:], good.replace(":", "::")):
        assert client.post(f"/volgen/{path}/{token}/").status_code == 404
    if path == "bevestig":
        assert client.post(f"/volgen/bevestig/{good}/").status_code == 404
    assert Subscription.objects.filter(pk=row.pk).exists()
    assert not Municipality.objects.exists()


def test_the_form_says_which_search_it_is(gouda: Any, client: Client) -> None:
    html = client.get("/volgen/", {"q": "wijk", "gemeente": "gouda"}).content.decode()
    assert "Praktijken: “wijk”, Gouda" in html
    assert "atlantis" in client.get("/volgen/", {"gemeente": "atlantis"}).content.decode()


def test_what_only_comes_near_to_a_search_is_not_told(gouda: Any, client: Client) -> None:
    """The page shows it; who follows the search asked for all words."""
    follower("q=wijkoverleg+moskee")
    published(gouda, "Wijkoverleg in de moskee")
    published(gouda, "Wijkoverleg in de bibliotheek")
    assert client.get("/praktijken.json?q=wijkoverleg+moskee").json()["total"] == 2
    [text] = mailed()
    assert "Wijkoverleg in de moskee" in text
    assert "bibliotheek" not in text


def test_the_form_says_that_all_words_are_needed(db: None, client: Client) -> None:
    said = "alle woorden van uw zoektekst"
    assert said in client.get("/volgen/?q=wijk").content.decode()
    assert said not in client.get("/volgen/?vorm=training").content.decode()
