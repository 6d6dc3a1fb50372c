"""Every command that follows the rules follows the versions that staff approved as well."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from cases.models import PolicyDraft
from recert import command_line
from recert.management.commands import restore
from tests.cast import colleague
from tests.drafting import AT, FIRST_DAY, draft, late_fee_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_on_file")]


@pytest.fixture(autouse=True)
def _approved_in_another_process(settings):
    settings.POLICY_DRAFTS = True
    approval = {"state": "approved", "approved_by": colleague("second_lead"), "approved_at": AT}
    PolicyDraft.objects.filter(pk=draft().pk).update(**approval)


@pytest.mark.parametrize(
    ("name", "cents"),
    [
        *((name, 3500) for name in ("import_roster", "import_completions", "send_notices", "live_days")),
        *((name, 3500) for name in ("verify_invariants", "sweep", "replay_erasures")),
        *((name, 3000) for name in ("migrate", "assess", "restore", "check", "no_such_command")),
    ],
)
def test_a_command_of_ours_counts_with_approved_versions_and_one_before_the_tables_does_not(
    monkeypatch, name, cents
):
    seen = []
    monkeypatch.setattr(
        command_line, "execute_from_command_line", lambda _: seen.append(late_fee_on(FIRST_DAY))
    )
    assert command_line.run_command(["manage.py", name]) == 0
    assert seen == [cents]


def test_a_restore_reads_the_approved_versions_once_the_tables_are_there(monkeypatch):
    seen = {}
    for part in ("read_private_keys", "require_room", "restore_archive"):
        monkeypatch.setattr(restore, part, lambda *_: None)
    monkeypatch.setattr(restore, "check_archive", lambda *_: SimpleNamespace(rows=1, files=[]))
    monkeypatch.setattr(
        restore, "call_command", lambda name, **_: seen.update({name: late_fee_on(FIRST_DAY)})
    )
    restore.Command(stdout=StringIO()).handle(archive="portal.age", key="key")
    assert seen == {"migrate": 3000, "verify_invariants": 3500}


def test_the_bench_shows_approved_figures_of_a_policy_by_its_code_and_checks_the_file_alone():
    shown, checked = StringIO(), StringIO()
    call_command("policy", "show", "nasm-cpt", "--on", "2027-07-01", stdout=shown)
    assert "Late fee: $35" in shown.getvalue()
    call_command("policy", "check", "nasm-cpt", stdout=checked)
    assert checked.getvalue().endswith("/rules/policy/policies/nasm-cpt.toml: OK, 1 version\n")
    changed = StringIO()
    call_command("policy", "diff", "nasm-cpt", stdout=changed)
    assert "Late fee becomes $35; it was $30 (S6)." in changed.getvalue()
