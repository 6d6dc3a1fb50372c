"""Staff sign in at their organisation's OpenID Connect provider, over real HTTP; nobody else does, and
no message that the provider did not sign for this very sign-in lets anybody in.
"""

import logging

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.test import Client

from core.models import HistoryEntry
from outbox.models import Notice
from tests.identity_provider import refused_with, sign_in, start
from trainers.allauth_internals import activate_authenticator
from trainers.services.people import end_work

pytestmark = pytest.mark.django_db
SEED = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def lead(lead):
    """Lee, who leads the staff and has an authenticator app."""
    activate_authenticator(lead, secret=SEED)
    return lead


# --- who comes in


def test_a_colleague_signs_in_and_passes_the_portals_own_second_factor(
    client, provider, lead, caplog, app_code
):
    caplog.set_level(logging.INFO, "portal")
    page = client.get("/account/login/?next=/staff/people/").content.decode()
    assert "Sign in with Meridian" in page
    answer = sign_in(client, provider, next="/staff/people/")
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert client.get("/staff/")["Location"].startswith("/staff/login/")
    answer = client.post(answer["Location"], {"code": app_code(SEED)})
    assert answer["Location"] == "/staff/people/"
    assert client.get("/staff/").status_code == 200
    link = SocialAccount.objects.get()
    assert (link.user, link.provider, link.uid, link.extra_data) == (lead, provider.issuer, "colleague-1", {})
    assert HistoryEntry.objects.get(verb="identity_linked").trainer == lead
    assert Notice.objects.get(payload__mail="identity_linked").trainer == lead
    assert ("sign-in at the organisation", lead.pk) in [
        (line.message, getattr(line, "user", None)) for line in caplog.records
    ]


def test_after_the_first_sign_in_the_subject_decides_and_no_address_does(client, provider, lead, reviewer):
    sign_in(client, provider)
    provider.claims["email"] = reviewer.email  # the colleague's own address there is another now
    assert sign_in(client, provider)["Location"] == "/account/2fa/authenticate/"
    assert SocialAccount.objects.get().user == lead
    provider.claims = {**provider.claims, "sub": "colleague-2", "email": lead.email}
    assert "linked to another account at Meridian" in refused_with(Client(), provider)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("who", ["jordan", "stranger"])
def test_trainers_and_people_without_an_account_cannot_sign_in_at_the_organisation(
    client, provider, jordan, who
):
    provider.claims["email"] = f"{who}@example.org"
    assert "only for colleagues who work on the portal" in refused_with(client, provider)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("verified", "own_domains", "enters"),
    [
        (True, [], True),
        (False, ["staff.example.org"], False),  # the provider says no
        ("true", [], False),
        (None, [], False),
        (None, ["Staff.example.org"], True),
        (None, ["example.org"], False),
    ],
)
def test_an_address_counts_when_the_provider_verified_it_or_is_its_domains_own(
    client, provider, lead, settings, verified, own_domains, enters
):
    settings.OIDC_OWN_DOMAINS = own_domains
    provider.claims.pop("email_verified")
    if verified is not None:
        provider.claims["email_verified"] = verified
    assert (sign_in(client, provider).status_code == 302) == enters


def test_a_colleague_whose_address_is_not_verified_here_cannot_be_linked(client, provider, lead):
    lead.emailaddress_set.update(verified=False)
    assert "only for colleagues" in refused_with(client, provider)


def test_a_colleague_who_left_cannot_sign_in_and_loses_the_link(client, provider, reviewer, root, clock_at):
    provider.claims["email"] = reviewer.email
    sign_in(client, provider)
    reviewer.is_staff = False
    reviewer.save()
    assert "no longer work on the portal" in refused_with(Client(), provider)
    reviewer.is_staff = True
    reviewer.save()
    end_work(reviewer, by=root, at=clock_at("2027-03-02 09:10"), reason="They moved away.")
    assert not SocialAccount.objects.exists()


def test_the_database_refuses_a_second_account_of_one_person_at_one_issuer(lead, reviewer):
    told = {"user": lead, "provider": "https://login.example.org", "extra_data": {}}
    SocialAccount.objects.create(**told, uid="one")
    with pytest.raises(IntegrityError), transaction.atomic():
        SocialAccount.objects.create(**told, uid="two")
    SocialAccount.objects.create(**{**told, "provider": "https://other.example.org"}, uid="two")
    SocialAccount.objects.create(**{**told, "user": reviewer}, uid="two")


# --- the second factor


@pytest.mark.parametrize(
    ("trusted", "claims", "opens"),
    [
        ([], {"amr": ["pwd", "mfa"]}, False),
        (["mfa"], {"amr": ["pwd", "mfa"]}, True),
        (["mfa"], {"amr": ["pwd"]}, False),
        (["mfa"], {"amr": "mfa"}, False),
        (["urn:example:gold"], {"acr": "urn:example:gold"}, True),
    ],
)
def test_the_providers_second_factor_suffices_only_if_the_settings_say_so(
    client, provider, lead, settings, trusted, claims, opens
):
    settings.OIDC_SECOND_FACTOR = trusted
    provider.claims |= claims
    sign_in(client, provider)
    assert (client.get("/staff/").status_code == 200) == opens


def test_a_later_sign_in_by_password_passes_the_second_factor_itself(client, provider, lead, settings):
    """In the same browser, after one that the provider vouched for."""
    settings.OIDC_SECOND_FACTOR = ["mfa"]
    provider.claims["amr"] = ["mfa"]
    lead.emailaddress_set.update(verified=True)
    lead.set_password("a password of Lee's")
    lead.save()
    sign_in(client, provider)
    client.post("/account/logout/")
    answer = client.post("/account/login/", {"login": lead.email, "password": "a password of Lee's"})
    assert answer["Location"] == "/account/2fa/authenticate/"


# --- when it goes wrong


def test_a_provider_that_is_down_gets_a_kind_page_and_is_not_asked_again_at_once(client, provider, lead):
    provider.down = True
    for _ in range(3):
        answer = client.post("/account/oidc/")
        assert answer.status_code == 503
        assert "Meridian does not answer" in answer.content.decode()
    assert len(provider.asked) == 1


def test_a_provider_that_goes_down_on_the_way_gets_the_same_page(client, provider, lead):
    back = provider.sign_in(start(client))
    provider.down = True
    assert client.get(back).status_code in (403, 503)
    provider.down = False
    assert sign_in(client, provider).status_code == 302


@pytest.mark.parametrize(
    "configuration",
    [
        {"issuer": "https://login.elsewhere.example"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_says_odd_things_of_itself_is_not_used(client, provider, lead, configuration):
    provider.configuration = configuration
    assert client.post("/account/oidc/").status_code == 503


def test_whoever_declines_at_the_provider_is_led_back(client, provider):
    state = provider.sign_in(start(client)).partition("state=")[2]
    back = f"/account/oidc/callback/?error=access_denied&state={state}"
    assert client.get(back)["Location"] == "/account/login/"
    state = provider.sign_in(start(client)).partition("state=")[2]
    answer = client.get(f"/account/oidc/callback/?error=server_error&state={state}")
    assert (answer.status_code, "Meridian did not sign you in" in answer.content.decode()) == (403, True)


def test_nobody_is_led_to_another_site_after_signing_in(client, provider, lead, settings):
    settings.OIDC_SECOND_FACTOR = ["mfa"]
    provider.claims["amr"] = ["mfa"]
    assert sign_in(client, provider, next="https://elsewhere.example/")["Location"] == "/staff/"


def test_one_network_address_starts_at_most_twenty_sign_ins_a_minute(client, provider):
    statuses = [client.post("/account/oidc/").status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]


# --- signing out, and switched off


def test_signing_out_says_that_the_provider_still_knows_them(client, provider, lead, settings):
    settings.OIDC_SECOND_FACTOR = ["mfa"]
    provider.claims["amr"] = ["mfa"]
    sign_in(client, provider)
    answer = client.post("/account/logout/")
    assert answer["Location"] == "/account/oidc/signed-out/"
    assert "_auth_user_id" not in client.session
    page = client.get(answer["Location"]).content.decode()
    assert f"{provider.issuer}/end_session?client_id=portal&amp;post_logout_redirect_uri=" in page


def test_without_an_issuer_there_is_no_button_and_no_page(client, db):
    assert "/account/oidc/" not in client.get("/account/login/").content.decode()
    assert client.post("/account/oidc/").status_code == 404
    for page in ("callback", "signed-out"):
        assert client.get(f"/account/oidc/{page}/").status_code == 404


# --- the link


def test_a_lead_removes_a_colleagues_link_with_a_reason_and_signs_them_out(
    client, provider, reviewer, lead, signed_in
):
    provider.claims["email"] = reviewer.email
    sign_in(client, provider)
    desk = signed_in(lead)
    page = f"/staff/people/{reviewer.pk}/"
    assert provider.issuer in desk.get(page).content.decode()
    desk.post(f"{page}unlink/", {"reason": "They got another account there.", "confirmed": "yes"})
    assert not SocialAccount.objects.exists()
    assert "_auth_user_id" not in client.session
    assert "removed the link to the account at the organisation" in desk.get(page).content.decode()
    provider.claims["sub"] = "colleague-2"
    sign_in(Client(), provider)
    assert SocialAccount.objects.get().uid == "colleague-2"
