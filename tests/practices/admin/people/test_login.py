from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practices.admin import guesses, passwords
from tests.mails import delivered
from tests.practices.services.people.conftest import PASSWORD, People
from tests.security.forms import fields_of

KIM = "kim@voorbeeld.example"
WRONG = "verkeerd"


def try_login(
    client: Client, username: str = KIM, password: str = WRONG, address: str = "192.0.2.1"
) -> Any:
    return client.post(
        "/beheer/login/", {"username": username, "password": password}, REMOTE_ADDR=address
    )


def error_in(response: Any) -> str:
    return " ".join(response.context["form"].non_field_errors())


@pytest.mark.parametrize("username", [KIM, KIM.upper(), f" {KIM} "])
def test_the_address_logs_in_in_any_case(client: Client, people: People, username: str) -> None:
    assert try_login(client, username, PASSWORD).status_code == 302
    assert "_auth_user_id" in client.session


def test_an_account_with_another_user_name_logs_in_by_address_too(
    client: Client, people: People
) -> None:
    User.objects.create_user("beheer", "Beheer@Voorbeeld.example", PASSWORD)
    for username in ("beheer", "BEHEER", "beheer@voorbeeld.example"):
        assert Client().login(username=username, password=PASSWORD)


def test_an_address_that_somebody_else_put_in_their_account_stays_its_owners(
    people: People,
) -> None:
    User.objects.filter(pk=people.other.pk).update(email=KIM)
    User.objects.filter(pk=people.other.pk).update(username="aaa")
    client = Client()
    assert client.login(username=KIM, password=PASSWORD)
    assert client.session["_auth_user_id"] == str(people.official.pk)


def test_the_session_gets_a_new_key(client: Client, people: People) -> None:
    client.get("/uitnodiging/verzonnen/")
    before = client.session.session_key
    try_login(client, KIM, PASSWORD)
    assert client.session.session_key != before


def test_unknown_and_known_accounts_get_the_same_answer(people: People) -> None:
    answers = [try_login(Client(), username) for username in (KIM, "niemand@voorbeeld.example")]
    User.objects.filter(pk=people.official.pk).update(is_active=False)
    answers.append(try_login(Client(), KIM, PASSWORD))
    assert len({(answer.status_code, error_in(answer)) for answer in answers}) == 1


def test_unknown_and_known_accounts_take_the_same_work(
    people: People, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, because a clock is too coarse on a busy machine."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    people.official.set_password(PASSWORD)
    people.official.save()
    User.objects.create_user("uitgezet@voorbeeld.example", password=PASSWORD, is_active=False)
    rounds: list[int | None] = []
    encode = PBKDF2PasswordHasher.encode

    def counted(self: Any, password: Any, salt: Any, iterations: int | None = None) -> str:
        rounds.append(iterations or self.iterations)
        return encode(self, password, salt, iterations)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)

    def work(username: str, password: str) -> tuple[int, list[int | None]]:
        rounds.clear()
        with CaptureQueriesContext(connection) as queries:
            try_login(Client(), username, password)
        return len(queries), list(rounds)

    known = work(KIM, WRONG)
    assert known[1] == [PBKDF2PasswordHasher.iterations]
    assert work("niemand@voorbeeld.example", WRONG) == known
    assert work("uitgezet@voorbeeld.example", WRONG) == known
    assert work("uitgezet@voorbeeld.example", PASSWORD) == known


def test_guessing_stops_for_who_guesses_and_says_so(people: People) -> None:
    errors = [error_in(try_login(Client())) for _ in range(guesses.BY_NETWORK_AND_ACCOUNT + 1)]
    assert "te vaak geprobeerd" not in errors[-2]
    assert "te vaak geprobeerd" in errors[-1]
    assert "te vaak geprobeerd" in error_in(try_login(Client(), password=PASSWORD))


def test_guessing_at_an_unknown_account_stops_in_the_same_way(people: People) -> None:
    for _ in range(guesses.BY_NETWORK_AND_ACCOUNT):
        try_login(Client(), "niemand@voorbeeld.example")
    blocked = try_login(Client(), "niemand@voorbeeld.example")
    assert "te vaak geprobeerd" in error_in(blocked)


def test_writing_the_account_otherwise_gives_no_more_guesses(people: People) -> None:
    User.objects.filter(pk=people.official.pk).update(username="kim")
    for username in ("kim", "KIM", KIM, KIM.upper()) * 3:
        last = try_login(Client(), username)
    assert "te vaak geprobeerd" in error_in(last)


def test_the_victim_still_gets_in_from_elsewhere(people: People) -> None:
    for _ in range(guesses.BY_NETWORK_AND_ACCOUNT + 1):
        try_login(Client())
    assert try_login(Client(), KIM, PASSWORD, "198.51.100.7").status_code == 302


def test_guesses_from_everywhere_stop_but_not_for_a_browser_that_was_in_before(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "BY_ACCOUNT", 12)
    known = Client()
    assert try_login(known, KIM, PASSWORD).status_code == 302
    known.post("/beheer/logout/")
    for number in range(13):
        last = try_login(Client(), address=f"198.51.100.{number}")
    assert "te vaak geprobeerd" in error_in(last)
    assert try_login(Client(), KIM, PASSWORD, "203.0.113.5").status_code == 200
    assert try_login(known, KIM, PASSWORD, "203.0.113.5").status_code == 302


def test_a_made_up_cookie_is_no_browser_that_was_in_before(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "BY_ACCOUNT", 3)
    client = Client()
    client.cookies[guesses.COOKIE] = "0" * 64
    for number in range(4):
        last = try_login(client, address=f"198.51.100.{number}")
    assert "te vaak geprobeerd" in error_in(last)


def guess_at_colleagues(times: int, address: str = "192.0.2.1") -> None:
    """Guesses at accounts that there are, each less often than is refused."""
    for number in range(times):
        if number % guesses.BY_SUSPECT_NETWORK_AND_ACCOUNT == 0:
            User.objects.create_user(f"collega-{number}@voorbeeld.example", password=PASSWORD)
            last = f"collega-{number}@voorbeeld.example"
        try_login(Client(), last, address=address)


def test_a3_a_town_hall_behind_one_address_is_not_shut_for_what_one_browser_does(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A3: a hundred wrong guesses from one address shut out everybody there."""
    monkeypatch.setattr(guesses, "BY_NETWORK", 12)
    known = Client()
    try_login(known, KIM, PASSWORD)
    known.post("/beheer/logout/")
    guess_at_colleagues(24)
    assert try_login(known, KIM, PASSWORD).status_code == 302
    assert try_login(Client(), "sam@voorbeeld.example", PASSWORD).status_code == 302


def test_a_network_that_guesses_at_many_accounts_gets_fewer_guesses_at_each(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "BY_NETWORK", 6)
    guess_at_colleagues(6)
    errors = [error_in(try_login(Client())) for _ in range(4)]
    assert ["te vaak" in error for error in errors] == [False, False, False, True]
    of_nobody = [error_in(try_login(Client(), "niemand@voorbeeld.example")) for _ in range(4)]
    assert of_nobody == errors
    elsewhere = [error_in(try_login(Client(), address="198.51.100.7")) for _ in range(4)]
    assert not any("te vaak" in error for error in elsewhere)


def test_names_that_nobody_has_do_not_count_for_a_network(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "BY_NETWORK", 5)
    for number in range(20):
        try_login(Client(), f"iemand-{number}@voorbeeld.example")
    errors = [error_in(try_login(Client())) for _ in range(5)]
    assert not any("te vaak" in error for error in errors)


def test_a3_a_known_browser_with_the_right_password_always_gets_in(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A3, with every limit there is used up by others, in the same network and elsewhere."""
    monkeypatch.setattr(guesses, "BY_NETWORK", 6)
    monkeypatch.setattr(guesses, "BY_ACCOUNT", 12)
    known = Client()
    try_login(known, KIM, PASSWORD)
    known.post("/beheer/logout/")
    guess_at_colleagues(6)
    for number in range(26):
        last = try_login(Client(), address=f"192.0.2.{number % 5}")
    assert "te vaak" in error_in(last)
    assert "te vaak" in error_in(try_login(Client(), KIM, PASSWORD, "203.0.113.5"))
    assert try_login(known, KIM, PASSWORD).status_code == 302


def test_guesses_in_a_known_browser_slow_down_and_shut_nobody_out(people: People) -> None:
    known = Client()
    try_login(known, KIM, PASSWORD)
    known.post("/beheer/logout/")
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        for _ in range(guesses.BY_BROWSER + 1):
            last = try_login(known)
        assert "te vaak" not in error_in(last)
        refused = try_login(known, KIM, PASSWORD)
        assert "Wacht een minuut" in error_in(refused)
        assert try_login(Client(), KIM, PASSWORD).status_code == 302
    with time_machine.travel(now + timedelta(seconds=61), tick=False):
        assert try_login(known, KIM, PASSWORD).status_code == 302


def test_a_mark_of_one_browser_makes_no_other_one_known(people: People) -> None:
    known, other = Client(), Client()
    try_login(known, KIM, PASSWORD)
    try_login(other, "sam@voorbeeld.example", PASSWORD)
    marks = known.cookies[guesses.COOKIE].value.split(".")
    stranger = other.cookies[guesses.COOKIE].value.split(".")[0]
    other.cookies[guesses.COOKIE] = ".".join([stranger, *marks[1:]])
    other.post("/beheer/logout/")
    for _ in range(guesses.BY_NETWORK_AND_ACCOUNT):
        try_login(Client())
    assert "Wacht een uur" in error_in(try_login(other, KIM, PASSWORD))


def test_a_browser_remembers_who_logged_in_last(people: People) -> None:
    shared = Client()
    accounts = [f"collega-{number}@voorbeeld.example" for number in range(guesses.ACCOUNTS)]
    for account in accounts:
        User.objects.create_user(account, password=PASSWORD)
    for account in [KIM, *accounts]:
        assert try_login(shared, account, PASSWORD).status_code == 302
        shared.post("/beheer/logout/")
    for account in (accounts[-1], KIM):
        for _ in range(guesses.BY_NETWORK_AND_ACCOUNT):
            try_login(Client(), account)
    assert try_login(shared, accounts[-1], PASSWORD).status_code == 302
    assert "te vaak" in error_in(try_login(shared, KIM, PASSWORD))


def test_logging_in_well_is_not_counted(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "BY_NETWORK", 3)
    statuses = [try_login(Client(), KIM, PASSWORD).status_code for _ in range(8)]
    assert statuses == [302] * 8


def test_a_new_password_is_mailed_in_dutch_and_lets_in_at_once(
    client: Client, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "BY_ACCOUNT", 3)
    for number in range(4):
        try_login(Client(), address=f"198.51.100.{number}")
    elsewhere = Client()
    elsewhere.force_login(people.official)
    link = ask_for_password(client)
    assert "wachtwoord" in delivered()[0].subject.lower()
    form = client.get(link, follow=True)
    new = "vier groene paraplu's op straat"
    address = form.redirect_chain[-1][0]
    short = client.post(address, {"new_password1": "kort", "new_password2": "kort"})
    assert "te kort" in short.content.decode()
    response = client.post(address, {"new_password1": new, "new_password2": new})
    assert response.status_code == 302
    assert elsewhere.get("/beheer/").status_code == 302
    assert try_login(Client(), KIM, new, "198.51.100.99").status_code == 302


def set_password(client: Client, link: str, new: str) -> None:
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    response = client.post(address, {"new_password1": new, "new_password2": new})
    assert response.status_code == 302


def test_a2_with_a_new_password_you_can_log_in_at_once(people: People) -> None:
    """A2: after ten wrong guesses and a new password, what the page promised was refused."""
    browser, new = Client(), "vier groene paraplu's op straat"
    for _ in range(guesses.BY_NETWORK_AND_ACCOUNT + 1):
        refused = try_login(browser)
    assert "dan kunt u meteen weer inloggen" in error_in(refused)
    set_password(browser, ask_for_password(browser), new)
    assert try_login(Client(), KIM, new).status_code == 302
    for _ in range(guesses.BY_NETWORK_AND_ACCOUNT + 1):
        refused = try_login(Client())
    assert "te vaak" in error_in(refused)
    assert try_login(browser, KIM, new).status_code == 302


def test_who_shares_a_network_with_somebody_who_asks_for_many_passwords_still_gets_one(
    client: Client, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "TIMES_AN_HOUR_BY_NETWORK", 2)
    for number in range(4):
        client.post("/beheer/password_reset/", {"email": f"iemand-{number}@voorbeeld.example"})
    ask_for_password(client)
    client.post("/beheer/password_reset/", {"email": KIM})
    assert len(delivered()) == 1


def ask_for_password(client: Client, email: str = KIM) -> str:
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = client.post("/beheer/password_reset/", {"email": email})
    assert response.status_code == 302
    body = str(delivered()[-1].body)
    return body[body.index("/beheer/") :].split()[0]


def test_asking_for_a_password_answers_everybody_alike_and_not_too_often(
    client: Client, people: People
) -> None:
    for _ in range(passwords.TIMES_AN_HOUR):
        ask_for_password(client)
    with TestCase.captureOnCommitCallbacks(execute=True):
        answers: list[Any] = [
            client.post("/beheer/password_reset/", {"email": email})
            for email in (KIM, "niemand@voorbeeld.example")
        ]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert len(delivered()) == passwords.TIMES_AN_HOUR


def test_a_deactivated_account_gets_no_new_password(client: Client, people: People) -> None:
    User.objects.filter(pk=people.official.pk).update(is_active=False)
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post("/beheer/password_reset/", {"email": KIM})
    assert not delivered()


def test_asking_for_a_password_costs_the_same_for_an_address_without_an_account(
    client: Client, people: People
) -> None:
    asked = []
    for email in (KIM, "niemand@voorbeeld.example"):
        with CaptureQueriesContext(connection) as queries:
            client.post("/beheer/password_reset/", {"email": email})
        asked.append([query["sql"].split()[0] for query in queries])
    assert asked[0] == asked[1]


def test_an_official_cannot_take_another_address(client: Client, people: People) -> None:
    client.force_login(people.official)
    shown = fields_of(client.get("/beheer/account/").content.decode())
    typed = {"name_email-last_name": "Bos", "name_email-email": "sam@voorbeeld.example"}
    client.post("/beheer/account/", shown | typed)
    official = User.objects.get(pk=people.official.pk)
    assert (official.last_name, official.email) == ("Bos", KIM)
