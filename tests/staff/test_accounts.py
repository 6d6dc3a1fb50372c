"""A registrar changes accounts: name, address, time zone, closing and reopening; only a superuser
changes those of colleagues.
"""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.urls import reverse

from core.models import HistoryEntry
from outbox.models import Notice
from tests.cast import member
from tests.staff.scenes import confirm, mail_sent
from trainers.models import EmailChange

pytestmark = pytest.mark.django_db
WHY = {"reason": "She wrote to us."}


def page(name: str, trainer) -> str:
    return reverse(f"admin:trainers_trainer_{name}", args=[trainer.pk])


def test_a_registrar_changes_the_name_on_a_certificate_and_history_records_the_change(
    jordan, registrar, desk
):
    shown = confirm(desk(registrar), page("name", jordan), {"name": "Jordan  Rivera-Smith"} | WHY)
    assert shown.text == mail_sent("account.name").text
    assert "Jordan Rivera-Smith" in shown.text
    jordan.refresh_from_db()
    assert jordan.name == "Jordan Rivera-Smith"
    assert HistoryEntry.objects.get(verb="renamed").by == registrar


def test_an_address_change_by_a_registrar_waits_for_confirmation_and_can_be_withdrawn_before_it(
    jordan, registrar, desk
):
    client = desk(registrar)
    shown = confirm(client, page("email", jordan), {"email": "Jordan.New@Example.org"} | WHY)
    assert "Confirm your new email address" in shown.title
    jordan.refresh_from_db()
    assert jordan.email == "jordan@example.org"
    told = Notice.objects.order_by("pk").values_list("kind", "to_address")
    assert list(told) == [
        ("account.address", "jordan.new@example.org"), ("account.change", "jordan@example.org"),
    ]  # fmt: skip
    shown = client.get(reverse("admin:trainers_trainer_change", args=[jordan.pk]))
    assert page("email-back", jordan) in shown.content.decode()
    client.post(page("email-back", jordan), WHY)
    assert EmailChange.objects.get().state == "dropped"
    assert Notice.objects.get(kind="account.address").state == "superseded"


@pytest.mark.parametrize(
    "email", ["stranger@example.org", "STRANGER@example.org", "nonsense", "", "a" * 250 + "@x.org"]
)
def test_an_invalid_or_taken_address_is_refused_and_changes_nothing(jordan, stranger, registrar, desk, email):
    response = desk(registrar).post(page("email", jordan), {"email": email} | WHY)
    assert response.status_code == 422
    jordan.refresh_from_db()
    assert jordan.email == "jordan@example.org"


def test_a_registrar_can_change_the_time_zone_and_an_unknown_one_is_refused(jordan, registrar, desk):
    client = desk(registrar)
    client.post(page("time-zone", jordan), {"time_zone": "Europe/Warsaw"})
    jordan.refresh_from_db()
    assert jordan.time_zone == "Europe/Warsaw"
    assert client.post(page("time-zone", jordan), {"time_zone": "Mars/Base"}).status_code == 422


def test_closing_an_account_signs_it_out_everywhere(jordan, registrar, desk, signed_in):
    phone, laptop = signed_in(jordan), signed_in(jordan)
    for browser in (phone, laptop):
        assert browser.get("/account/").status_code == 200
    desk(registrar).post(page("deactivate", jordan), WHY)
    jordan.refresh_from_db()
    assert not jordan.is_active
    assert not UserSession.objects.filter(user=jordan).exists()
    assert phone.get("/account/").status_code == 302
    desk(registrar).post(page("reactivate", jordan), WHY)
    jordan.refresh_from_db()
    assert jordan.is_active
    for browser in (phone, laptop):
        assert browser.get("/account/").status_code == 302
    assert list(HistoryEntry.objects.filter(by=registrar).order_by("pk").values_list("verb", flat=True)) == [
        "deactivated",
        "reactivated",
    ]


@pytest.mark.parametrize("name", ["name", "email", "time-zone", "deactivate", "reactivate"])
def test_only_a_registrar_may_change_an_account(jordan, reviewer, lead, onlooker, desk, name):
    for person in (reviewer, lead, onlooker):
        assert desk(person).get(page(name, jordan)).status_code == 403
        assert (
            desk(person).post(page(name, jordan), {"name": "X", "email": "x@example.org"} | WHY).status_code
            == 403
        )


@pytest.mark.parametrize("name", ["name", "email", "time-zone", "deactivate"])
def test_a_registrar_cannot_change_the_account_of_a_colleague(root, registrar, desk, name):
    answers = {"name": "X", "email": "mine@example.org", "time_zone": "Europe/Warsaw"} | WHY
    response = desk(registrar).post(page(name, root), answers)
    assert response.status_code == 422
    assert "Only a superuser may change the account of somebody who works here." in response.content.decode()
    before = (root.name, root.email, root.time_zone, root.is_active)
    root.refresh_from_db()
    assert (root.name, root.email, root.time_zone, root.is_active) == before


def test_a_superuser_cannot_close_their_own_account(root, desk):
    response = desk(root).post(page("deactivate", root), WHY)
    assert "You cannot close your own account here." in response.content.decode()
    root.refresh_from_db()
    assert root.is_active


def test_a_superuser_cannot_change_their_own_name_on_the_staff_site(root, desk):
    before, client = root.name, desk(root)
    for more in ({}, {"confirmed": "yes"}):
        response = client.post(page("name", root), {"name": "Somebody Else"} | WHY | more)
        assert response.status_code == 422
        assert "Another registrar must decide about your own name." in response.content.decode()
    root.refresh_from_db()
    assert root.name == before
    assert not HistoryEntry.objects.filter(verb="renamed").exists()


def test_a_superuser_can_change_their_own_address_and_time_zone(root, desk):
    client = desk(root)
    client.post(page("time-zone", root), {"time_zone": "Europe/Warsaw"})
    confirm(client, page("email", root), {"email": "new@staff.example.org"} | WHY)
    root.refresh_from_db()
    assert (root.time_zone, EmailChange.objects.get().after) == ("Europe/Warsaw", "new@staff.example.org")


def test_a_superuser_can_give_and_remove_roles(jordan, root, desk):
    reviewers = Group.objects.get(name="reviewer")
    client = desk(root)
    client.post(page("roles", jordan), {"works_here": "on", "groups": [reviewers.pk]})
    jordan.refresh_from_db()
    assert jordan.is_staff
    assert list(jordan.groups.all()) == [reviewers]
    client.post(page("roles", jordan), {})
    jordan.refresh_from_db()
    assert not jordan.is_staff
    assert not jordan.groups.exists()
    assert HistoryEntry.objects.filter(verb="roles_changed", by=root).count() == 2


def test_giving_a_group_to_a_person_who_is_not_staff_is_refused(jordan, root, desk):
    answers = {"groups": [Group.objects.get(name="lead").pk]}
    assert desk(root).post(page("roles", jordan), answers).status_code == 422
    assert not jordan.groups.exists()


def test_only_a_superuser_can_give_roles_and_not_to_themselves(jordan, registrar, root, desk):
    assert desk(registrar).post(page("roles", jordan), {"works_here": "on"}).status_code == 403
    response = desk(root).post(page("roles", root), {})
    assert response.status_code == 422
    root.refresh_from_db()
    assert root.is_staff


def test_extra_fields_posted_to_account_forms_change_nothing(jordan, registrar, desk):
    extra = {"is_staff": "on", "is_superuser": "on", "password": "x", "state": "revoked", "groups": "1"}
    desk(registrar).post(page("name", jordan), {"name": "Jordan R", "confirmed": "yes"} | WHY | extra)
    jordan.refresh_from_db()
    assert (jordan.name, jordan.is_staff, jordan.is_superuser) == ("Jordan R", False, False)
    assert jordan.check_password("correct horse battery")


def test_the_page_of_an_account_offers_only_actions_that_the_user_may_do(jordan, registrar, reviewer, desk):
    def offered(person, row) -> list[str]:
        shown = desk(person).get(reverse("admin:trainers_trainer_change", args=[row.pk]))
        return [link.label for group in shown.context["page"].actions for link in group.links]

    changes = {"Change the name…", "Change the email…", "Change the time zone…", "Stop sign-in…"}
    assert changes <= set(offered(registrar, jordan))
    assert offered(registrar, reviewer) == []
    assert offered(reviewer, jordan) == ["I know this person…", "Extend a last day…", "Ask what if…"]
    assert "Roles…" in offered(member("Sasha Super", is_superuser=True), reviewer)


def test_the_heading_of_an_account_page_is_the_name_without_the_email_address(jordan, registrar, desk):
    page = f"/staff/trainers/trainer/{jordan.pk}"
    client = desk(registrar)
    assert client.get(f"{page}/change/").context["title"] == "Jordan Rivera"
    assert client.get(f"{page}/history/").context["title"] == "History of Jordan Rivera"
    assert "jordan@example.org" in client.get(f"{page}/change/").content.decode()
