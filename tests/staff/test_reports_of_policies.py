"""Monday's report of a portal with two policies: each is measured by its own."""

from collections.abc import Iterator
from datetime import date

import pytest

from rules.policy.load import load_policy, use_policies_in
from staff.reports.prices import price_labels, prices_between
from tests.petitions import scenes as stage
from tests.renewals import scenes as steps
from tests.throwaway import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(tmp_path) -> Iterator[None]:
    """A second policy of the portal: it promises an answer within 30 business days, and a renewal costs $77."""
    text = (ROOT / "rules/policy/policies/nasm-cpt.toml").read_text("utf-8")
    text = text.replace('code = "nasm-cpt"', 'code = "patient"').replace(
        'amount = "99.00"', 'amount = "77.00"'
    )
    text = text.replace(
        "[versions.values.promised_answer_business_days]\nvalue = 10",
        "[versions.values.promised_answer_business_days]\nvalue = 30",
    )
    (tmp_path / "patient.toml").write_text(text.replace("$99", "$77"), "utf-8")
    use_policies_in(tmp_path)
    load_policy("patient")
    yield
    use_policies_in(None)


def test_a_petition_is_late_by_the_promise_of_its_own_policy(patient, jordan, reviewer, desk, lead, clock_at):
    clock_at("2027-03-09")
    petition = stage.submitted(jordan, at=steps.moment("2027-02-16"))
    stage.decided(petition, "approve", by=reviewer, at=steps.moment("2027-03-09"))
    clock_at("2027-03-15")
    figures = desk(lead).get("/staff/reports/").context["report"].figures
    assert [one.label for one in figures if one.late] == ["Petitions decided"]
    jordan.credentials.update(policy_code="patient")
    assert not any(one.late for one in desk(lead).get("/staff/reports/").context["report"].figures)


def test_the_report_names_the_prices_of_every_policy_of_the_portal(patient):
    assert price_labels()[9900] == "On time"
    assert price_labels()[7700] == "On time"
    assert {7700, 9900} <= prices_between(date(2027, 3, 8), date(2027, 3, 14))
