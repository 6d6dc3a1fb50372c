"""The draw: announced first, computed the same way for everybody, and never outside an open period (Q20)."""

from dataclasses import replace
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

import renewals.services
from audits import services
from audits.models import Audit, Draw, DrawPeriod
from audits.tasks import keep_draw_periods
from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from renewals.models import Application
from renewals.services import advance_application, withdraw_application
from renewals.tasks import draw_waiting, finish_paid
from rules.draw import draw_number, is_selected, seed_of
from rules.policy.load import load_policy
from tests.audits import scenes
from tests.audits.scenes import moment
from tests.factories import everything_met
from tests.reading import refused_with, text_of
from tests.renewals import scenes as renewal_scenes


@pytest.fixture
def _draw_periods(db):
    """No period: the schedule makes them here."""


@pytest.mark.parametrize("day", ["2026-09-30 23:59:59", "2027-01-01 00:00"])
def test_a_draw_period_opens_only_on_its_own_days(clock_at, lead, day, settings):
    settings.DRAW_PUBLIC_VALUE = "a value"
    clock_at("2026-10-01")
    keep_draw_periods()
    with pytest.raises(Refusal, match="from its first day"):
        services.open_period(
            DrawPeriod.objects.get(code="2026-Q4"), by=lead, at=moment(day), public_value="1"
        )


def test_the_public_value_of_a_draw_period_has_at_most_200_characters(clock_at, lead):
    clock_at("2026-10-01")
    keep_draw_periods()
    period = DrawPeriod.objects.get(code="2027-Q1")
    with refused_with("Use at most 200 characters.", "length"):
        services.open_period(period, by=lead, at=moment("2027-01-01"), public_value="x" * 201)


def test_a_submitted_renewal_is_drawn_immediately_by_the_published_formula(autumn, clock_at, ready):
    clock_at("2026-12-01")
    application = renewal_scenes.submit(ready, "2026-12-01")
    draw = Draw.objects.get(cycle=application.cycle)
    clock_at("2027-01-01")
    keep_draw_periods()
    secret = DrawPeriod.objects.get(code="2026-Q4").secret
    x = draw_number(seed_of(secret, ""), application.cycle.draw_id)
    assert (draw.x, draw.selected) == (x, is_selected(x, "0.10"))


def test_a_renewal_withdrawn_and_submitted_again_keeps_its_draw_result(autumn, ready):
    application = renewal_scenes.submit(ready, "2026-12-01")
    before = Draw.objects.values().get()
    withdraw_application(application, by=ready, at=moment("2026-12-02"))
    renewal_scenes.submit(ready, "2026-12-03")
    assert Draw.objects.values().get() == before


def test_a_renewal_that_cannot_be_drawn_is_logged_and_the_others_are_drawn(
    ready, stranger, clock_at, monkeypatch, caplog
):
    clock_at("2027-01-04")
    everything_met(stranger)
    broken = renewal_scenes.renew(ready, "2027-01-04")
    sound = renewal_scenes.renew(stranger, "2027-01-04")
    keep_draw_periods()
    draw_late = renewals.services.draw_late

    def draw(application: Application, *, at: datetime) -> Application:
        if application == broken:
            raise RuntimeError("Its secret is no secret.")
        return draw_late(application, at=at)

    monkeypatch.setattr(renewals.services, "draw_late", draw)
    assert draw_waiting() == 1
    assert Draw.objects.get().cycle == sound.cycle
    assert "could not be moved on" in caplog.text


def test_a_renewal_submitted_without_an_open_draw_period_is_drawn_when_one_opens(ready, clock_at):
    clock_at("2026-12-01")
    application = renewal_scenes.renew(ready, "2026-12-01")
    assert (application.state, Draw.objects.count()) == ("in_review", 0)
    assert advance_application(application, at=moment("2026-12-02")).state == "in_review"
    keep_draw_periods()
    DrawPeriod.objects.filter(code="2026-Q4")
    assert draw_waiting() == 1
    finish_paid()
    drawn = Draw.objects.get()
    expected = "in_review" if drawn.selected else "approved"
    assert Application.objects.get().state == expected
    assert Audit.objects.exists() is drawn.selected


def test_the_draws_page_says_so_when_there_are_no_periods(client, db):
    assert "No period yet" in text_of(client.get("/audits/draws/"))


def test_a_trainer_finds_the_draw_id_of_their_cycle_on_the_page_about_draws_alone(
    ready, signed_in, stranger, client
):
    draw_id = renewal_scenes.cycle_of(ready).draw_id
    assert draw_id in text_of(signed_in(ready).get("/audits/draws/"))
    assert "/audits/draws/" in signed_in(ready).get("/account/").content.decode()
    assert draw_id not in text_of(signed_in(ready).get("/account/"))
    for other in (signed_in(stranger), client):
        assert draw_id not in text_of(other.get("/audits/draws/"))


def test_the_secret_of_a_draw_period_is_unreadable_until_the_period_is_closed(
    autumn, ready, clock_at, client, caplog
):
    from audits.models.draw import SEAL

    clock_at("2026-12-01")
    renewal_scenes.renew(ready, "2026-12-01")
    secret = SEAL.unseal_text(autumn.sealed_secret)
    seed = seed_of(secret, "").hex()
    out = StringIO()
    call_command("dumpdata", "--exclude", "contenttypes", "--exclude", "auth.permission", stdout=out)
    call_command("export_draw", stdout=out)
    told = out.getvalue() + caplog.text + text_of(client.get("/audits/draws/"))
    told += "".join(Notice.objects.values_list("text", flat=True))
    told += "".join(str(detail) for detail in HistoryEntry.objects.values_list("detail", flat=True))
    assert secret not in told
    assert seed not in told


def test_a_lead_can_open_a_draw_period_in_the_admin(settings, clock_at, lead, signed_in, reviewer):
    settings.DRAW_PUBLIC_VALUE = "a value"
    clock_at("2026-10-02")
    keep_draw_periods()
    period = DrawPeriod.objects.get(code="2026-Q4")
    page = reverse("admin:audits_drawperiod_open", args=[period.pk])
    assert signed_in(reviewer).post(page, {"public_value": "1"}).status_code == 403
    browser = signed_in(lead)
    assert "a value" in text_of(browser.get(page))
    browser.post(page, {"public_value": "5711.35"})
    assert DrawPeriod.objects.get(code="2026-Q4").public_value == "5711.35"


def test_a_draw_period_publishes_the_audit_rate_of_the_policy(autumn):
    assert autumn.rate == load_policy().version_on(date(2026, 10, 1)).audit_rate
    assert scenes.moment("2026-10-01 00:05") == autumn.opened_at


def test_a_policy_that_is_not_in_force_yet_or_fails_stops_the_draw_periods_of_no_other(
    clock_at, follow_body, monkeypatch, caplog
):
    follow_body('total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n')
    later = replace(
        load_policy("body"),
        code="later",
        versions=(replace(load_policy("body").versions[0], in_force_from=date(2027, 6, 1)),),
    )
    monkeypatch.setattr("audits.services.drawing.fitting_policies", lambda: [later])
    broken = replace(later.versions[0], draw_period="never")
    clock_at("2026-10-01")
    keep_draw_periods()
    assert set(DrawPeriod.objects.values_list("policy_code", flat=True)) == {"body"}
    assert "were not kept" not in caplog.text
    monkeypatch.setattr(
        "audits.services.drawing.fitting_policies", lambda: [replace(later, versions=(broken,))]
    )
    clock_at("2028-01-01")
    keep_draw_periods()
    assert "the draw periods of later were not kept" in caplog.text
    assert DrawPeriod.objects.get(policy_code="body", first_on=date(2028, 1, 1)).state == "open"
