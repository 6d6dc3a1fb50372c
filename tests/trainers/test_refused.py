"""What services about accounts and credentials refuse, each with its sentence."""

from datetime import date

import pytest

from core.errors import Refusal
from core.models import Erasure, HistoryEntry
from outbox.models import Notice
from outbox.resending import send_copy
from tests.reading import refused_with
from tests.renewals.scenes import moment
from trainers.models import Credential, EmailChange, Trainer
from trainers.services import grant_credential, suspend_credential
from trainers.services.accounts import create_trainer
from trainers.services.addresses import OVER, ask_email_change, confirm_email_change
from trainers.services.erasing import agree_to_erasure, erase_trainer, propose_erasure, request_erasure
from trainers.services.looking import begin_looking
from trainers.services.policies import switch_policy
from trainers.services.profile import set_time_zone
from trainers.services.registrar import (
    change_email,
    change_name,
    deactivate_trainer,
    reactivate_trainer,
    set_roles,
)

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
    with refused_with("Only the person whom it is about may do this.", "not_allowed"):
        request_erasure(jordan, by=stranger, at=MARCH_2)
    with refused_with("Ask for your own erasure on your account page.", "own_case"):
        propose_erasure(lead, by=lead, at=MARCH_2, reason="I leave.")
    asked = propose_erasure(jordan, by=lead, at=MARCH_2, reason="A letter.")
    with refused_with("This erasure is not confirmed.", "not_confirmed"):
        erase_trainer(asked, at=MARCH_2)
    with refused_with("This is being erased already, or waits for a second person.", "asked"):
        propose_erasure(jordan, by=lead, at=MARCH_2, reason="A letter.")
    assert Erasure.objects.get().state == "asked"


def test_a_cycle_end_that_does_not_follow_from_the_award_date_is_refused_at_its_field(stranger):
    with pytest.raises(Refusal, match="^No cycle of this award ends on that day.$") as refused:
        grant_credential(
            stranger,
            number="30000001",
            policy_code="nasm-cpt",
            awarded_on=date(2021, 3, 14),
            cycle_expires_on=date(2027, 3, 15),
            by=None,
            at=MARCH_2,
        )
    assert (refused.value.code, refused.value.field) == ("off_series", "expires_on")
    assert not Credential.objects.filter(number="30000001").exists()


@pytest.mark.parametrize("change", ["name", "email", "close", "open", "address"])
def test_a_registrar_changes_nothing_in_an_account_whose_data_is_being_erased(
    jordan, registrar, lead, second_lead, change
):
    agree_to_erasure(
        propose_erasure(jordan, by=lead, at=MARCH_2, reason="A letter."), by=second_lead, at=MARCH_2
    )
    asked = {"by": registrar, "at": MARCH_2, "reason": "They wrote in."}
    act = {
        "name": lambda: change_name(jordan, name="Jordan Cole", **asked),
        "email": lambda: change_email(jordan, email="cole@example.org", **asked),
        "close": lambda: deactivate_trainer(jordan, **asked),
        "open": lambda: reactivate_trainer(jordan, **asked),
        "address": lambda: ask_email_change(jordan, email="cole@example.org", **asked),
    }[change]
    with refused_with("The data of this account is erased. It stays as it is.", "erased"):
        act()
    jordan.refresh_from_db()
    assert (jordan.name, jordan.email, jordan.is_active) == ("Jordan Rivera", "jordan@example.org", False)


@pytest.mark.parametrize(
    ("email", "sentence", "code"),
    [
        ("Jordan@Example.org", "This is their address already.", "same"),
        ("stranger@example.org", "Another account has this email address.", "email_taken"),
    ],
)
def test_an_address_change_to_the_present_address_or_that_of_another_account_is_refused(
    jordan, stranger, registrar, email, sentence, code
):
    with refused_with(sentence, code):
        ask_email_change(jordan, email=email, by=registrar, at=MARCH_2, reason="By phone.")
    assert not EmailChange.objects.exists()
    assert not Notice.objects.exists()


def test_an_address_change_cannot_be_confirmed_after_the_address_was_changed_otherwise(jordan, registrar):
    asked = ask_email_change(jordan, email="first@example.org", by=registrar, at=MARCH_2, reason="By phone.")
    change_email(jordan, email="second@example.org", by=registrar, at=MARCH_2, reason="By letter.")
    with refused_with(OVER, "over"):
        confirm_email_change(asked, at=MARCH_2)
    assert Trainer.objects.get(pk=jordan.pk).email == "second@example.org"


def test_an_address_change_cannot_be_confirmed_after_its_registrar_lost_the_role(jordan, registrar):
    asked = ask_email_change(jordan, email="first@example.org", by=registrar, at=MARCH_2, reason="By phone.")
    registrar.groups.clear()
    with refused_with(OVER, "not_allowed"):
        confirm_email_change(asked, at=MARCH_2)
    assert Trainer.objects.get(pk=jordan.pk).email == "jordan@example.org"


def test_a_time_zone_that_does_not_exist_is_refused_at_its_field(jordan):
    with pytest.raises(Refusal, match="^Choose a time zone from the list.$") as refused:
        set_time_zone(jordan, time_zone="Mars/Olympus", by=jordan, at=MARCH_2)
    assert (refused.value.code, refused.value.field) == ("time_zone", "time_zone")
    assert Trainer.objects.get(pk=jordan.pk).time_zone == jordan.time_zone


def test_asking_twice_for_the_same_change_of_an_account_writes_nothing_more(jordan, registrar):
    asked = {"by": registrar, "at": MARCH_2, "reason": "They wrote in."}
    for _ in range(2):
        change_email(jordan, email="Jordan@Example.org", **asked)
        set_time_zone(jordan, time_zone="Europe/Paris", by=jordan, at=MARCH_2)
    for _ in range(2):
        deactivate_trainer(jordan, **asked)
    for _ in range(2):
        reactivate_trainer(jordan, **asked)
    verbs = HistoryEntry.objects.filter(trainer=jordan).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["time_zone_changed", "deactivated", "reactivated"]


@pytest.mark.parametrize("who", ["finance", "read_only", "stranger", "root"])
def test_a_persons_pages_are_not_shown_to_staff_who_may_not_view_them(jordan, root, who, request):
    """A superuser may look at a trainer, and at no colleague."""
    by = request.getfixturevalue(who)
    if by == root:
        jordan.is_staff = True
        jordan.save()
    with refused_with("You may not see the pages of this person.", "not_allowed"):
        begin_looking(jordan, by=by, at=MARCH_2, reason="They called.")
    assert not HistoryEntry.objects.filter(verb="looked at").exists()


def test_the_policy_of_a_suspended_certification_cannot_be_switched(jordan, lead):
    credential = jordan.credentials.get()
    suspend_credential(credential, by=lead, at=MARCH_2, on=date(2027, 3, 2), reason="A complaint.")
    with refused_with("Reinstate the certification first.", "not_in_force"):
        switch_policy(credential, policy="nasm-cpt", reason="They asked.", by=lead, at=MARCH_2)
    with refused_with("Another lead must decide about your own certification.", "own_case"):
        Credential.objects.update(trainer=lead)
        switch_policy(credential, policy="nasm-cpt", reason="I asked.", by=lead, at=MARCH_2)


def test_sending_a_message_again_needs_the_permission_and_a_message_already_sent(jordan, registrar, reviewer):
    notice = Notice.objects.create(
        trainer=jordan, kind="renewals.renewed", subject="x:1", event="1", send_at=MARCH_2, state="due"
    )
    with refused_with("You may not send messages again.", "not_allowed"):
        send_copy(notice, by=reviewer, at=MARCH_2)
    with refused_with("Only a message that was sent and held no code can be sent again.", "not_sent"):
        send_copy(notice, by=registrar, at=MARCH_2)
