"""The scenes in which forms are filled in wrongly. Each returns a value for every part of the form's address."""

from datetime import date, datetime

import pytest

from audits import services
from audits.models import Audit, DrawPeriod
from petitions.services import ask_question
from tests import factories
from tests.audits import scenes as audit_scenes
from tests.petitions import scenes as petition_scenes
from tests.renewals import scenes as renewal_scenes

JANUARY_5 = audit_scenes.moment("2027-01-05")


@pytest.fixture
def course_to_log(jordan, clock_at) -> dict[str, object]:
    clock_at("2026-06-15")
    return {"slug": factories.CourseFactory(slug="older", hundredths=40).slug}


@pytest.fixture
def no_card(jordan, clock_at) -> dict[str, object]:
    clock_at("2026-06-15")
    return {}


@pytest.fixture
def record(jordan, clock_at) -> dict[str, object]:
    """A course that Jordan logged; the card of the next scene is on file too."""
    clock_at("2026-06-15")
    factories.CardFactory(credential=jordan.credentials.get(), completed_on=date(2026, 5, 1))
    return {"pk": _logged(jordan, factories.CeuRecordFactory).pk}


@pytest.fixture
def card(jordan, clock_at) -> dict[str, object]:
    clock_at("2026-06-15")
    return {"pk": _logged(jordan, factories.CardFactory).pk}


def _logged(trainer, factory):
    return factory(credential=trainer.credentials.get(), completed_on=date(2026, 5, 1))


@pytest.fixture
def february(clock_at) -> datetime:
    return clock_at("2027-02-01 12:00")


@pytest.fixture
def no_petition(jordan, february) -> dict[str, object]:
    return {}


@pytest.fixture
def petition(jordan, february) -> dict[str, object]:
    """A draft that Jordan may still change."""
    return {"ref": petition_scenes.draft(jordan, at=february, title="Before").reference}


@pytest.fixture
def question(jordan, reviewer, february) -> dict[str, object]:
    """A petition about which a reviewer asked something."""
    sent = petition_scenes.submitted(jordan, at=february)
    asked = ask_question(sent, by=reviewer, at=february, text="How long?")
    return {"ref": asked.reference, "about": asked.questions.get().pk}


@pytest.fixture
def audit(ready, clock_at) -> dict[str, object]:
    """An audit whose time has begun."""
    begun = audit_scenes.begun(ready)
    clock_at("2027-01-05 12:00")
    return _parts_of(begun)


@pytest.fixture
def audit_with_request(audit) -> dict[str, object]:
    """An audit for which Jordan asked for more time."""
    asked = Audit.objects.get()
    services.ask_for_time(asked, by=asked.trainer, at=JANUARY_5, why="I am away.")
    return audit


@pytest.fixture
def sent_audit(ready, clock_at) -> dict[str, object]:
    """An audit that was sent, and no document looked at."""
    sent = audit_scenes.sent(ready)
    clock_at("2027-01-05 12:00")
    return _parts_of(sent)


@pytest.fixture
def judged_audit(sent_audit, reviewer) -> dict[str, object]:
    """An audit that was sent, with one document accepted and one to be replaced."""
    sent = Audit.objects.get()
    services.judge_item(sent.items.first(), verdict="replace", by=reviewer, at=JANUARY_5, words="Cut off.")
    audit_scenes.judge(sent, reviewer)
    return sent_audit


@pytest.fixture
def proposed_audit(ready, lead, clock_at) -> dict[str, object]:
    """An audit that this lead proposed, so that somebody else must agree."""
    clock_at("2027-01-05 12:00")
    application = renewal_scenes.submit(ready, "2027-01-04")
    details = {"renewal": application.reference, "received_on": date(2027, 1, 4), "cause": "Why."}
    proposed = services.propose_audit(application.cycle, by=lead, at=JANUARY_5, **details)
    return {"object_id": proposed.pk, "admin:renewals_application_audit.object_id": application.pk}


@pytest.fixture
def announced_period(db, clock_at) -> dict[str, object]:
    """A draw period that is announced and not yet open."""
    clock_at("2027-01-05 12:00")
    later = {"id": None, "code": "later", "policy_code": "another", "opened_at": None, "public_value": None}
    return {"object_id": DrawPeriod.objects.create(**{**DrawPeriod.objects.values().get(), **later}).pk}


def _parts_of(audit: Audit) -> dict[str, object]:
    item = audit.items.get(record__category="education").pk
    staff = {f"admin:audits_audititem_{act}.object_id": audit.items.last().pk for act in ITEM_ACTIONS}
    return {"ref": audit.reference, "pk": item, "object_id": audit.pk, **staff}


ITEM_ACTIONS = ("accept", "replace", "refuse", "suspect")
