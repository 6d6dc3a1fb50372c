"""Granting a credential, opening its next cycle, and what a lead may do to it (Q7, Q24)."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission

from core.errors import Refusal
from core.models import HistoryEntry
from tests.factories import walk_to
from tests.reading import refused_with
from trainers.lookups import credential_of, current_cycle
from trainers.models import Credential, Cycle
from trainers.services import (
    create_trainer,
    grant_credential,
    open_next_cycle,
    reinstate_credential,
    rename_trainer,
    suspend_credential,
)
from trainers.services.registrar import deactivate_trainer

NOON = datetime(2027, 3, 2, 19, tzinfo=UTC)  # noon in Phoenix
TODAY = date(2027, 3, 2)


@pytest.fixture
def credential(jordan):
    return credential_of(jordan)


def grant(trainer, **changes):
    given = {
        "number": "1234-5678",
        "policy_code": "nasm-cpt",
        "awarded_on": date(2024, 2, 29),
        "cycle_expires_on": date(2028, 2, 29),
    }
    return grant_credential(trainer, **{**given, **changes}, by=None, at=NOON)


def test_a_new_account_has_an_unverified_lower_case_address_and_no_usable_password(db):
    trainer = create_trainer(email=" Robin@Example.ORG ", name="Robin Vale", by=None, at=NOON)
    assert trainer.email == "robin@example.org"
    assert not trainer.has_usable_password()
    assert list(trainer.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("robin@example.org", False, True)
    ]
    assert list(trainer.history.values_list("verb", flat=True)) == ["joined"]


def test_creating_an_account_with_an_address_in_use_is_refused(jordan):
    with pytest.raises(Refusal) as refusal:
        create_trainer(email="JORDAN@example.org", name="Somebody Else", by=None, at=NOON)
    assert refusal.value.field == "email"


def test_the_cycle_of_a_leap_day_award_ends_on_february_29_in_a_leap_year(stranger):
    cycle = current_cycle(grant(stranger))
    assert (cycle.starts_on, cycle.expires_on) == (date(2026, 3, 1), date(2028, 2, 29))
    assert (cycle.opens_on, cycle.completion_deadline, cycle.last_day_to_apply) == (
        date(2027, 9, 2),
        date(2028, 5, 29),
        date(2029, 2, 27),
    )


def test_granting_the_same_credential_twice_creates_it_once_with_one_history_row(stranger):
    assert grant(stranger) == grant(stranger, number="1234 5678")
    credential = Credential.objects.get(number="12345678")
    assert credential.cycles.count() == 1
    assert HistoryEntry.objects.filter(verb="granted", trainer=stranger).count() == 1


def test_granting_the_number_of_another_award_is_refused(jordan, stranger):
    grant(stranger)
    for other in (
        {"awarded_on": date(2022, 2, 28), "cycle_expires_on": date(2028, 2, 28)},
        {"trainer": jordan},
    ):
        with pytest.raises(Refusal) as refusal:
            grant(other.pop("trainer", stranger), **other)
        assert refusal.value.code == "number_taken"


@pytest.mark.parametrize("wrong", [date(2028, 2, 28), date(2027, 2, 28), date(2024, 2, 29)])
def test_granting_a_credential_with_a_date_that_ends_no_cycle_of_the_award_is_refused(stranger, wrong):
    with pytest.raises(Refusal) as refusal:
        grant(stranger, cycle_expires_on=wrong)
    assert refusal.value.field == "expires_on"
    assert not Credential.objects.filter(number="12345678").exists()


def test_the_next_cycle_begins_the_day_after_the_current_one_and_opens_once(credential):
    cycle = current_cycle(credential)
    opened = open_next_cycle(cycle, by=None, at=NOON)
    assert (opened.starts_on, opened.expires_on) == (date(2027, 3, 15), date(2029, 3, 14))
    assert open_next_cycle(cycle, by=None, at=NOON) == opened
    assert Cycle.objects.filter(credential=credential).count() == 2
    assert current_cycle(credential) == opened
    assert (
        HistoryEntry.objects.filter(verb="cycle_opened", subject=f"trainers.cycle:{opened.pk}").count() == 1
    )


def test_opening_the_cycle_after_an_old_one_does_not_skip_ahead(credential):
    first = current_cycle(credential)
    second = open_next_cycle(first, by=None, at=NOON)
    open_next_cycle(second, by=None, at=NOON)
    assert open_next_cycle(first, by=None, at=NOON) == second


def test_suspending_and_reinstating_needs_reason_and_day_and_keeps_the_expiration_date(credential, lead):
    suspended = suspend_credential(credential, by=lead, at=NOON, on=date(2027, 3, 1), reason="A complaint")
    assert (suspended.state, suspended.state_on) == ("suspended", date(2027, 3, 1))
    again = reinstate_credential(credential, by=lead, at=NOON, on=TODAY, reason="It was unfounded")
    assert (again.state, again.state_on) == ("in_force", TODAY)
    assert current_cycle(again).expires_on == date(2027, 3, 14)
    rows = HistoryEntry.objects.filter(subject=f"trainers.credential:{credential.pk}").order_by("pk")
    assert list(rows.values_list("verb", "from_state", "to_state", "reason", "by")) == [
        ("suspended", "in_force", "suspended", "A complaint", lead.pk),
        ("reinstated", "suspended", "in_force", "It was unfounded", lead.pk),
    ]


def test_a_revoked_credential_cannot_be_suspended_but_can_be_reinstated(credential, lead):
    walk_to(credential, "revoked", state_on=TODAY)
    credential.refresh_from_db()
    with pytest.raises(Refusal) as refusal:
        suspend_credential(credential, by=lead, at=NOON, on=TODAY, reason="Fraud")
    assert refusal.value.code == "out_of_order"
    assert reinstate_credential(credential, by=lead, at=NOON, on=TODAY, reason="An error").in_force


def test_suspending_a_suspended_credential_changes_nothing(credential, lead):
    suspend_credential(credential, by=lead, at=NOON, on=date(2027, 3, 1), reason="A complaint")
    second = suspend_credential(credential, by=lead, at=NOON, on=TODAY, reason="")
    assert second.state_on == date(2027, 3, 1)
    assert HistoryEntry.objects.filter(verb="suspended").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
        ({"on": date(2027, 3, 3)}, "on"),
        ({"on": date(2021, 3, 13)}, "on"),
    ],
)
def test_a_suspension_without_a_reason_or_with_a_day_outside_award_and_today_is_refused(
    credential, lead, changes, field
):
    with pytest.raises(Refusal) as refusal:
        suspend_credential(
            credential, **{"by": lead, "at": NOON, "on": TODAY, "reason": "A complaint", **changes}
        )
    assert refusal.value.field == field
    credential.refresh_from_db()
    assert credential.in_force


@pytest.mark.parametrize("who", [None, "stranger", "jordan"])
def test_only_a_lead_can_suspend_a_credential_and_not_their_own(credential, request, who):
    by = request.getfixturevalue(who) if who else None
    if who == "jordan":
        by.user_permissions.add(Permission.objects.get(codename="suspend_credential"))
    with pytest.raises(Refusal) as refusal:
        suspend_credential(credential, by=by, at=NOON, on=TODAY, reason="A complaint")
    assert refusal.value.code == ("own_case" if who == "jordan" else "not_allowed")


def test_changing_a_name_writes_history_only_when_the_new_name_is_different(jordan, lead):
    renamed = rename_trainer(jordan, name="  Jordan   Rivera-Cole ", by=lead, at=NOON, reason="Marriage")
    assert renamed.name == "Jordan Rivera-Cole"
    rename_trainer(jordan, name="Jordan Rivera-Cole", by=lead, at=NOON)
    row = HistoryEntry.objects.get(verb="renamed")
    assert row.detail == {"name": ["Jordan Rivera", "Jordan Rivera-Cole"]}
    with pytest.raises(Refusal):
        rename_trainer(jordan, name="  ", by=lead, at=NOON)


@pytest.mark.parametrize("name", ["", "  ", "\u3164", "\u200b", "12", "\U0001f600", "x" * 121])
def test_a_name_without_letters_or_over_120_characters_is_refused(jordan, lead, name):
    with pytest.raises(Refusal, match="Write a name of 1 to 120 characters, with letters"):
        rename_trainer(jordan, name=name, by=lead, at=NOON)


@pytest.mark.parametrize("name", ["Ö", "X" * 120, "李小龍", "N\u200dZ"])
def test_a_name_may_be_in_any_script(jordan, lead, name):
    assert rename_trainer(jordan, name=name, by=lead, at=NOON).name == name


def test_the_current_credential_of_a_trainer_is_the_latest_awarded_or_none(jordan, lead):
    assert credential_of(lead) is None
    later = grant(jordan)
    assert credential_of(jordan) == later


def test_only_a_registrar_can_change_an_account_and_only_a_superuser_a_staff_account(
    jordan, reviewer, lead, registrar, root
):
    change = {"at": NOON, "reason": "They asked."}
    for by in (jordan, reviewer, None):
        with refused_with("Only a registrar may do this.", "not_allowed"):
            deactivate_trainer(jordan, by=by, **change)
    with refused_with("Only a superuser may change the account of somebody who works here.", "works_here"):
        deactivate_trainer(lead, by=registrar, **change)
    with refused_with("You cannot close your own account here.", "own_account"):
        deactivate_trainer(root, by=root, **change)
    assert deactivate_trainer(lead, by=root, **change).is_active is False
