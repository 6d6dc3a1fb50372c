"""An employer hears that a certification of its team is about to end, and that a consent ended."""

from datetime import date

import pytest

from employers.services.consenting import end_consent
from employers.services.people import end_employer_role
from employers.services.telling import queue_ending_notices
from outbox.models import Notice
from outbox.notices import kind_of
from tests.employers.scenes import AT, consent, gina, lakeside, role_of_gina
from tests.factories import CycleFactory
from trainers.models import Credential, Cycle

pytestmark = pytest.mark.django_db
ENDING = "employers.ending"


def due(kind: str = ENDING) -> list[Notice]:
    batch = list(Notice.objects.filter(kind=kind, state="due").order_by("pk"))
    still = kind_of(kind).still_due(batch)
    return [one for one in batch if one.pk in still]


def test_an_employer_hears_once_in_a_cycle_that_a_certification_ends_within_30_days(
    jordan, stranger, viewer, clock_at
):
    consent(jordan)
    assert queue_ending_notices(at=clock_at("2027-02-11 12:00")) == 0
    assert queue_ending_notices(at=clock_at("2027-02-12 12:00")) == 1
    assert queue_ending_notices(at=clock_at("2027-02-13 12:00")) == 0
    (notice,) = due()
    assert (notice.trainer, notice.private) == (viewer, True)
    told = kind_of(ENDING).contexts([notice])[notice.pk]
    assert (told["name"], told["through"]) == ("Jordan Rivera", "March 14, 2027")


def test_every_person_of_every_employer_that_may_see_it_hears_and_nobody_else(jordan, viewer, clock_at):
    second = gina(name="Gus Gym")
    other = gina(lakeside("Other Gym"), "Otto Other")
    gina(lakeside("Third Gym"), "Thea Third")
    consent(jordan)
    consent(jordan, lakeside("Other Gym"))
    assert queue_ending_notices(at=clock_at("2027-03-01 12:00")) == 3
    assert {one.trainer for one in due()} == {viewer, second, other}


@pytest.mark.parametrize("change", ["consent", "role", "suspended", "renewed", "over"])
def test_the_mail_that_a_certification_ends_soon_is_not_sent_once_that_is_untrue(
    jordan, viewer, registrar, clock_at, change
):
    given = consent(jordan)
    queue_ending_notices(at=clock_at("2027-03-01 12:00"))
    assert len(due()) == 1
    if change == "consent":
        end_consent(given, by=jordan, at=AT)
    elif change == "role":
        end_employer_role(role_of_gina(), by=registrar, at=AT, reason="She left.")
    elif change == "suspended":
        Credential.objects.filter(trainer=jordan).update(state="suspended", state_on=date(2027, 3, 2))
    elif change == "renewed":
        cycle = Cycle.objects.get(credential__trainer=jordan)
        CycleFactory(credential=cycle.credential, expires_on=date(2029, 3, 14))
    else:
        clock_at("2027-03-15 12:00")
    assert due() == []


def test_a_certification_that_has_ended_or_is_suspended_queues_no_mail(jordan, viewer, clock_at):
    consent(jordan)
    assert queue_ending_notices(at=clock_at("2027-03-15 12:00")) == 0
    Credential.objects.filter(trainer=jordan).update(state="suspended", state_on=date(2027, 2, 1))
    assert queue_ending_notices(at=clock_at("2027-03-01 12:00")) == 0


def test_a_consent_that_ends_and_is_given_again_before_the_mail_is_sent_sends_none(jordan, viewer, clock_at):
    end_consent(consent(jordan), by=jordan, at=clock_at("2027-03-01 12:00"))
    assert len(due("employers.consent_ended")) == 1
    consent(jordan)
    assert due("employers.consent_ended") == []
