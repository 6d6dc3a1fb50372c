"""`manage.py live_days` runs every sweep day by day and prints each day's mail."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from outbox.models import Notice

pytestmark = pytest.mark.django_db


def live(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("live_days", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_live_days_command_prints_the_mails_of_each_day(drew, stranger):
    assert live("--first", "2026-06-28", "--last", "2026-07-01", "--email", "drew@example.org") == [
        "2026-06-28  2 days left, 2.0 CEUs to go: June 30, 2026",
        "2026-06-29  1 day left, 2.0 CEUs to go: June 30, 2026",
        "2026-06-30  Last day to renew for $99: June 30, 2026",
        "2026-07-01  Expired June 30, 2026: you can still renew",
        "4 messages on 4 days.",
    ]


def test_running_live_days_again_for_the_same_days_queues_no_mail(drew):
    live("--first", "2026-06-29", "--last", "2026-07-01")
    count = Notice.objects.count()
    live("--first", "2026-06-29", "--last", "2026-07-01")
    assert Notice.objects.count() == count


def test_live_days_refuses_a_last_day_before_its_first_day(db):
    with pytest.raises(CommandError, match="2026-06-01 is before 2026-06-02"):
        live("--first", "2026-06-02", "--last", "2026-06-01")


def test_the_live_days_command_is_refused_in_production(settings, db):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="Only a demo's clock can be moved"):
        live("--last", "2026-06-01")
