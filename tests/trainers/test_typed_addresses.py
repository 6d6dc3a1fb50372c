"""An address that the registrar typed is confirmed by a code sent to it, and by nothing else."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from outbox.models import Notice
from tests.trainers.scenes import enter_code, last_code, mailed_code, reset_password, with_password
from trainers.models import Trainer
from trainers.services.registrar import change_email

NEW = "jordan.new@example.org"
NOON = datetime(2027, 3, 2, 19, tzinfo=UTC)
CONFIRM = "/account/confirm-email/"


@pytest.fixture
def moved(jordan, registrar) -> Trainer:
    """Jordan, who still has the old password, at an address that the registrar typed."""
    return change_email(jordan, email=NEW, by=registrar, at=NOON, reason="By phone.")


def confirmed() -> bool:
    return EmailAddress.objects.get(email=NEW).verified


def test_after_a_registrar_changed_the_address_the_old_password_does_not_confirm_it_or_sign_in(client, moved):
    assert with_password(client, NEW)["Location"] == CONFIRM
    assert not confirmed()
    assert client.get("/account/")["Location"].startswith("/account/login/")
    assert Notice.objects.get(private=True).to_address == NEW


def test_the_code_sent_to_the_new_address_confirms_that_address_and_signs_in(client, moved):
    with_password(client, NEW)
    assert client.post(CONFIRM, {"code": last_code(moved)})["Location"] == "/home/"
    assert confirmed()
    assert client.get("/account/").status_code == 200
    again = Client()
    assert with_password(again, NEW)["Location"] == "/home/"


def test_signing_in_with_a_code_sent_to_the_new_address_confirms_that_address(client, moved):
    assert enter_code(client, mailed_code(client, moved))["Location"] == "/home/"
    assert confirmed()


def test_a_code_sent_to_the_old_address_does_not_confirm_the_new_one(client, jordan, registrar):
    code = mailed_code(client, jordan)
    change_email(jordan, email=NEW, by=registrar, at=NOON, reason="By phone.")
    enter_code(client, code)
    assert not confirmed()
    assert client.get("/account/").status_code == 302


def test_resetting_the_password_with_a_code_sent_to_the_new_address_confirms_that_address(client, moved):
    reset_password(client, moved)
    assert confirmed()
    assert with_password(client, NEW, "three quiet otters")["Location"] == "/home/"


def test_a_superuser_created_on_the_command_line_signs_in_by_password(client, db):
    Trainer.objects.create_superuser("First@example.org", "correct horse battery", name="First")
    assert with_password(client, "first@example.org")["Location"] == "/staff/"
