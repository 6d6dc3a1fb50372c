"""Draw periods: announced before they open, closed and revealed after their end, never overlapping."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from audits import services
from audits.models import Draw, DrawPeriod
from audits.services.drawing import closed_draws
from audits.tasks import keep_draw_periods
from core.errors import Refusal
from renewals.tasks import draw_waiting
from rules.draw import commitment_of
from rules.policy.load import load_policy
from tests.audits.scenes import moment
from tests.guards.changes import refused_by
from tests.reading import refused_with, text_of
from tests.renewals import scenes as renewal_scenes
from tests.throwaway import ROOT


@pytest.fixture
def _draw_periods(db):
    """No period: the schedule makes them here."""


def test_the_schedule_announces_the_next_draw_period_before_it_opens(autumn):
    assert (autumn.first_on, autumn.last_on, autumn.rate) == (date(2026, 10, 1), date(2026, 12, 31), "0.10")
    assert (autumn.state, autumn.public_value) == ("open", "")
    winter = DrawPeriod.objects.get(code="2027-Q1")
    assert (winter.state, winter.secret) == ("announced", "")
    assert len(winter.commitment) == 64


def test_running_the_draw_period_schedule_twice_changes_nothing(autumn):
    before = list(DrawPeriod.objects.order_by("pk").values())
    keep_draw_periods()
    assert list(DrawPeriod.objects.order_by("pk").values()) == before


def test_the_first_day_of_a_draw_period_reveals_the_previous_one_and_opens_the_new_one(autumn, clock_at):
    clock_at("2026-12-31 23:59:59")
    keep_draw_periods()
    assert DrawPeriod.objects.get(code="2026-Q4").state == "open"
    clock_at("2027-01-01 00:00")
    keep_draw_periods()
    ended = DrawPeriod.objects.get(code="2026-Q4")
    assert ended.state == "closed"
    assert commitment_of("2026-Q4", ended.secret) == ended.commitment
    assert DrawPeriod.objects.get(code="2027-Q1").state == "open"


def test_a_schedule_run_after_a_year_reveals_past_draw_periods_and_opens_the_current_one(autumn, clock_at):
    clock_at("2027-11-10")
    keep_draw_periods()
    states = {period.code: period.state for period in DrawPeriod.objects.all()}
    assert states == {
        "2026-Q4": "closed",
        "2027-Q1": "announced",
        "2027-Q4": "open",
        "2028-Q1": "announced",
    }


def test_a_draw_period_with_a_promised_public_value_waits_for_a_lead_to_enter_it(
    settings, clock_at, lead, reviewer
):
    settings.DRAW_PUBLIC_VALUE = "the closing value of the index on the first trading day"
    clock_at("2026-10-01")
    keep_draw_periods()
    period = DrawPeriod.objects.get(code="2026-Q4")
    assert (period.state, closed_draws(moment("2026-10-01"))["nasm-cpt"]) == ("announced", True)
    with pytest.raises(Refusal, match="You may not open"):
        services.open_period(period, by=reviewer, at=moment("2026-10-02"), public_value="5,711.35")
    opened = services.open_period(period, by=lead, at=moment("2026-10-02"), public_value=" 5,711.35 ")
    assert (opened.state, opened.public_value) == ("open", "5,711.35")
    assert closed_draws(moment("2026-12-31"))["nasm-cpt"] is False
    assert closed_draws(moment("2027-01-01"))["nasm-cpt"] is True
    with pytest.raises(Refusal, match="open with another value"):
        services.open_period(period, by=lead, at=moment("2026-10-02"), public_value="5,711.36")


def test_an_unreadable_draw_secret_delays_its_renewals_but_no_other_draw_period(
    autumn, ready, clock_at, settings, caplog
):
    key, settings.SECRET_KEY = settings.SECRET_KEY, "another key, and nobody kept the old one"
    assert renewal_scenes.submit(ready, "2026-12-01").state == "submitted"
    assert not Draw.objects.exists()
    clock_at("2027-04-01")
    keep_draw_periods()
    assert DrawPeriod.objects.get(code="2027-Q2").state == "open"
    assert DrawPeriod.objects.get(code="2026-Q4").state == "open"
    assert "The secret of draw period 2026-Q4 cannot be read" in caplog.text
    settings.SECRET_KEY_FALLBACKS = [key]
    keep_draw_periods()
    assert DrawPeriod.objects.get(code="2026-Q4").state == "closed"


def another_length(monkeypatch, kind: str, day: str):
    """From `day` on the policy's periods have another length."""
    policy = load_policy()
    later = replace(policy.versions[-1], in_force_from=date.fromisoformat(day), draw_period=kind)
    changed = replace(policy, versions=(*policy.versions, later))
    monkeypatch.setattr("audits.services.drawing.load_policy", lambda code: changed)


def test_announced_draw_periods_keep_their_dates_when_the_policy_shortens_periods(
    autumn, monkeypatch, clock_at
):
    another_length(monkeypatch, "month", "2026-11-10")
    for day in ("2026-11-10", "2026-12-31", "2027-03-31", "2027-04-01"):
        clock_at(day)
        keep_draw_periods()
    days = {one.code: (str(one.first_on), str(one.last_on)) for one in DrawPeriod.objects.all()}
    assert days == {
        "2026-Q4": ("2026-10-01", "2026-12-31"),
        "2027-Q1": ("2027-01-01", "2027-03-31"),
        "2027-04": ("2027-04-01", "2027-04-30"),
        "2027-05": ("2027-05-01", "2027-05-31"),
    }


def test_after_the_policy_lengthens_draw_periods_the_new_length_starts_after_the_announced_ones(
    autumn, monkeypatch, clock_at
):
    another_length(monkeypatch, "year", "2026-11-10")
    clock_at("2026-11-10")
    keep_draw_periods()
    clock_at("2027-02-01")
    keep_draw_periods()
    year = DrawPeriod.objects.get(code="2027")
    assert (str(year.first_on), str(year.last_on)) == ("2027-04-01", "2027-12-31")


def test_the_database_refuses_overlapping_draw_periods_of_a_policy(autumn):
    made = DrawPeriod.objects.values().get(pk=autumn.pk)
    with refused_by("audits_period_apart"):
        DrawPeriod.objects.create(**{**made, "id": None, "code": "again", "first_on": date(2026, 12, 31)})
    DrawPeriod.objects.create(**{**made, "id": None, "code": "again", "policy_code": "another"})


@pytest.fixture
def promised(settings, clock_at) -> DrawPeriod:
    """2026-Q4, announced with a public value that is to come."""
    settings.DRAW_PUBLIC_VALUE = "the closing value of the index"
    clock_at("2026-10-01")
    keep_draw_periods()
    return DrawPeriod.objects.get(code="2026-Q4")


def test_a_draw_period_that_lacks_its_public_value_is_on_the_today_page_of_leads(
    promised, lead, reviewer, signed_in
):
    assert "Draw period to open" in text_of(signed_in(lead).get("/staff/"))
    assert "Draw period to open" not in text_of(signed_in(reviewer).get("/staff/"))
    services.open_period(promised, by=lead, at=moment("2026-10-02"), public_value="5711.35")
    assert "Draw period to open" not in text_of(signed_in(lead).get("/staff/"))


def test_the_draws_page_says_when_a_promised_public_value_was_not_used(promised, lead, client):
    services.open_period(promised, by=lead, at=moment("2026-10-02"), public_value="")
    told = text_of(client.get("/audits/draws/"))
    assert "None. We could have known the draws in advance. We had named one: the closing value" in told


def test_renewals_of_a_draw_period_that_was_never_opened_are_drawn_in_the_next_one(
    promised, ready, lead, clock_at, client
):
    renewal_scenes.renew(ready, "2026-12-01")
    clock_at("2026-12-31")
    assert "Never opened" not in text_of(client.get("/audits/draws/"))
    clock_at("2027-01-02")
    keep_draw_periods()
    told = text_of(client.get("/audits/draws/"))
    assert "Never opened" in told
    assert "Not published: nobody was drawn with it." in told
    assert draw_waiting() == 0
    winter = DrawPeriod.objects.get(code="2027-Q1")
    services.open_period(winter, by=lead, at=moment("2027-01-02"), public_value="5711.35")
    assert draw_waiting() == 1
    assert Draw.objects.get().period == winter


def test_a_draw_period_can_be_opened_and_closed_only_on_its_days(settings, clock_at, lead):
    settings.DRAW_PUBLIC_VALUE = "the closing value of the index on the first trading day"
    clock_at("2026-09-20")
    keep_draw_periods()
    period = DrawPeriod.objects.get(code="2026-Q4")
    for day in ("2026-09-30", "2027-01-01"):
        with refused_with("A period opens from its first day through its last.", "not_its_day"):
            services.open_period(period, by=lead, at=moment(day), public_value="5,711.35")
    with refused_with("Use at most 200 characters.", "length"):
        services.open_period(period, by=lead, at=moment("2026-10-01"), public_value="5" * 201)
    assert services.close_period(period, at=moment("2026-10-01")).closed_at is None
    services.open_period(period, by=lead, at=moment("2026-12-31"), public_value="5" * 200)
    with refused_with("A period is closed after its last day.", "too_early"):
        services.close_period(period, at=moment("2026-12-31 23:59:59"))
    assert services.close_period(period, at=moment("2027-01-01 00:00")).state == "closed"


def test_each_policy_that_can_be_followed_has_its_own_periods_and_the_file_keeps_them_apart(
    clock_at, follow_body, client
):
    clock_at("2026-10-01")
    body = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'
    follow_body(body, beside={"second": body})
    keep_draw_periods()
    periods = DrawPeriod.objects.filter(code="2026-Q4").order_by("policy_code")
    assert list(periods.values_list("policy_code", flat=True)) == ["body", "second"]
    assert len(set(periods.values_list("commitment", flat=True))) == 2
    clock_at("2027-01-01")
    keep_draw_periods()
    file = client.get("/audits/draws/2026-Q4.jsonl").content.decode()
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "verify_draw.py"],
        input=file, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (
        0,
        "body 2026-Q4, 0 draws: right\nsecond 2026-Q4, 0 draws: right\n",
    )
    assert "Second Trainer, 2027-Q1" in text_of(client.get("/audits/draws/"))
