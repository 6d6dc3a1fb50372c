"""A known address and one that nobody has cost the same work, so that the time of an answer tells nothing."""

from unittest import mock

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outbox.models import Notice
from tests import factories
from trainers.models import Trainer

PAGES = {
    "a sign-in code": ("/account/login/code/", {}),
    "a new password": ("/account/password/reset/", {}),
    "the first visit": ("/claim/", {"number": "39999999"}),
}


def work_of(email: str, path: str, typed: dict[str, str], client: Client | None = None) -> dict[str, int]:
    """How many statements of each kind the answer costs."""
    with CaptureQueriesContext(connection) as done:
        assert (client or Client()).post(path, {**typed, "email": email}).status_code == 302
    words = [query["sql"].split()[0] for query in done.captured_queries]
    return {word: words.count(word) for word in ("SELECT", "INSERT", "UPDATE")}


@pytest.mark.parametrize("page", PAGES)
def test_asking_for_a_sign_in_code_takes_as_many_queries_for_an_unknown_address_as_for_a_known_one(
    page, jordan
):
    factories.CredentialFactory(trainer=jordan, number="39999999")
    path, typed = PAGES[page]
    work_of("nobody-before@example.org", path, typed)  # the row that is updated from then on
    known, unknown = (work_of(email, path, typed) for email in ("jordan@example.org", "nobody@example.org"))
    assert Notice.objects.count() == 1
    assert unknown["INSERT"] == known["INSERT"]
    assert abs(sum(unknown.values()) - sum(known.values())) <= 3, (known, unknown)


def test_asking_again_for_a_sign_in_code_costs_as_many_statements_for_an_unknown_address(jordan):
    work_of("nobody-before@example.org", "/account/login/code/", {})
    again = {}
    for email in ("jordan@example.org", "nobody@example.org"):
        client = Client()
        client.post("/account/login/code/", {"email": email})
        again[email] = work_of(email, "/account/login/code/confirm/", {"action": "resend"}, client)
    known, unknown = again.values()
    assert Notice.objects.count() == 2
    assert unknown["INSERT"] == known["INSERT"]
    assert abs(sum(unknown.values()) - sum(known.values())) <= 3, (known, unknown)


def test_signing_in_with_an_unknown_address_hashes_the_password_once_as_with_a_known_one(jordan):
    counts = []
    for email in ("jordan@example.org", "nobody@example.org"):
        hasher = hashers.get_hasher()
        with mock.patch.object(
            type(hasher), "encode", autospec=True, side_effect=type(hasher).encode
        ) as encode:
            Client().post("/account/login/", {"login": email, "password": "not the password"})
        counts.append(encode.call_count)
    assert counts[0] == counts[1] >= 1
    assert Trainer.objects.count() == 1
