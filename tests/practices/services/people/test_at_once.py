"""Two browsers at the same moment, on a real database with two connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from practices.models import Invitation
from practices.services.people import accounts
from practices.services.people.tokens import hashed, new_token
from tests.practices.services.people.conftest import People


# SQLite in memory refuses a second writer; on disk writers take turns.
@pytest.mark.grown
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_invitation_makes_one_account_however_often_it_is_sent(people: People) -> None:
    accounts.invite(
        email="noor@waterdam.example", municipalities=[people.page.municipality], by=people.editor
    )
    token = new_token()
    Invitation.objects.update(token_hash=hashed(token))
    start = Barrier(2)

    def accept(number: int) -> str:
        try:
            start.wait()
            accounts.accept(
                token=token, first_name=f"Noor {number}", last_name="Bakker", password="x" * 12
            )
        except accounts.InvitationError as error:
            return str(error.state)
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(accept, range(2)))
    assert outcomes == ["made", "used"]
    assert User.objects.filter(username="noor@waterdam.example").count() == 1
