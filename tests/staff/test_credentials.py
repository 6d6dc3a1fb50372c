"""A lead suspends, reinstates and revokes, with a day and a reason (Q24)."""

import pytest
from django.urls import reverse

from cases.models import Proposal
from core.models import HistoryEntry
from outbox.models import Notice
from tests.reading import state_of, text_of
from tests.staff.scenes import confirm, mail_sent

pytestmark = pytest.mark.django_db
ANSWERS = {"on_0": "3", "on_1": "1", "on_2": "2027", "reason": "Conduct under review."}


@pytest.fixture
def credential(jordan, clock_at):
    clock_at("2027-03-02")
    return jordan.credentials.get()


def page(name: str, credential) -> str:
    return reverse(f"admin:trainers_credential_{name}", args=[credential.pk])


def parts(client, name: str, credential) -> dict[str, str]:
    """The answers under the names that the three boxes of the date have."""
    boxes = [
        one["name"]
        for one in client.get(page(name, credential)).context["form"]["on"].subwidgets[0].data["subwidgets"]
    ]
    return dict(zip(boxes, ("3", "1", "2027"), strict=True)) | {"reason": "Conduct under review."}


def test_a_lead_can_suspend_and_reinstate_a_credential_with_reasons_in_the_history(credential, lead, desk):
    client = desk(lead)
    shown = confirm(client, page("suspend", credential), parts(client, "suspend", credential))
    credential.refresh_from_db()
    assert (credential.state, str(credential.state_on)) == ("suspended", "2027-03-01")
    assert "Why: Conduct under review." in shown.text
    assert shown.text == mail_sent("credential.standing").text
    shown = confirm(client, page("reinstate", credential), parts(client, "reinstate", credential))
    assert state_of(credential) == "in_force"
    assert "1193 4482 is in force again from March 1, 2027." in shown.text
    told = HistoryEntry.objects.filter(by=lead).order_by("pk").values_list("verb", "reason")
    assert list(told) == [("suspended", "Conduct under review."), ("reinstated", "Conduct under review.")]


def test_two_leads_can_revoke_a_credential_and_the_trainer_gets_the_reason(
    credential, lead, second_lead, desk
):
    client = desk(lead)
    client.post(page("revoke", credential), parts(client, "revoke", credential))
    assert (state_of(credential), Notice.objects.count()) == ("in_force", 0)
    assert "To be confirmed" in text_of(desk(second_lead).get("/staff/"))
    shown = confirm(desk(second_lead), f"/staff/cases/proposal/{Proposal.objects.get().pk}/confirm/")
    assert state_of(credential) == "revoked"
    assert "is revoked from March 1, 2027" in shown.text
    assert "Why: Conduct under review." in shown.text
    assert shown.text == mail_sent("credential.standing").text
    assert "To be confirmed" not in text_of(desk(second_lead).get("/staff/"))


def test_the_page_of_a_credential_offers_its_actions_only_to_leads(credential, lead, reviewer, desk):
    def offered(person) -> list[str]:
        shown = desk(person).get(reverse("admin:trainers_credential_change", args=[credential.pk]))
        return [tool.label for tool in shown.context["tools"]]

    assert offered(lead) == ["Suspend", "Revoke"]
    assert offered(reviewer) == []
    credential.state, credential.state_on = "suspended", credential.awarded_on
    credential.save()
    assert offered(lead) == ["Reinstate", "Revoke"]


@pytest.mark.parametrize("name", ["suspend", "reinstate", "revoke"])
def test_only_a_lead_can_change_the_state_of_a_credential(
    credential, reviewer, registrar, onlooker, desk, name
):
    for person in (reviewer, registrar, onlooker):
        client = desk(person)
        assert client.get(page(name, credential)).status_code == 403
        assert client.post(page(name, credential), ANSWERS).status_code == 403
    assert state_of(credential) == "in_force"


def test_suspending_a_credential_without_a_reason_or_a_valid_day_is_refused(credential, lead, desk):
    client = desk(lead)
    for change, sentence in (
        ({"reason": " "}, "Write the reason."),
        ({"on_year": "2019", "on_2": "2019"}, "to today"),
        ({"on_year": "2099", "on_2": "2099"}, "to today"),
        ({"on_day": "31", "on_month": "2"}, "real date"),
    ):
        answers = parts(client, "suspend", credential)
        answers |= {key: value for key, value in change.items() if key in answers}
        response = client.post(page("suspend", credential), answers)
        assert response.status_code == 422, change
        assert sentence in response.content.decode()
    assert state_of(credential) == "in_force"


def test_a_lead_cannot_suspend_their_own_credential(credential, jordan, lead, desk):
    jordan.is_staff = True
    jordan.save()
    jordan.groups.set(lead.groups.all())
    client = desk(jordan)
    response = client.post(page("suspend", credential), parts(client, "suspend", credential))
    assert response.status_code == 422
    assert "Another lead must decide about your own certification." in response.content.decode()
