"""What trainers see of an audit: no suspicion or proposal of staff, and no verdict that can still change."""

from datetime import date

import pytest

from audits import services
from audits.models import Audit
from core.my_data import sections_about
from renewals.services import propose_audit_for_cause, withdraw_application
from tests.audits import scenes
from tests.audits.scenes import moment
from tests.reading import text_of
from tests.renewals import scenes as renewal_scenes


@pytest.fixture
def looked_at(ready, reviewer, clock_at) -> Audit:
    """Return a sent audit with one refused document and one to be replaced, about which nothing is
    decided.
    """
    clock_at("2027-01-05")
    audit = scenes.sent(ready)
    course, card = (audit.items.get(record__category=one) for one in ("education", "cpr_aed"))
    services.judge_item(
        course, verdict="refused", by=reviewer, at=moment("2027-01-05"), words="Another name."
    )
    services.judge_item(card, verdict="replace", by=reviewer, at=moment("2027-01-05"), words="It is cut off.")
    return audit


def test_the_page_of_an_audit_under_review_shows_no_verdict(looked_at, signed_in):
    told = text_of(signed_in(looked_at.trainer).get(f"/audit/{looked_at.reference}/"))
    for words in ("Another name.", "Not accepted", "It is cut off.", "Replace it"):
        assert words not in told
    assert "Your documents: 2 of 2" in told


def test_the_trainer_sees_a_replacement_request_at_once_but_a_refusal_only_once_decided(
    looked_at, reviewer, signed_in
):
    services.ask_replacements(looked_at, by=reviewer, at=moment("2027-01-05"), through=date(2027, 2, 3))
    browser = signed_in(looked_at.trainer)
    told = text_of(browser.get(f"/audit/{looked_at.reference}/"))
    assert "It is cut off." in told
    assert "Another name." not in told
    card = looked_at.items.get(record__category="cpr_aed")
    services.say_unavailable(card, by=looked_at.trainer, at=moment("2027-01-06"), why="It is lost.")
    services.send_documents(looked_at, by=looked_at.trainer, at=moment("2027-01-06"))
    services.judge_item(card, verdict="accepted", by=reviewer, at=moment("2027-01-06"))
    scenes.closed(looked_at, "pass", reviewer, at="2027-01-06")
    assert "Another name." in text_of(browser.get(f"/audit/{looked_at.reference}/"))


def test_the_own_data_page_reveals_no_suspicion_and_no_pending_decision(looked_at, lead, reviewer):
    course = looked_at.items.get(record__category="education")
    services.suspect_item(course, by=reviewer, at=moment("2027-01-05"), why="The date was typed over.")
    services.close_audit(looked_at, verdict="fail", by=lead, at=moment("2027-01-05"), words="It is forged.")
    told = str(sections_about(looked_at.trainer))
    for words in ("Another name.", "It is cut off.", "typed over", "It is forged.", "passed to a lead"):
        assert words not in told
    assert looked_at.reference in told


@pytest.mark.parametrize("end", ["dropped", "withdrawn"])
def test_a_proposed_audit_that_never_opened_is_hidden_from_the_trainer(
    ready, lead, second_lead, signed_in, clock_at, end
):
    clock_at("2027-01-05")
    application = renewal_scenes.submit(ready, "2027-01-04")
    audit = propose_audit_for_cause(application, by=lead, at=moment("2027-01-05"), cause="A complaint.")
    if end == "dropped":
        services.drop_proposal(
            audit, by=second_lead, at=moment("2027-01-05"), reason="Somebody else was meant."
        )
    else:
        withdraw_application(application, by=ready, at=moment("2027-01-05"))
    assert signed_in(ready).get(f"/audit/{audit.reference}/").status_code == 404
    told = str(sections_about(ready))
    for words in ("A complaint.", "Somebody else was meant.", audit.reference, "audits.audit"):
        assert words not in told
