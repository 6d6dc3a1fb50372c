"""An address that a registrar typed changes nothing until somebody opens the link that we mail to it."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from core import clock
from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from tests.reading import refused_with, text_of
from tests.trainers.scenes import with_password
from trainers.models import EmailChange, Trainer
from trainers.services.addresses import (
    OVER,
    ask_email_change,
    confirm_email_change,
    drop_email_change,
    token_for,
)

pytestmark = pytest.mark.django_db
NEW = "jordan.new@example.org"


@pytest.fixture
def change(jordan, registrar, clock_at) -> EmailChange:
    clock_at("2027-03-02")
    return ask(jordan, registrar)


def ask(trainer: Trainer, by: Trainer | None, email: str = NEW) -> EmailChange:
    return ask_email_change(trainer, email=email, by=by, at=clock.now(), reason="By phone.")


def address_of(trainer: Trainer) -> str:
    return Trainer.objects.get(pk=trainer.pk).email


def page(change: EmailChange) -> str:
    return f"/account/new-address/{token_for(change)}/"


def test_the_old_address_stays_and_gets_a_notice_until_the_new_one_is_confirmed(change, jordan):
    assert address_of(jordan) == "jordan@example.org"
    told = Notice.objects.order_by("pk").values_list("kind", "to_address", "private")
    assert list(told) == [("account.address", NEW, True), ("account.change", "jordan@example.org", False)]
    assert with_password(Client(), "jordan@example.org")["Location"] == "/home/"


def test_opening_the_confirmation_link_changes_nothing_until_its_button_is_pressed(change, jordan, client):
    assert "Use this address?" in text_of(client.get(page(change)))
    assert address_of(jordan) == "jordan@example.org"
    for _ in range(2):
        assert "This is your address now" in text_of(client.post(page(change)))
    assert address_of(jordan) == NEW
    assert EmailAddress.objects.get(user=jordan, email=NEW).verified
    told = Notice.objects.filter(kind="account.change").order_by("pk")
    assert [(one.payload["mail"], one.to_address) for one in told] == [
        ("email_change_asked", "jordan@example.org"), ("email_changed", "jordan@example.org"),
    ]  # fmt: skip
    assert HistoryEntry.objects.get(verb="email_changed").detail == {"email": ["jordan@example.org", NEW]}
    assert with_password(Client(), NEW)["Location"] == "/home/"


def test_a_withdrawn_address_change_can_no_longer_be_confirmed(change, jordan, registrar, client):
    for _ in range(2):
        drop_email_change(change, by=registrar, at=clock.now(), reason="It was another trainer.")
    answer = client.post(page(change))
    assert (answer.status_code, OVER in text_of(answer)) == (422, True)
    assert address_of(jordan) == "jordan@example.org"
    assert Notice.objects.get(kind="account.address").state == "superseded"


def test_the_link_to_confirm_a_new_address_works_for_seven_days(change, jordan):
    with refused_with(OVER, "over"):
        confirm_email_change(change, at=clock.now() + timedelta(days=7))
    assert address_of(jordan) == "jordan@example.org"
    confirm_email_change(change, at=clock.now() + timedelta(days=6, hours=23))
    assert address_of(jordan) == NEW


def test_a_new_address_that_another_account_took_meanwhile_is_refused(change, jordan, stranger):
    stranger.email = NEW
    stranger.save()
    with refused_with(OVER, "email_taken"):
        confirm_email_change(change, at=clock.now())
    assert address_of(jordan) == "jordan@example.org"


def test_a_person_has_one_open_address_change_and_asking_for_the_same_again_mails_nothing(
    change, jordan, registrar
):
    assert ask(jordan, registrar) == change
    with refused_with(f"A change to {NEW} waits. Take that back first.", "waiting"):
        ask(jordan, registrar, "other@example.org")
    assert Notice.objects.filter(kind="account.address").count() == 1


@pytest.mark.parametrize("who", [None, "stranger", "jordan", "reviewer", "lead", "read_only"])
def test_only_a_registrar_can_request_or_withdraw_an_address_change(change, stranger, who, request):
    by = request.getfixturevalue(who) if who else None
    with pytest.raises(Refusal):
        ask(stranger, by)
    with pytest.raises(Refusal):
        drop_email_change(change, by=by, at=clock.now(), reason="No.")
    assert EmailChange.objects.get().state == "waiting"


def test_a_forged_link_to_confirm_a_new_address_gives_404(client, change):
    assert client.get("/account/new-address/nonsense/").status_code == 404
