"""Two leads have the data erased of somebody who wrote in (Q33)."""

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refusal
from core.models import Erasure
from outbox.models import Notice
from tests.erasure.scenes import state_of
from tests.reading import text_of
from trainers.services.erasing import (
    agree_to_erasure,
    drop_erasure,
    propose_erasure,
    request_erasure,
)
from trainers.tasks import finish_erasures

pytestmark = pytest.mark.django_db
WHY = "A letter of November 3."


@pytest.fixture(autouse=True)
def _today(clock_at):
    clock_at("2027-03-02")


def test_two_leads_can_erase_a_trainer_who_asked_by_letter(jordan, lead, second_lead):
    asked = propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    with pytest.raises(Refusal, match="Another lead must confirm"):
        agree_to_erasure(asked, by=lead, at=clock.now())
    assert state_of(jordan) == "asked"
    jordan.refresh_from_db()
    assert jordan.is_active
    agree_to_erasure(asked, by=second_lead, at=clock.now())
    assert state_of(jordan) == "confirmed"
    Notice.objects.all().update(state="sent", ended_at=clock.now())
    finish_erasures()
    kept = Erasure.objects.get()
    assert (kept.asked_by, kept.confirmed_by, kept.numbers) == (lead, second_lead, ["11934482"])
    assert WHY not in str(list(jordan.history.values()))


@pytest.mark.parametrize("who", ["reviewer", "finance", "registrar", "read_only", "stranger"])
def test_only_a_lead_can_propose_confirm_or_drop_an_erasure(jordan, lead, who, request):
    other = request.getfixturevalue(who)
    with pytest.raises(Refusal, match="Only a lead"):
        propose_erasure(jordan, by=other, at=clock.now(), reason=WHY)
    asked = propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    with pytest.raises(Refusal, match="Only a lead"):
        agree_to_erasure(asked, by=other, at=clock.now())
    with pytest.raises(Refusal, match="Only a lead"):
        drop_erasure(asked, by=other, at=clock.now(), reason=WHY)
    assert state_of(jordan) == "asked"


def test_a_dropped_erasure_can_be_requested_again(jordan, lead, second_lead):
    asked = propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    with pytest.raises(Refusal, match="waits for a second person"):
        propose_erasure(jordan, by=second_lead, at=clock.now(), reason=WHY)
    drop_erasure(asked, by=lead, at=clock.now(), reason="It was another Jordan.")
    with pytest.raises(Refusal):
        agree_to_erasure(asked, by=second_lead, at=clock.now())
    propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    assert Erasure.objects.count() == 2


def test_a_trainers_own_request_confirms_the_erasure_that_a_lead_had_proposed(jordan, lead):
    propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    request_erasure(jordan, by=jordan, at=clock.now())
    erasure = Erasure.objects.get()
    assert (erasure.state, erasure.asked_by, erasure.confirmed_by) == ("confirmed", jordan, jordan)


def test_the_database_refuses_an_erasure_proposed_and_confirmed_by_the_same_lead(jordan, lead):
    asked = propose_erasure(jordan, by=lead, at=clock.now(), reason=WHY)
    with pytest.raises(IntegrityError, match="core_erasure_two_people"), transaction.atomic():
        Erasure.objects.filter(pk=asked.pk).update(
            state="confirmed", confirmed_by=lead, confirmed_at=clock.now()
        )


def test_leads_propose_and_confirm_an_erasure_on_the_trainers_staff_page(
    jordan, lead, second_lead, signed_in
):
    first, second = signed_in(lead), signed_in(second_lead)
    page = f"/staff/trainers/trainer/{jordan.pk}/"
    assert "Erase the data…" in text_of(first.get(f"{page}change/"))
    assert first.post(f"{page}erase/", {"reason": ""}).status_code == 422
    assert first.post(f"{page}erase/", {"reason": WHY}).status_code == 302
    erasure = Erasure.objects.get()
    assert "Erasure waits for a second person" in text_of(second.get(f"{page}change/"))
    assert "Erasures to confirm" in text_of(second.get("/staff/"))
    refused = first.post(f"/staff/core/erasure/{erasure.pk}/agree/")
    assert (refused.status_code, state_of(jordan)) == (422, "asked")
    shown = second.post(f"/staff/core/erasure/{erasure.pk}/agree/")
    assert "This is our last mail to you" in text_of(shown)
    assert (state_of(jordan), Notice.objects.count()) == ("asked", 0), "it was only shown"
    assert second.post(f"/staff/core/erasure/{erasure.pk}/agree/", {"confirmed": "yes"}).status_code == 302
    assert state_of(jordan) == "confirmed"
