"""Stored secrets are encrypted, read with every key of the settings, and sealed anew with the newest on command."""

import io
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.core.signing import Signer
from django.test import Client

from audits.models import DrawPeriod
from audits.models.draw import SEAL
from core import clock
from renewals.pages import calendar_feed
from tests.audits.scenes import SECRET
from tests.trainers.scenes import with_password
from trainers import unsubscribing
from trainers.allauth_internals import activate_authenticator
from trainers.models import Trainer
from trainers.services.feed import make_feed

SEED = "JBSWY3DPEHPK3PXP"
OLD, NEW = "an-old-key-of-more-than-32-characters", "a-new-key-of-more-than-32-characters!"
LONG = "another-secret-key-of-at-least-fifty-characters-for-this-test"


def reseal() -> list[str]:
    out = io.StringIO()
    call_command("reseal_secrets", stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def gets_in(app_code) -> Callable[[Trainer], bool]:
    def enter(person: Trainer) -> bool:
        client = Client()
        with_password(client, person.email)
        return client.post("/account/2fa/authenticate/", {"code": app_code(SEED)}).status_code == 302

    return enter


@pytest.fixture
def lead(lead):
    activate_authenticator(lead, secret=SEED)
    return lead


def test_the_seed_of_an_authenticator_app_is_stored_encrypted(lead, gets_in):
    assert SEED not in str(list(Authenticator.objects.values()))
    assert gets_in(lead)


def test_an_unencrypted_seed_of_an_earlier_release_works_and_is_encrypted_by_the_reseal_command(
    lead, gets_in
):
    app, codes = Authenticator.objects.get(), Authenticator(user=lead, type="recovery_codes")
    app.data = {"secret": SEED}
    app.save()
    codes.data = {"seed": "ab" * 40, "used_mask": 5}
    codes.save()
    before = codes.wrap().get_unused_codes()
    assert reseal()[0] == "second factors: 2 sealed anew, 0 had the newest key, 0 unreadable"
    assert SEED not in str(list(Authenticator.objects.values()))
    codes = Authenticator.objects.get(type="recovery_codes")
    assert codes.data["used_mask"] == 5
    assert codes.wrap().get_unused_codes() == before
    assert gets_in(lead)


def test_the_reseal_command_leaves_a_passkey_unchanged(reviewer):
    key = Authenticator.objects.create(
        user=reviewer, type="webauthn", data={"name": "phone", "credential": {}}
    )
    reseal()
    key.refresh_from_db()
    assert key.data == {"name": "phone", "credential": {}}


def test_after_the_reseal_command_older_keys_can_be_removed_from_the_settings(lead, settings, gets_in):
    settings.SEALING_KEYS = [OLD]
    assert reseal() == [
        "second factors: 1 sealed anew, 0 had the newest key, 0 unreadable",
        "secrets of draw periods: 1 sealed anew, 0 had the newest key, 0 unreadable",
        "keys that sign badges: 0 sealed anew, 0 had the newest key, 0 unreadable",
        "secrets of webhooks: 0 sealed anew, 0 had the newest key, 0 unreadable",
    ]
    settings.SEALING_KEYS = [NEW, OLD]
    assert "1 sealed anew" in reseal()[1]
    assert "0 sealed anew, 1 had the newest key" in reseal()[1]
    settings.SEALING_KEYS, settings.SECRET_KEY = [NEW], LONG
    assert SEAL.unseal_text(DrawPeriod.objects.get().sealed_secret) == SECRET
    assert gets_in(lead)


def test_the_reseal_command_counts_a_secret_that_no_key_decrypts_and_leaves_it_unchanged(lead, settings):
    settings.SEALING_KEYS = [OLD]
    reseal()
    before = DrawPeriod.objects.get().sealed_secret
    settings.SEALING_KEYS = [NEW]
    with pytest.raises(
        CommandError, match="2 cannot be read: put the key that sealed them into SEALING_KEYS"
    ):
        reseal()
    assert DrawPeriod.objects.get().sealed_secret == before


def test_calendar_feeds_and_unsubscribe_links_work_after_the_secret_key_was_replaced(
    jordan, settings, monkeypatch
):
    jordan = make_feed(jordan, by=jordan, at=clock.now())
    feed = calendar_feed.feed_address(jordan).rsplit("/", 1)[-1].removesuffix(".ics")
    link = unsubscribing.token_for(jordan)
    old, settings.SECRET_KEY = settings.SECRET_KEY, LONG
    for fallbacks, owner in (([], None), ([old], jordan)):
        settings.SECRET_KEY_FALLBACKS = fallbacks
        signer = Signer(salt="renewals.pages.calendar_feed", sep=".")  # as a new process makes it
        monkeypatch.setattr(calendar_feed, "_signer", signer)
        assert unsubscribing.trainer_of(link) == owner
        assert calendar_feed.trainer_of(feed) == owner
