"""The people of the staff side, and renewals that wait for them."""

from dataclasses import replace
from datetime import date

import pytest

from petitions.services import decide_petition
from renewals.models import Application
from rules.policy.load import load_policy
from tests import factories
from tests.audits.stage import an_audit
from tests.cast import colleague
from tests.petitions import stage
from tests.renewals import steps
from trainers.models import Credential, Trainer

DAY = "2027-03-02"


@pytest.fixture
def onlooker(read_only) -> Trainer:
    return read_only


@pytest.fixture
def desk(signed_in):
    """`desk(reviewer)` is the browser in which they work: signed in, second factor passed."""
    return signed_in


@pytest.fixture
def by_hand(monkeypatch) -> None:
    """A policy under which people look at every renewal."""
    policy = load_policy("nasm-cpt")
    careful = replace(policy, versions=tuple(replace(one, auto_approve=False) for one in policy.versions))
    monkeypatch.setattr(Credential, "policy", careful)


@pytest.fixture
def waiting(jordan, by_hand, clock_at) -> Application:
    """Jordan's paid renewal, which waits for a decision on March 2, 2027."""
    clock_at(DAY)
    factories.everything_met(jordan)
    return steps.renew(jordan, DAY)


def another_waiting(number: str, day: str = DAY, **trainer) -> Application:
    person = factories.trainer_with_credential(
        number=number, awarded_on="2021-03-14", expires_on="2027-03-14", **trainer
    )
    factories.everything_met(person)
    return steps.renew(person, day)


def a_row_of_everything(jordan: Trainer) -> None:
    """At least one row of each kind that staff can look at."""
    credential = jordan.credentials.get()
    factories.CeuRecordFactory(credential=credential, completed_on=date(2026, 6, 1))
    application = steps.renew(jordan, DAY)
    factories.CourseFactory()
    from payments.models import ProviderEvent, Refund

    payment = application.charge.ledger.get(kind="payment")
    Refund.objects.create(
        charge=application.charge,
        payment=payment,
        amount_cents=9900,
        cause="twice",
        idempotency_key="refund-1",
        requested_at=factories.LONG_AGO,
    )
    ProviderEvent.objects.create(
        event_id="evt_1", type="charge.refunded", payload={"id": "evt_1"}, received_at=factories.LONG_AGO
    )
    from ceus.models import Topic

    Topic.objects.create(name="Nutrition", slug="nutrition")
    petition = stage.submitted(jordan, at=steps.moment(DAY))
    decide_petition(petition, verdict="approve", by=colleague("reviewer"), at=steps.moment(DAY))
    audit = an_audit(application.cycle, state="sent", sent_at=steps.moment(DAY))
    audit.decisions.create(
        verdict="pass", by=colleague("second_reviewer"), decided_at=audit.made_at, effective_at=audit.made_at
    )
