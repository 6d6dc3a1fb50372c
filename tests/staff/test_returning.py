"""A reviewer who returns a renewal may point at the course or card that it is about."""

import pytest

from renewals.models import Decision
from tests.staff.scenes import decide, page, seen

pytestmark = pytest.mark.django_db


def test_the_form_to_return_a_renewal_offers_what_it_claims_and_keeps_the_choice(waiting, reviewer, desk):
    client = desk(reviewer)
    card = waiting.cycle.claimed_records.get(category="cpr_aed")
    form = client.get(page("return", waiting)).content.decode()
    assert f'<option value="{card.pk}">{card.title}, ' in form
    decide(client, "return", waiting, {"reason_code": "card", "record": card.pk})
    assert Decision.objects.get().record == card


@pytest.mark.parametrize("record", ["9999999", "x", "1\x00"])
def test_a_record_that_a_renewal_does_not_claim_is_refused_at_its_field(waiting, reviewer, desk, record):
    client = desk(reviewer)
    answers = {"reason_code": "card", "record": record} | seen(client, "return", waiting)
    response = client.post(page("return", waiting), answers)
    assert response.status_code == 422
    assert "Choose a course or card of this renewal." in response.content.decode()
    assert not Decision.objects.exists()
