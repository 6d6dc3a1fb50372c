"""The people who work here: invited, given a role, helped with a lost second factor, and let go."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from tests.cast import member
from tests.staff.scenes import confirm
from trainers.allauth_internals import activate_authenticator
from trainers.invitation_links import invitation_of, token_for_invitation
from trainers.models import FactorReset, Invitation, Trainer
from trainers.services.factors import ask_for_reset, confirm_reset
from trainers.services.people import (
    accept_invitation,
    change_role,
    end_work,
    invite_colleague,
    send_invitation_again,
    withdraw_invitation,
)
from trainers.services.superusers import make_superuser, unmake_superuser

pytestmark = pytest.mark.django_db
PEOPLE = "/staff/people/"
MINA = {"name": "Mina Duarte", "email": "Mina@meridian.example", "role": "reviewer"}
WHY = "They asked on the phone."


@pytest.fixture
def now(clock_at) -> datetime:
    return clock_at("2027-03-02 09:10")


@pytest.fixture
def invited(lead, now) -> Invitation:
    return invite_colleague(**MINA, by=lead, at=now)


def join_link(invitation: Invitation) -> str:
    return f"/staff/join/{token_for_invitation(Invitation.objects.get(pk=invitation.pk))}/"


def refused(code: str):
    """A block in which a service must refuse with this code."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


# --- invited


def test_a_lead_sees_the_invitation_mail_before_inviting_a_colleague(lead, now, signed_in):
    shown = confirm(signed_in(lead), f"{PEOPLE}invite/", MINA)
    assert "Lee Lead invites you to work on the portal as reviewer." in shown.text
    assert "March 3, 2027 at 9:10 am, Phoenix time" in shown.text
    person = Trainer.objects.get(email="mina@meridian.example")
    assert not person.is_staff
    assert Notice.objects.get(kind="account.invited").to_address == person.email


def test_an_invited_colleague_gets_access_only_after_a_mailed_code_and_a_second_factor(invited):
    browser = Client()
    page = browser.get(join_link(invited)).content.decode()
    assert "Lee Lead invites Mina Duarte to work here." in page
    assert "Decides petitions" in page
    answer = browser.post(join_link(invited))
    assert answer["Location"] == "/account/login/code/confirm/?next=%2Fstaff%2F"
    person = Trainer.objects.get(email="mina@meridian.example")
    assert person.is_staff
    assert [group.name for group in person.groups.all()] == ["reviewer"]
    assert Notice.objects.filter(kind="account.code", trainer=person).count() == 1
    assert browser.get("/staff/").status_code == 302


@pytest.mark.parametrize("end", ["time", "again", "withdrawn", "accepted", "forged"])
def test_an_expired_used_withdrawn_or_forged_invitation_link_is_refused(invited, lead, now, clock_at, end):
    link = join_link(invited)
    if end == "time":
        clock_at("2027-03-03 09:10")
    elif end == "again":
        send_invitation_again(invited, by=lead, at=now)
    elif end == "withdrawn":
        withdraw_invitation(invited, by=lead, at=now)
    elif end == "accepted":
        accept_invitation(invited, at=now)
        Trainer.objects.filter(pk=invited.person_id).update(is_staff=False)
    else:
        link = link.replace(f"/{invited.pk}-1.", f"/{invited.pk}-2.")
    for method in ("get", "post"):
        answer = getattr(Client(), method)(link)
        assert answer.status_code == 410
        assert "This link has ended" in answer.content.decode()
    assert not Trainer.objects.get(pk=invited.person_id).is_staff


def test_an_invitation_link_works_until_the_last_moment_of_its_24_hours(invited, now):
    accept_invitation(invited, at=now + timedelta(hours=24) - timedelta(seconds=1))
    assert Invitation.objects.get().state == "accepted"


def test_an_invitation_cannot_be_accepted_while_signed_in_as_somebody_else(invited, stranger, signed_in):
    answer = signed_in(stranger).post(join_link(invited))
    assert "You are signed in as somebody else." in answer.content.decode()
    assert not Trainer.objects.get(pk=invited.person_id).is_staff


def test_an_invitation_by_a_person_who_is_no_longer_a_lead_is_void(invited, lead, root, now):
    end_work(lead, by=root, at=now, reason=WHY)
    with refused("not_allowed"):
        accept_invitation(invited, at=now)


@pytest.mark.parametrize(
    ("email", "code"),
    [("robin@staff.example.org", "works_here"), ("mina@meridian.example", "invited")],
)
def test_inviting_a_person_who_is_staff_or_already_invited_is_refused(
    invited, reviewer, lead, now, email, code
):
    with refused(code):
        invite_colleague(email=email, name="Twice", role="reviewer", by=lead, at=now)


def test_only_a_superuser_can_invite_a_lead(lead, root, now, signed_in):
    with refused("not_allowed"):
        invite_colleague(**{**MINA, "role": "lead"}, by=lead, at=now)
    form = signed_in(lead).post(f"{PEOPLE}invite/", {**MINA, "role": "lead"})
    assert "Choose a role from the list." in form.content.decode()
    assert invite_colleague(**{**MINA, "role": "lead"}, by=root, at=now).role == "lead"


def test_a_trainer_who_accepts_an_invitation_keeps_their_certification(jordan, lead, now):
    invitation = invite_colleague(email=jordan.email, name="Other", role="reviewer", by=lead, at=now)
    accept_invitation(invitation, at=now)
    jordan.refresh_from_db()
    assert (jordan.is_staff, jordan.name, jordan.credentials.count()) == (True, "Jordan Rivera", 1)
    end_work(jordan, by=lead, at=now, reason=WHY)
    jordan.refresh_from_db()
    assert (jordan.is_staff, jordan.is_active) == (False, True)


# --- roles and the end


def test_giving_a_colleague_another_role_replaces_the_previous_one(reviewer, lead, now, signed_in):
    page = f"{PEOPLE}{reviewer.pk}/role/"
    answer = signed_in(lead).post(page, {"role": "finance", "reason": WHY, "present": "reviewer"})
    assert answer.status_code == 302
    assert [group.name for group in reviewer.groups.all()] == ["finance"]
    assert HistoryEntry.objects.get(verb="role_changed").detail == {"role": ["reviewer", "finance"]}


def test_a_lead_cannot_change_a_lead_a_superuser_or_themselves(lead, second_lead, root, now):
    for person in (second_lead, root, lead):
        with refused("not_allowed"):
            change_role(person, role="reviewer", by=lead, at=now, reason=WHY)
        with refused("not_allowed"):
            end_work(person, by=lead, at=now, reason=WHY)
    with refused("not_allowed"):
        change_role(member("Rona Reviewer", "reviewer"), role="lead", by=lead, at=now, reason=WHY)


def test_ending_a_colleagues_work_signs_them_out_and_removes_every_permission(reviewer, lead, now, signed_in):
    browser = signed_in(reviewer)
    assert browser.get("/staff/").status_code == 200
    end_work(reviewer, by=lead, at=now, reason=WHY)
    reviewer.refresh_from_db()
    assert (reviewer.is_staff, reviewer.is_active, reviewer.groups.count()) == (False, False, 0)
    assert "login" in browser.get("/staff/")["Location"]


# --- a lost second factor


def test_resetting_a_second_factor_takes_two_people_and_its_owner_gets_a_mail(
    reviewer, lead, second_lead, now, signed_in
):
    activate_authenticator(reviewer, secret="JBSWY3DPEHPK3PXP")
    signed_in(lead).post(f"{PEOPLE}{reviewer.pk}/ask-reset/", {"reason": WHY})
    assert "waits for a second person, not you" in signed_in(lead).get(PEOPLE).content.decode()
    page = f"{PEOPLE}{reviewer.pk}/confirm-reset/"
    alone = signed_in(lead).post(page, {})
    assert alone.status_code == 422
    assert "Somebody else must confirm it." in alone.content.decode()
    shown = confirm(signed_in(second_lead), page, {})
    assert shown.title == "Your second factor was reset"
    assert not Authenticator.objects.filter(user=reviewer).exists()
    assert FactorReset.objects.get().confirmed_by == second_lead


def test_nobody_can_request_or_confirm_the_reset_of_their_own_second_factor(lead, second_lead, now):
    with refused("own_case"):
        ask_for_reset(lead, by=lead, at=now, reason=WHY)
    reset = ask_for_reset(lead, by=second_lead, at=now, reason=WHY)
    with refused("own_case"):
        confirm_reset(reset, by=lead, at=now)


def test_a_person_with_several_roles_cannot_both_request_and_confirm_a_factor_reset(reviewer, now):
    both = member("Bo Both", "lead", "finance", "registrar", is_superuser=True)
    reset = ask_for_reset(reviewer, by=both, at=now, reason=WHY)
    with refused("same_person"):
        confirm_reset(reset, by=both, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(state="confirmed", confirmed_by=both, ended_at=now)


# --- superusers


def test_a_superuser_can_appoint_and_remove_another_superuser(root, lead, now):
    make_superuser(lead, by=root, at=now, reason=WHY)
    unmake_superuser(root, by=lead, at=now, reason=WHY)
    lead.refresh_from_db()
    assert lead.is_superuser
    assert list(Trainer.objects.filter(is_superuser=True)) == [lead]


def test_the_last_superuser_cannot_be_removed_in_any_way(root, lead, now):
    with refused("last_superuser"):
        unmake_superuser(root, by=root, at=now, reason=WHY)
    for change in ({"is_superuser": False}, {"is_active": False}, {"is_staff": False}):
        with pytest.raises(IntegrityError, match="last superuser"), transaction.atomic():
            Trainer.objects.filter(pk=root.pk).update(**change)


@pytest.mark.parametrize("role", ["lead", "registrar"])
def test_only_a_superuser_can_make_a_superuser(request, reviewer, now, role):
    with refused("not_allowed"):
        make_superuser(reviewer, by=request.getfixturevalue(role), at=now, reason=WHY)


# --- the first of all


def test_the_first_staff_command_prints_an_invitation_link_for_the_first_superuser(db, now, capsys):
    call_command("first_staff", "first@meridian.example", name="Ada First")
    link = capsys.readouterr().out.split()[-1]
    assert "/staff/join/" in link
    call_command("first_staff", "first@meridian.example")
    assert Client().get(link.replace("http://127.0.0.1:8000", "")).status_code == 410
    again = capsys.readouterr().out.split()[-1]
    accept_invitation(invitation_of(again.rstrip("/").rpartition("/")[2]), at=now)
    person = Trainer.objects.get(email="first@meridian.example")
    assert (person.is_superuser, person.is_staff, person.name) == (True, True, "Ada First")
    with pytest.raises(CommandError, match="There is a superuser already"):
        call_command("first_staff", "second@meridian.example")


# --- pages


@pytest.mark.parametrize("role", ["reviewer", "finance", "registrar", "read_only"])
def test_other_roles_may_open_no_page_about_colleagues(request, lead, signed_in, role):
    browser = signed_in(request.getfixturevalue(role))
    for page in ("", "invite/", f"{lead.pk}/", f"{lead.pk}/role/", f"{lead.pk}/end/"):
        assert browser.get(PEOPLE + page).status_code == 403, page


def test_the_colleague_pages_of_a_trainer_give_404(jordan, lead, signed_in):
    assert signed_in(lead).get(f"{PEOPLE}{jordan.pk}/").status_code == 404
    assert signed_in(lead).post(f"{PEOPLE}{jordan.pk}/end/", {"reason": WHY}).status_code == 404


def test_the_list_of_colleagues_describes_each_role_with_a_fixed_number_of_queries(
    lead, reviewer, root, invited, signed_in, django_assert_max_num_queries
):
    activate_authenticator(reviewer, secret="JBSWY3DPEHPK3PXP")
    browser = signed_in(lead)
    with django_assert_max_num_queries(16):
        page = browser.get(PEOPLE).content.decode()
    assert "3 people work here, 1 is invited." in page
    assert "Reviewer.</strong> Decides petitions" in page
    assert "May not open the desk until it is set" in page
    assert "Invited by you. The link ends March 3, 2027 at 9:10 am, Phoenix time" in page
