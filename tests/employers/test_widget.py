"""A certification on other sites: off until its holder turns it on, signed, kept by caches for five
minutes, and never saying more than the public check.
"""

import json
import re
from datetime import date

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from core.errors import Refusal
from employers.models import Widget
from employers.services.showing import start_widget, stop_widget
from tests.employers.scenes import AT, signing
from tests.factories import walk_to
from tests.reading import text_of
from tests.second_verifier import public_key
from trainers.models import Credential, Trainer
from trainers.services.erasing import erase_trainer, request_erasure

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(jordan, stranger, clock_at) -> str:
    """The code of Jordan's widget, which is turned on."""
    signing(clock_at("2027-03-02 12:00"))
    return start_widget(jordan.credentials.get(), by=jordan, at=AT).code


def key_of(client) -> Ed25519PublicKey:
    return public_key(
        client.get("/.well-known/did.json").json()["verificationMethod"][0]["publicKeyMultibase"]
    )


def read(client, code: str) -> dict:
    return client.get(f"/widgets/{code}.json").json()


def test_nothing_is_shown_until_the_trainer_turns_it_on_and_nothing_once_it_is_off(
    jordan, signed_in, client, clock_at
):
    signing(clock_at("2027-03-02 12:00"))
    browser, credential = signed_in(jordan), jordan.credentials.get()
    assert "Off Nothing is shown." in text_of(browser.get("/account/sharing/website/"))
    assert client.get(f"/widgets/{credential.check_code}.svg").status_code == 404
    browser.post("/account/sharing/website/", {"credential": credential.pk, "turn": "on"})
    code = Widget.objects.get().code
    page = browser.get("/account/sharing/website/").content.decode()
    assert f'/widgets/{code}.svg"' in page
    pages = [f"/widgets/{code}{end}" for end in (".svg", ".json", "/")]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    browser.post("/account/sharing/website/", {"credential": credential.pk, "turn": "off"})
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert "No certification is shown here." in client.get(pages[0]).content.decode()
    browser.post("/account/sharing/website/", {"credential": credential.pk, "turn": "on"})
    assert Widget.objects.get().code == code


def test_the_statement_says_what_the_public_check_says_and_another_library_verifies_it(code, client):
    told = read(client, code)
    signature = told.pop("signature")
    assert told == {
        "name": "Jordan Rivera",
        "certification": "Certified Personal Trainer",
        "issuer": told["issuer"],
        "state": "in_force",
        "status": None,
        "through": "2027-03-14",
        "for_life": False,
        "not_since": None,
        "page": told["page"],
        "as_of": "2027-03-02T19:00:00+00:00",
    }
    assert told["page"].endswith(f"/widgets/{code}/")
    key, unchecked = key_of(client), {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(signature, key, algorithms=["EdDSA"], options=unchecked)
    assert (claims["facts"], claims["sub"], claims["exp"] - claims["iat"]) == (told, told["page"], 900)
    assert jwt.get_unverified_header(signature)["kid"].startswith("did:web:")
    head, body, seal = signature.split(".")
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(f"{head}.{body[:-2]}AA.{seal}", key, algorithms=["EdDSA"], options=unchecked)
    drawn = client.get(f"/widgets/{code}.svg").content.decode()
    assert re.search(r"<metadata>(.*)</metadata>", drawn)[1] == signature
    assert "Jordan Rivera, Certified Personal Trainer. In force through March 14, 2027" in drawn
    assert "11934482" not in drawn + json.dumps(told)


@pytest.mark.parametrize("state", ["suspended", "revoked", "expired"])
def test_a_widget_of_a_certification_that_ended_says_since_when_and_not_why(code, client, clock_at, state):
    before = client.get(f"/widgets/{code}.svg")["ETag"]
    if state == "expired":
        clock_at("2027-03-15 12:00")
    else:
        walk_to(Credential.objects.get(widget__code=code), state, state_on=date(2027, 2, 1))
    since = {"expired": "March 15, 2027"}.get(state, "February 1, 2027")
    answer = client.get(f"/widgets/{code}.svg", headers={"If-None-Match": before})
    assert (answer.status_code, f"Not in force since {since}" in answer.content.decode()) == (200, True)
    told = read(client, code)
    assert (told["state"], told["through"]) == ("not_in_force", None)
    assert state not in json.dumps(told)
    page = client.get(f"/widgets/{code}/")
    assert "1193" not in page.content.decode()
    assert f"Not certified since {since}" in text_of(page)
    assert page["Cache-Control"] == "no-store"


def test_a_widget_of_an_erased_trainer_looks_like_one_that_never_was(code, jordan, client, clock_at):
    at = clock_at("2027-03-03 12:00")
    erase_trainer(request_erasure(jordan, by=jordan, at=at), at=at)
    gone, never = (client.get(f"/widgets/{one}.svg") for one in (code, "0" * 32))
    assert (gone.status_code, gone.content) == (never.status_code, never.content) == (404, never.content)
    assert client.get(f"/widgets/{code}.json").json() == {"detail": "No certification is shown here."}


def test_a_widget_is_kept_by_caches_read_by_other_sites_and_framed_by_them(code, client, clock_at):
    for ending in (".svg", ".json"):
        answer = client.get(f"/widgets/{code}{ending}")
        assert answer["Cache-Control"] == "public, max-age=300"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Cookie" not in answer.get("Vary", "")
        assert "Set-Cookie" not in answer
        assert "X-Frame-Options" not in answer
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        again = client.get(f"/widgets/{code}{ending}", headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    clock_at("2027-03-02 12:04")
    assert client.get(f"/widgets/{code}.json").content == answer.content
    clock_at("2027-03-02 12:05")
    assert client.get(f"/widgets/{code}.json")["ETag"] != answer["ETag"]


def test_a_name_with_markup_or_without_end_is_drawn_as_text_that_fits(code, jordan, client):
    Trainer.objects.filter(pk=jordan.pk).update(name="<script>alert(1)</script> " + "Wolfeschlegel " * 6)
    drawn = client.get(f"/widgets/{code}.svg").content.decode()
    assert "<script" not in drawn
    assert "…</text>" in drawn


def test_only_its_holder_turns_a_widget_on_or_off(jordan, stranger, signed_in, code):
    credential = jordan.credentials.get()
    for change in (start_widget, stop_widget):
        with pytest.raises(Refusal, match="Only the person whom it is about may do this"):
            change(credential, by=stranger, at=AT)
    browser = signed_in(stranger)
    for pk in (credential.pk, "0", "x", "9" * 30, "١"):
        answer = browser.post("/account/sharing/website/", {"credential": pk, "turn": "off"})
        assert answer.status_code == 404
    assert Widget.objects.get().state == "shown"


def test_pictures_and_statements_have_no_limit_of_requests_and_the_page_has_that_of_the_check(
    code, client, django_assert_max_num_queries
):
    for ending in (".svg", ".json"):
        with django_assert_max_num_queries(40 * 6):
            assert {client.get(f"/widgets/{code}{ending}").status_code for _ in range(40)} == {200}
    pages = [client.get(f"/widgets/{code}/") for _ in range(31)]
    assert [page.status_code for page in pages] == [200] * 30 + [429]
    assert (pages[-1]["Cache-Control"], int(pages[-1]["Retry-After"]) <= 60) == ("no-store", True)
    assert client.get(f"/widgets/{code}.svg").status_code == 200
