"""What services about accounts and credentials refuse, each with its sentence."""

from datetime import date

import pytest

from core.models import Erasure
from outbox.models import Notice
from outbox.resending import send_copy
from tests.reading import refused_with
from tests.renewals.scenes import moment
from trainers.models import Credential, Trainer
from trainers.services import grant_credential, suspend_credential
from trainers.services.accounts import create_trainer
from trainers.services.erasing import erase_trainer, propose_erasure, request_erasure
from trainers.services.registrar import change_email, set_roles

MARCH_2 = moment("2027-03-02")


def test_creating_or_changing_an_account_with_an_address_in_use_is_refused(jordan, stranger, registrar):
    taken = "Another account has this email address."
    with refused_with(taken, "email_taken"):
        create_trainer(email="JORDAN@example.org", name="Another Jordan", by=registrar, at=MARCH_2)
    with refused_with(taken, "email_taken"):
        change_email(stranger, email="Jordan@example.org", by=registrar, at=MARCH_2, reason="They wrote in.")
    assert Trainer.objects.filter(email="jordan@example.org").get() == jordan


def test_only_a_superuser_can_set_roles_and_not_their_own(root, registrar, stranger):
    for trainer, by in ((root, root), (stranger, registrar)):
        with refused_with("Another superuser must decide about this.", "not_allowed"):
            set_roles(trainer, works_here=True, groups=[], by=by, at=MARCH_2)
    stranger.refresh_from_db()
    assert not stranger.is_staff


def test_granting_a_number_that_another_award_has_is_refused(jordan, stranger):
    award = {
        "policy_code": "nasm-cpt",
        "awarded_on": date(2021, 3, 14),
        "cycle_expires_on": date(2027, 3, 14),
    }
    with refused_with("This number was given to another award.", "number_taken"):
        grant_credential(stranger, number="11934482", **award, by=None, at=MARCH_2)
    assert Credential.objects.get(number="11934482").trainer == jordan


@pytest.mark.parametrize("who", ["reviewer", "registrar", "stranger"])
def test_only_a_lead_can_suspend_a_certification_and_not_their_own(jordan, lead, who, request):
    said = {"at": MARCH_2, "on": date(2027, 3, 2), "reason": "A complaint."}
    credential = jordan.credentials.get()
    with refused_with("Only a lead may do this.", "not_allowed"):
        suspend_credential(credential, by=request.getfixturevalue(who), **said)
    Credential.objects.update(trainer=lead)
    with refused_with("Another lead must decide about your own certification.", "own_case"):
        suspend_credential(credential, by=lead, **said)


def test_an_erasure_requested_or_carried_out_without_authority_is_refused(jordan, stranger, lead):
    with refused_with("Only the trainer may do this.", "not_allowed"):
        request_erasure(jordan, by=stranger, at=MARCH_2)
    with refused_with("Ask for your own erasure on your account page.", "own_case"):
        propose_erasure(lead, by=lead, at=MARCH_2, reason="I leave.")
    asked = propose_erasure(jordan, by=lead, at=MARCH_2, reason="A letter.")
    with refused_with("This erasure is not confirmed.", "not_confirmed"):
        erase_trainer(asked, at=MARCH_2)
    with refused_with("This is being erased already, or waits for a second person.", "asked"):
        propose_erasure(jordan, by=lead, at=MARCH_2, reason="A letter.")
    assert Erasure.objects.get().state == "asked"


def test_sending_a_message_again_needs_the_permission_and_a_message_already_sent(jordan, registrar, reviewer):
    notice = Notice.objects.create(
        trainer=jordan, kind="renewals.renewed", subject="x:1", event="1", send_at=MARCH_2, state="due"
    )
    with refused_with("You may not send messages again.", "not_allowed"):
        send_copy(notice, by=reviewer, at=MARCH_2)
    with refused_with("Only a message that was sent and held no code can be sent again.", "not_sent"):
        send_copy(notice, by=registrar, at=MARCH_2)
