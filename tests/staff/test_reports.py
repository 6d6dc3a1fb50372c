"""Monday's report: its figures by hand, each with the rows behind it, and the mail of whoever wants it."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from outbox import sender
from outbox.models import Notice
from rules.policy.load import load_policy
from staff import tasks
from staff.reports.charts import round_step, stacked_bars
from staff.reports.months import days_within_share
from staff.reports.prices import prices_between
from staff.reports.span import Span, last_week, months_through, parse_span
from tests import factories
from tests.petitions import scenes as stage
from tests.renewals import scenes as steps

pytestmark = pytest.mark.django_db
WEEK = "2027-03-08..2027-03-14"  # Monday through Sunday


@pytest.fixture
def week(jordan, stranger, reviewer, clock_at):
    """In the week: one renewal on time, one late, one petition approved; before it, one on time. Seen on Monday."""
    for number, expires, day in (
        ("20000011", "2027-03-12", "2027-03-10"),
        ("20000012", "2027-02-20", "2027-03-09"),
        ("20000013", "2027-03-07", "2027-03-05"),
    ):
        awarded = date.fromisoformat(expires).replace(year=2021)
        person = factories.trainer_with_credential(number=number, awarded_on=str(awarded), expires_on=expires)
        factories.everything_met(person)
        clock_at(day)
        steps.renew(person, day)
    clock_at("2027-03-09")
    petition = stage.submitted(jordan, at=steps.moment("2027-02-16"))
    stage.decided(petition, "approve", by=reviewer, at=steps.moment("2027-03-09"))
    clock_at("2027-03-15")


def figures(response) -> dict[str, tuple[str, str]]:
    return {one.label: (one.value, one.line) for one in response.context["report"].figures}


def test_the_figures_of_a_weekly_report_equal_those_counted_by_hand(week, desk, lead):
    response = desk(lead).get("/staff/reports/")
    assert response.context["title"] == "Last week"
    assert figures(response) == {
        "Renewed": ("2", "1 more"),
        "On time": ("50 %", "1 of 2; was 100 %"),
        "Returned for correction": ("0", "– of 0 decisions"),
        "Petitions decided": ("1", "1 approved"),
        "Audits drawn": ("0", "at random"),
        "Audits closed": ("0", "0 passed, 0 not passed, 0 without documents"),
        "Taken": ("$228.00", "nothing went back"),
        "Ended": ("0", "– of 0 that could last renew then"),
    }


def test_the_report_counts_a_petition_decided_after_its_promised_day_as_late(week, desk, lead):
    figure = next(one for one in desk(lead).get("/staff/reports/").context["report"].figures if one.late)
    assert (figure.label, figure.late) == ("Petitions decided", 1)
    assert desk(lead).get(figure.late_url).context["cl"].result_count == 1


def test_every_figure_of_the_report_links_to_a_list_with_that_many_rows(week, desk, lead):
    browser = desk(lead)
    report = browser.get("/staff/reports/").context["report"]
    cells = [cell for month in report.prices.months for cell in month.cells]
    cells += [month.decided for month in report.waits] + [line.rows for line in report.money]
    cells += [cell for month in report.expiring for cell in (month.expire, month.renewed)]
    cells += [cell for one in report.work for cell in one.cells]
    shown = {cell.url: cell.count for cell in cells}
    shown |= {one.url: int(one.value) for one in report.figures if one.value.isdigit()}
    assert sum(shown.values()) > 15
    assert {url: browser.get(url).context["cl"].result_count for url in shown} == shown


def test_a_certification_whose_next_cycle_begins_before_its_end_is_renewed_in_the_month_of_its_end(
    jordan, desk, lead, clock_at
):
    clock_at("2027-02-15")
    cycle = jordan.credentials.get().cycles.get()
    assert str(cycle.expires_on) == "2027-03-14"
    factories.CycleFactory(
        credential=cycle.credential,
        starts_on=date(2027, 2, 10),
        expires_on=date(2029, 2, 9),
        counted_from="receipt",
    )
    months = desk(lead).get("/staff/reports/").context["report"].expiring
    assert [(one.expire.count, one.renewed.count) for one in months[:3]] == [(0, 0), (1, 1), (0, 0)]


def test_the_report_counts_renewals_by_price_and_month(week, desk, lead):
    prices = desk(lead).get(f"/staff/reports/?days={WEEK}").context["report"].prices
    assert prices.labels == ["On time, $99.00", "Late, $129.00", "Late, with an additional fee, $149.00"]
    assert [[cell.count for cell in month.cells] for month in prices.months][-2:] == [[0, 0, 0], [2, 1, 0]]
    assert [month.on_time for month in prices.months][-2:] == ["–", "67 %"]


def test_the_weekly_report_ignores_prices_of_a_future_policy_version(week, desk, lead, monkeypatch):
    policy = load_policy()
    dearer = replace(
        policy.versions[0],
        in_force_from=date(2027, 6, 1),
        tiers=tuple(
            replace(tier, fees=(*tier.fees[:-1], replace(tier.fees[-1], amount_cents=50_000)))
            for tier in policy.versions[0].tiers
        ),
    )
    both = replace(policy, versions=(policy.versions[0], dearer))
    monkeypatch.setattr("staff.reports.prices.fitting_policies", lambda: [both])
    assert prices_between(date(2026, 10, 1), date(2027, 5, 31)) == {9900, 12900, 14900}
    assert 50_000 in prices_between(date(2026, 10, 1), date(2027, 6, 1))
    assert 9900 not in prices_between(date(2027, 6, 1), date(2027, 6, 30))
    assert prices_between(date(1900, 1, 1), date(1900, 12, 31)) == set()


def test_the_waiting_time_of_a_petition_is_the_business_days_from_receipt_to_decision(week, desk, lead):
    waited = desk(lead).get("/staff/reports/").context["report"].waits[-1]
    assert (waited.decided.count, waited.half, waited.most, waited.approved) == (1, 15, 15, "100 %")


def test_the_csv_of_the_report_has_the_same_figures_as_the_page(week, desk, lead):
    body = desk(lead).get(f"/staff/reports/?days={WEEK}&as=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert rows[0] == ["Part", "What", "Of", "Number"]
    assert ["Figures", "Renewed", WEEK, "2"] in rows
    assert ["Money", "Renewal fees", WEEK, "228.00"] in rows
    assert ["Work: petitions", "Robin Reviewer", WEEK, "1"] in rows


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("first=2027-03-14&last=2027-03-08", "Choose a last day from the first day on"),
        ("first=2020-01-01&last=2027-03-08", "at most 366 days in all"),
        ("first=31.12.2026x&last=2027-03-08", "Choose the first day."),
        ("first=2027-03-14&last=", "Choose the last day."),
    ],
)
def test_an_invalid_date_range_of_the_report_shows_an_error_at_the_field(desk, lead, asked, sentence):
    response = desk(lead).get(f"/staff/reports/?{asked}")
    assert response.status_code == 422
    assert sentence in response.content.decode()


@pytest.mark.parametrize(
    "asked", ["x", "2027-03-14..2027-03-08", "..", "0001-01-01..0001-01-02", "2027-13-01..2027-13-02"]
)
def test_a_report_url_without_dates_shows_last_week(desk, lead, clock_at, asked):
    clock_at("2027-03-15")
    assert desk(lead).get("/staff/reports/", {"days": asked}).context["title"] == "Last week"


def test_only_leads_and_finance_can_open_reports(desk, reviewer, registrar, read_only, finance, lead, root):
    seen = {
        who.name: desk(who).get("/staff/reports/").status_code for who in (reviewer, registrar, read_only)
    }
    assert set(seen.values()) == {403}
    assert [desk(who).get("/staff/reports/").status_code for who in (finance, lead, root)] == [200, 200, 200]


def test_the_report_uses_the_same_number_of_queries_for_many_renewals_as_for_few(week, desk, lead):
    browser = desk(lead)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get("/staff/reports/")
    person = factories.trainer_with_credential(
        number="20000014", awarded_on="2021-03-12", expires_on="2027-03-12"
    )
    factories.everything_met(person)
    steps.renew(person, "2027-03-11")
    with CaptureQueriesContext(connection) as more:
        browser.get("/staff/reports/")
    assert len(more) == len(few) <= 30


# --- by mail


def monday_morning(text: str) -> None:
    with clock.moved_to(steps.moment(text)):
        tasks.queue_weekly_reports()
        sender.send_due()


def reports_sent() -> list[mail.EmailMessage]:
    return [one for one in mail.outbox if one.subject.startswith("Your report")]


def test_subscribers_get_the_weekly_report_by_mail_once_on_monday_at_eight(week, desk, lead, second_lead):
    answer = desk(lead).post("/staff/reports/weekly/", {"wants": "yes"}, follow=True)
    assert "You get the report by mail every Monday." in answer.content.decode()
    for hour in ("06:59", "07:00", "07:59"):
        monday_morning(f"2027-03-15 {hour}")
    assert reports_sent() == []
    for hour in ("08:00", "08:02", "17:59", "18:00"):
        monday_morning(f"2027-03-15 {hour}")
    assert [(one.to, one.subject) for one in reports_sent()] == [
        ([lead.email], "Your report, through March 14, 2027")
    ]
    assert "Renewed: 2. 1 more." in reports_sent()[0].body
    assert "Petitions decided: 1. 1 approved, 1 late." in reports_sent()[0].body


def test_no_weekly_report_is_mailed_on_other_days_or_to_people_who_unsubscribed_or_lack_access(
    week, desk, lead, finance, reviewer
):
    for who in (lead, finance):
        desk(who).post("/staff/reports/weekly/", {"wants": "yes"})
    type(reviewer).objects.filter(pk=reviewer.pk).update(wants_weekly_report=True)
    monday_morning("2027-03-16 08:00")
    desk(lead).post("/staff/reports/weekly/", {"wants": ""})
    finance.groups.clear()
    monday_morning("2027-03-15 08:00")
    assert reports_sent() == []
    assert not Notice.objects.filter(kind="staff.report").exists()


def test_a_queued_weekly_report_is_not_sent_to_a_person_who_unsubscribed_meanwhile(week, desk, lead):
    desk(lead).post("/staff/reports/weekly/", {"wants": "yes"})
    monday_morning("2027-03-15 07:30")
    desk(lead).post("/staff/reports/weekly/", {"wants": ""})
    monday_morning("2027-03-15 08:30")
    assert reports_sent() == []
    assert Notice.objects.get(kind="staff.report").state == "superseded"


# --- days and drawings


def test_last_week_in_the_report_runs_from_monday_through_sunday():
    assert last_week(date(2027, 3, 15)) == Span(date(2027, 3, 8), date(2027, 3, 14))
    assert last_week(date(2027, 3, 14)) == Span(date(2027, 3, 1), date(2027, 3, 7))


def test_the_last_six_months_end_with_the_month_of_the_given_day():
    months = months_through(date(2027, 3, 31), 6)
    assert (months[0].first, months[-1].last) == (date(2026, 10, 1), date(2027, 3, 31))


def test_a_date_range_is_formatted_without_repeating_month_or_year():
    assert parse_span(WEEK).words == "March 8 through 14, 2027"
    assert parse_span("2027-02-22..2027-03-07").words == "February 22 through March 7, 2027"
    assert parse_span("2026-12-28..2027-01-03").words == "December 28, 2026 through January 3, 2027"
    assert parse_span("2027-03-08..2027-03-08").words == "March 8, 2027"


@pytest.mark.parametrize(
    ("waits", "half", "most"),
    [([], None, None), ([4], 4, 4), ([1, 3], 1, 3), ([1, 2, 3, 4, 5, 6, 7, 8, 9, 30], 5, 9)],
)
def test_the_waiting_times_of_50_and_90_percent_are_computed(waits, half, most):
    assert (days_within_share(waits, 0.5), days_within_share(waits, 0.9)) == (half, most)


@pytest.mark.parametrize(
    ("most", "step"), [(0, 1), (3, 1), (4, 2), (30, 10), (31, 20), (304, 200), (3001, 2000)]
)
def test_a_chart_scale_of_at_most_three_round_steps_covers_the_largest_value(most, step):
    assert round_step(most) == step


def test_the_height_of_a_chart_bar_is_proportional_to_its_value():
    chart = stacked_bars(["Feb", "Mar"], [[0, 0, 0], [2, 1, 0]])
    assert [(rect.height, rect.tone) for rect in chart.rects] == [(84.0, 0), (42.0, 1)]
    assert [mark.text for mark in chart.numbers] == ["0", "3"]
