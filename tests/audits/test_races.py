"""Fifty processes at once on one audit and on the draw: one decision, one draw, one end (I7, I8)."""

import pytest

from audits import services
from audits.models import Audit, Decision, Draw, DrawPeriod
from core.models import HistoryEntry
from outbox.models import Notice
from renewals.models import Application
from rules.draw import draw_dates, draw_number, is_selected, seed_of
from rules.policy.load import load_policy
from tests import cast, factories
from tests.audits import scenes
from tests.audits.scenes import moment, open_periods
from tests.cast import colleague
from tests.race import race
from tests.renewals import scenes as renewal_scenes

ACT = "tests.audits.racing:{}".format


@pytest.fixture
def ready(real_database, _draw_periods, clock_at):
    clock_at("2027-01-04 12:00")  # what a commit sets off reads the clock
    trainer = cast.trainer("jordan")
    factories.everything_met(trainer)
    return trainer


def test_fifty_simultaneous_clicks_send_the_documents_once(real_database, ready):
    audit = scenes.begun(ready)
    assert race(real_database, ACT("send"), str(audit.pk)) == {"sent": 50}
    assert HistoryEntry.objects.filter(subject=f"audits.audit:{audit.pk}", verb="sent").count() == 1
    assert Notice.objects.filter(kind="audits.sent").count() == 1


def test_when_two_reviewers_decide_at_once_the_second_gets_the_name_of_the_first(real_database, ready):
    audit, reviewer, second_reviewer = (
        scenes.sent(ready),
        colleague("reviewer"),
        colleague("second_reviewer"),
    )
    scenes.judge(audit, reviewer)
    outcomes = race(real_database, ACT("close"), str(audit.pk), reviewer.email, second_reviewer.email)
    held = Decision.objects.get()
    assert outcomes == {
        held.verdict: 25,
        f"refused: {held.by.name} has decided this already. Take that decision back first.": 25,
    }


def test_an_audit_decision_undone_as_it_takes_effect_ends_either_in_effect_or_undone(real_database, ready):
    audit, reviewer = scenes.sent(ready), colleague("reviewer")
    scenes.judge(audit, reviewer)
    held = services.close_audit(audit, verdict="pass", by=reviewer, at=moment("2027-01-06"))
    outcomes = race(real_database, ACT("release_or_take_back"), str(held.pk))
    decision, audit = Decision.objects.get(), Audit.objects.get()
    late = "refused: This decision has taken effect, so it cannot be taken back."
    ends = {
        "released": ("passed", {"released": 25, late: 25}),
        "taken_back": ("sent", {"taken_back": 50}),
    }
    assert (audit.state, outcomes) == ends[decision.state]


def test_documents_sent_while_the_audit_expires_are_either_sent_or_refused_but_not_both(real_database, ready):
    audit = scenes.begun(ready)
    outcomes = race(real_database, ACT("send_or_sweep"), str(audit.pk))
    audit, application = Audit.objects.get(), Application.objects.get()
    closed = "refused: This audit is closed, so nothing can be added."
    if audit.state == "sent":
        assert set(outcomes) == {"sent"}
        assert application.state == "in_review"
    else:
        assert audit.state == "expired"
        assert outcomes == {"expired": 25, closed: 25}
        assert application.state == "denied"


def test_fifty_simultaneous_draws_of_a_cycle_make_one_draw(real_database, ready):
    cycle = renewal_scenes.cycle_of(ready)
    outcomes = race(real_database, ACT("draw_cycle"), str(cycle.pk))
    assert outcomes == {Draw.objects.get().x: 50}


def test_simultaneous_draws_and_closing_draw_each_cycle_once_and_none_in_the_closed_period(real_database):
    policy, dates = load_policy(), draw_dates(moment("2026-12-31").date(), "quarter")
    period = services.announce_period(policy, dates=dates, by=None, at=moment("2026-10-01"))
    services.open_period(period, by=None, at=moment("2026-10-01"))
    cycles = [
        renewal_scenes.cycle_of(
            factories.trainer_with_credential(
                number=str(60_000_000 + place), awarded_on="2021-03-14", expires_on="2027-03-14"
            )
        )
        for place in range(9)
    ]
    outcomes = race(real_database, ACT("draw_or_close"), period.code, *(str(cycle.pk) for cycle in cycles))
    period = DrawPeriod.objects.get()
    assert set(outcomes) <= {"closed", "drawn", "waits"}
    assert outcomes["closed"] == 5
    seed = seed_of(period.secret, "")
    for draw in Draw.objects.select_related("cycle"):
        x = draw_number(seed, draw.cycle.draw_id)
        assert (draw.x, draw.selected) == (x, is_selected(x, period.rate))
    assert Draw.objects.count() <= 9
    assert (outcomes["drawn"] > 0) == Draw.objects.exists()


def test_fifty_simultaneous_schedule_runs_create_each_draw_period_once(real_database):
    assert race(real_database, ACT("keep_periods"), "nasm-cpt") == {"kept": 50}
    states = {period.code: period.state for period in DrawPeriod.objects.all()}
    assert states == {"2026-Q4": "open", "2027-Q1": "announced"}
    assert HistoryEntry.objects.filter(verb="opened", subject__startswith="audits.drawperiod").count() == 1


@pytest.fixture
def _draw_periods(request):
    """In the throw-away database, for those that want a renewal drawn; the others make their own."""
    if "ready" in request.fixturenames:
        request.getfixturevalue("real_database")
        open_periods(rate="1")
