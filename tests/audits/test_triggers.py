"""What the database refuses about audits, whoever asks (I7, I8, I15)."""

import pytest

from audits.models import Audit
from renewals.models import Application
from tests.audits import scenes
from tests.audits.scenes import moment
from tests.guards.changes import refused_by


def test_the_database_refuses_to_approve_a_renewal_selected_by_the_draw_without_a_passed_audit(ready):
    audit = scenes.sent(ready)
    application = Application.objects.filter(reference=audit.renewal)
    approved = {"state": "approved", "assessment": {}, "ended_at": moment("2027-01-05")}
    with refused_by("renewals_cleared"):
        application.update(**approved)
    Audit.objects.update(state="ended", ended_at=moment("2027-01-05"))
    with refused_by("renewals_cleared"):
        application.update(**approved)


@pytest.mark.parametrize("state", ["open", "sent", "replace", "failed"])
def test_the_database_refuses_to_reopen_a_passed_audit(ready, reviewer, state):
    audit = scenes.sent(ready)
    scenes.judge(audit, reviewer)
    scenes.closed(audit, "pass", reviewer)
    with refused_by("audits_audit_steps"):
        Audit.objects.update(state=state, ended_at=None if state != "failed" else moment("2027-01-06"))
