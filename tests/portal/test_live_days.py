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


def test_each_day_prints_what_was_mailed_on_it(drew, stranger):
    assert live("--first", "2026-06-28", "--last", "2026-07-01", "--email", "drew@example.org") == [
        "2026-06-28  2 days left, 2.0 CEUs to go: June 30, 2026",
        "2026-06-29  1 day left, 2.0 CEUs to go: June 30, 2026",
        "2026-06-30  Last day to renew for $99: June 30, 2026",
        "2026-07-01  Expired June 30, 2026: you can still renew",
        "4 messages on 4 days.",
    ]


def test_the_same_days_again_mail_nothing(drew):
    live("--first", "2026-06-29", "--last", "2026-07-01")
    count = Notice.objects.count()
    live("--first", "2026-06-29", "--last", "2026-07-01")
    assert Notice.objects.count() == count


def test_a_last_day_before_the_first_is_refused(db):
    with pytest.raises(CommandError, match="2026-06-01 is before 2026-06-02"):
        live("--first", "2026-06-02", "--last", "2026-06-01")


def test_the_command_is_refused_in_production(settings, db):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="Only a demo's clock can be moved"):
        live("--last", "2026-06-01")
