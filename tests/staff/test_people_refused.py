"""What is refused about colleagues when two people act at once, or when a request has ended meanwhile."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from core.models import HistoryEntry
from tests.reading import refused_with, text_of
from trainers.invitation_links import token_for_invitation
from trainers.models import FactorReset, Invitation, Trainer
from trainers.services.erasing import agree_to_erasure, propose_erasure
from trainers.services.factors import ask_for_reset, confirm_reset, drop_reset
from trainers.services.people import (
    accept_invitation,
    change_role,
    end_work,
    invite_colleague,
    send_invitation_again,
    withdraw_invitation,
)
from trainers.services.registrar import deactivate_trainer, set_roles
from trainers.services.superusers import make_superuser, unmake_superuser

pytestmark = pytest.mark.django_db
PEOPLE = "/staff/people/"
WHY = "They asked on the phone."


@pytest.fixture
def now(clock_at) -> datetime:
    return clock_at("2027-03-02 09:10")


@pytest.fixture
def invited(jordan, lead, now) -> Invitation:
    """Jordan, a trainer, is invited to work here as a reviewer."""
    return invite_colleague(email=jordan.email, name="Jordan", role="reviewer", by=lead, at=now)


def works_here(person: Trainer) -> tuple[bool, bool, bool]:
    person.refresh_from_db()
    return person.is_staff, person.is_superuser, person.is_active


# --- an account that closes


def test_an_erased_account_cannot_accept_the_invitation_it_had(invited, jordan, lead, second_lead, now):
    link = f"/staff/join/{token_for_invitation(invited)}/"
    agree_to_erasure(propose_erasure(jordan, by=lead, at=now, reason="A letter."), by=second_lead, at=now)
    answer = Client().post(link)
    assert (answer.status_code, "This link has ended" in answer.content.decode()) == (410, True)
    assert works_here(jordan) == (False, False, False)
    invited.refresh_from_db()
    assert (invited.state, invited.ended_at) == ("withdrawn", now)


def test_a_closed_account_is_not_opened_by_the_invitation_it_had_before(invited, jordan, registrar, now):
    deactivate_trainer(jordan, by=registrar, at=now, reason="Somebody else reads their mail.")
    assert Client().post(f"/staff/join/{token_for_invitation(invited)}/").status_code == 410
    assert works_here(jordan) == (False, False, False)


def test_a_second_factor_reset_is_dropped_when_its_colleague_stops_working_here(
    reviewer, lead, second_lead, now, signed_in
):
    reset = ask_for_reset(reviewer, by=lead, at=now, reason=WHY)
    end_work(reviewer, by=second_lead, at=now, reason=WHY)
    reset.refresh_from_db()
    assert (reset.state, reset.ended_at) == ("dropped", now)


def test_setting_roles_directly_ends_an_invitation_and_ending_work_drops_a_reset(
    invited, jordan, lead, root, now
):
    leads = Group.objects.get(name="lead")
    set_roles(jordan, works_here=True, groups=[leads], by=root, at=now)
    with refused_with("This link has ended. Ask whoever invited you for a new one.", "ended"):
        accept_invitation(invited, at=now)
    assert [group.name for group in jordan.groups.all()] == ["lead"]
    reset = ask_for_reset(jordan, by=lead, at=now, reason=WHY)
    set_roles(jordan, works_here=False, groups=[], by=root, at=now)
    reset.refresh_from_db()
    assert (reset.state, works_here(jordan)) == ("dropped", (False, False, True))


# --- two at once


@pytest.mark.parametrize("page", ["end", "role", "ask-reset", ""])
def test_acting_on_a_colleague_who_has_left_meanwhile_shows_a_sentence_and_changes_nothing(
    reviewer, lead, second_lead, now, signed_in, page
):
    browser, url = signed_in(lead), f"{PEOPLE}{reviewer.pk}/{page}/".replace("//", "/")
    assert browser.get(url).status_code == 200
    end_work(reviewer, by=second_lead, at=now, reason=WHY)
    typed = {"reason": WHY, "role": "finance", "present": "reviewer"}
    answer = browser.post(url, typed, follow=True)
    assert answer.redirect_chain == [(PEOPLE, 302)]
    assert (
        "Robin Reviewer does not work here, and no invitation is open. Nothing was changed by you."
        in text_of(answer)
    )
    assert HistoryEntry.objects.filter(trainer=reviewer).count() == 1


def test_the_second_withdrawal_of_an_invitation_shows_that_none_is_open(invited, lead, signed_in):
    browser, url = signed_in(lead), f"{PEOPLE}{invited.person_id}/withdraw/"
    assert browser.post(url, {}).status_code == 302
    answer = browser.post(url, {}, follow=True)
    assert "Jordan Rivera does not work here, and no invitation is open." in text_of(answer)
    assert HistoryEntry.objects.filter(verb="withdrawn").count() == 1


def test_an_invitation_that_was_accepted_can_be_neither_sent_again_nor_withdrawn(
    invited, lead, now, signed_in
):
    accept_invitation(invited, at=now)
    for page in ("invite-again", "withdraw"):
        answer = signed_in(lead).post(f"{PEOPLE}{invited.person_id}/{page}/", {}, follow=True)
        assert answer.redirect_chain == [(f"{PEOPLE}{invited.person_id}/", 302)]
        assert "There is no open invitation." in text_of(answer)
    with refused_with("This invitation has ended. Invite them again.", "out_of_order"):
        send_invitation_again(invited, by=lead, at=now)
    with refused_with("An invitation that is accepted cannot be withdrawn.", "out_of_order"):
        withdraw_invitation(invited, by=lead, at=now)
    assert Invitation.objects.get().state == "accepted"


def test_a_factor_reset_that_was_confirmed_or_dropped_cannot_be_changed_any_more(
    reviewer, lead, second_lead, now, signed_in
):
    first = ask_for_reset(reviewer, by=lead, at=now, reason=WHY)
    with refused_with("A reset is asked for already. A second person must confirm it.", "asked"):
        ask_for_reset(reviewer, by=second_lead, at=now, reason=WHY)
    for _ in range(2):
        assert confirm_reset(first, by=second_lead, at=now).state == "confirmed"
    answer = signed_in(lead).post(f"{PEOPLE}{reviewer.pk}/drop-reset/", {}, follow=True)
    assert "No reset is asked for." in text_of(answer)
    with refused_with("A reset that is confirmed cannot be dropped.", "out_of_order"):
        drop_reset(first, by=lead, at=now)
    second = ask_for_reset(reviewer, by=lead, at=now, reason=WHY)
    for _ in range(2):
        assert drop_reset(second, by=lead, at=now).state == "dropped"
    with refused_with("A reset that is dropped cannot be confirmed.", "out_of_order"):
        confirm_reset(second, by=second_lead, at=now)
    verbs = HistoryEntry.objects.filter(trainer=reviewer).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["reset_asked", "reset_confirmed", "reset_asked", "reset_dropped"]


# --- what a service is asked for too late or for the wrong person


def test_services_refuse_to_act_on_somebody_who_does_not_work_here(jordan, lead, root, now):
    with refused_with("They do not work here. Invite them.", "not_here"):
        change_role(jordan, role="finance", by=lead, at=now, reason=WHY)
    with refused_with("They do not work here.", "not_here"):
        ask_for_reset(jordan, by=lead, at=now, reason=WHY)
    with refused_with("They do not work here. Invite them first.", "not_here"):
        make_superuser(jordan, by=root, at=now, reason=WHY)
    assert not FactorReset.objects.exists()
    assert works_here(jordan) == (False, False, True)


def test_services_refuse_an_unknown_role_and_an_erased_account(jordan, reviewer, lead, second_lead, now):
    with refused_with("Choose a role from the list.", "no_role"):
        change_role(reviewer, role="owner", by=lead, at=now, reason=WHY)
    with refused_with("Choose a role from the list.", "no_role"):
        invite_colleague(email="mina@meridian.example", name="Mina", role="owner", by=lead, at=now)
    agree_to_erasure(propose_erasure(jordan, by=lead, at=now, reason="A letter."), by=second_lead, at=now)
    with refused_with("The data of this account is erased.", "erased"):
        invite_colleague(email=jordan.email, name="Jordan", role="reviewer", by=lead, at=now)
    assert not Invitation.objects.exists()
    assert not Trainer.objects.filter(email="mina@meridian.example").exists()


def test_changing_or_ending_a_role_twice_writes_history_once(reviewer, lead, root, now):
    for _ in range(2):
        change_role(reviewer, role="finance", by=lead, at=now, reason=WHY)
    for _ in range(2):
        make_superuser(reviewer, by=root, at=now, reason=WHY)
    for _ in range(2):
        unmake_superuser(reviewer, by=root, at=now, reason=WHY)
    for _ in range(2):
        end_work(reviewer, by=lead, at=now, reason=WHY)
    verbs = HistoryEntry.objects.filter(trainer=reviewer).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["role_changed", "superuser_made", "superuser_unmade", "work_ended"]


def test_superusers_can_neither_give_nor_remove_their_own_superuser_rights(root, lead, now):
    make_superuser(lead, by=root, at=now, reason=WHY)
    for act in (make_superuser, unmake_superuser):
        with refused_with("Another superuser must decide about you.", "own_case"):
            act(root, by=root, at=now, reason=WHY)
    assert works_here(root) == (True, True, True)


def test_the_work_of_a_superuser_cannot_be_ended_before_their_superuser_rights_are_removed(lead, root, now):
    make_superuser(lead, by=root, at=now, reason=WHY)
    with refused_with("Unmake the superuser first.", "superuser"):
        set_roles(lead, works_here=False, groups=[], by=root, at=now)
    set_roles(lead, works_here=True, groups=list(lead.groups.all()), by=root, at=now)
    assert HistoryEntry.objects.filter(trainer=lead).count() == 1
    assert works_here(lead) == (True, True, True)
