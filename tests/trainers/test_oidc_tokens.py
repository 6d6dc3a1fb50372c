"""Tokens, codes and messages that do not prove this very sign-in at an organisation's provider let nobody in."""

import logging
import time

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.identity_provider import CLIENT, SECRET, make_key, refused_with, start

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lead")]
OTHER_KEY = make_key()


LIES = {
    "signed with another key": lambda provider: setattr(provider, "key", OTHER_KEY),
    "for another client": lambda provider: provider.claims.update(aud="another-client"),
    "for two clients": lambda provider: provider.claims.update(aud=[CLIENT, "another-client"]),
    "used by another client": lambda provider: provider.claims.update(azp="another-client"),
    "of another issuer": lambda provider: provider.claims.update(iss="https://login.elsewhere.example"),
    "that has expired": lambda provider: provider.claims.update(exp=int(time.time()) - 61),
    "that never expires": lambda provider: setattr(
        provider, "change", lambda claims: {k: v for k, v in claims.items() if k != "exp"}
    ),
    "of another sign-in": lambda provider: setattr(
        provider, "change", lambda claims: {**claims, "nonce": "replayed"}
    ),
    "without a nonce": lambda provider: setattr(
        provider, "change", lambda claims: {k: v for k, v in claims.items() if k != "nonce"}
    ),
    "of nobody": lambda provider: provider.claims.pop("sub"),
    "of a number": lambda provider: provider.claims.update(sub=7),
    "of a subject too long": lambda provider: provider.claims.update(sub="x" * 192),
    "of a subject with a NUL": lambda provider: provider.claims.update(sub="a\x00b"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_prove_this_sign_in_lets_nobody_in(client, provider, lie, caplog):
    caplog.set_level(logging.INFO, "portal")
    LIES[lie](provider)
    assert "could not be checked" in refused_with(client, provider)
    assert not SocialAccount.objects.exists()
    assert any(getattr(line, "reason", "").startswith("oidc ") for line in caplog.records)


@pytest.mark.parametrize(("algorithm", "key"), [("HS256", SECRET * 2), ("none", None)])
def test_a_token_signed_with_a_shared_secret_or_with_nothing_lets_nobody_in(client, provider, algorithm, key):
    now = time.time()
    ours = {"iss": provider.issuer, "aud": CLIENT, "exp": now + 60, "iat": now}

    def token(form: dict[str, str]) -> dict[str, object]:
        claims = {**provider.claims, **ours, "nonce": provider.codes[form["code"]]["nonce"]}
        signed = jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "1"})
        return {"access_token": "opaque", "id_token": signed}

    provider.token = token
    refused_with(client, provider)


@pytest.mark.parametrize(
    "answer", [None, {}, [], "access_token", {"access_token": "x"}, {"access_token": "x", "id_token": 7}]
)
def test_a_token_endpoint_that_answers_oddly_gets_a_sentence(client, provider, answer):
    provider.token = lambda form: answer
    assert "could not be checked" in refused_with(client, provider)


def test_a_way_back_works_once_and_in_its_own_browser_alone(client, provider):
    back = provider.sign_in(start(client))
    assert Client().get(back).status_code == 400  # whoever was sent a link of another's sign-in
    assert client.get(back).status_code == 302
    again = client.get(back)
    assert again.status_code == 400
    assert "was used already" in again.content.decode()


def test_without_pkce_a_code_is_worth_nothing(provider, client):
    address = start(client)
    assert "code_challenge_method=S256" in address
    back = provider.sign_in(address)
    provider.codes = {code: {**asked, "code_challenge": "another"} for code, asked in provider.codes.items()}
    assert client.get(back).status_code == 403
