"""`manage.py assess`: one question a line in, one answer a line out, whatever the lines hold; no database."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
GOOD = b'{"as_of": "2026-07-10", "cycle": {"expires_on": "2026-06-30"}, "records": []}\n'


def assess(
    monkeypatch: pytest.MonkeyPatch, lines: bytes, *arguments: str
) -> tuple[list[dict], CommandError | None]:
    """The answers, and the error with which the command ends (its status is `returncode`)."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="ascii"))
    out = io.StringIO()
    ended = None
    try:
        call_command("assess", *arguments, stdout=out)
    except CommandError as error:
        ended = error
    return [json.loads(line) for line in out.getvalue().splitlines()], ended


def test_valid_lines_are_answered_in_order_and_the_exit_status_is_0(monkeypatch):
    other = GOOD.replace(b"2026-07-10", b"2027-06-30")
    answers, ended = assess(monkeypatch, GOOD + other + GOOD)
    assert [answer["tier"] for answer in answers] == ["late", "closed", "late"]
    assert ended is None


def test_each_invalid_line_is_answered_with_its_error_and_the_exit_status_is_1(monkeypatch):
    lines = GOOD + b"\n" + GOOD + b"\xff\n" + b"{}\r\n" + GOOD.strip()
    answers, ended = assess(monkeypatch, lines)
    assert [answer.get("error", {}).get("code") for answer in answers] == [
        None,
        "not_json",
        None,
        "not_json",
        "missing",
        None,
    ]
    assert ended.returncode == 1
    assert str(ended) == "3 of 6 lines could not be answered."


def test_empty_input_gives_empty_output(monkeypatch):
    assert assess(monkeypatch, b"") == ([], None)


def test_windows_line_endings_and_a_missing_final_newline_are_accepted(monkeypatch):
    answers, ended = assess(monkeypatch, GOOD.strip() + b"\r\n" + GOOD.strip())
    assert len(answers) == 2
    assert ended is None


def test_a_line_separator_inside_a_text_does_not_split_the_line(monkeypatch):
    record = '{"id": "a\u2028\u0085b", "category": "education", "ceus": "1", "completed_on": "2026-01-01"}'
    answers, ended = assess(monkeypatch, GOOD.replace(b"[]", f"[{record}]".encode()))
    assert answers[0]["records"][0]["id"] == "a\u2028\u0085b"
    assert ended is None


def test_a_lone_surrogate_is_printed_as_an_ascii_escape(monkeypatch):
    answers, ended = assess(monkeypatch, rb'{"\ud800": 1}' + b"\n" + GOOD)
    assert answers[0]["error"]["field"] == "\ud800"
    assert answers[1]["tier"] == "late"
    assert ended.returncode == 1


def test_a_policy_file_of_another_certifying_body_can_be_used(monkeypatch):
    file = str(HERE / "policies" / "harbor-massage.toml")
    answers, ended = assess(monkeypatch, GOOD, "--policy-file", file)
    assert answers[0]["tier"] == "tolerance"
    assert answers[0]["fees"]["total"] == "120.05"
    assert ended is None


def test_the_nasm_cpt_policy_is_used_when_no_policy_is_given(monkeypatch):
    assert assess(monkeypatch, GOOD) == assess(monkeypatch, GOOD, "--policy", "nasm-cpt")


def test_a_broken_policy_file_is_reported_with_its_key_and_days_and_exit_status_2(monkeypatch, tmp_path):
    file = tmp_path / "broken.toml"
    text = (HERE / "policies" / "harbor-massage.toml").read_text("utf-8")
    file.write_text(text.replace('from = "E + 1 day"', 'from = "E + 3 days"'), "utf-8")
    answers, ended = assess(monkeypatch, GOOD, "--policy-file", str(file))
    assert answers == []
    assert ended.returncode == 2
    assert str(ended) == (
        f"{file}: versions[2010-01-01].tiers[tolerance] gap: no window has the days from 2023-01-02 to 2023-01-03, "
        "between regular and tolerance (when the cycle ends on E = 2023-01-01)."
    )


@pytest.mark.parametrize(
    "arguments", [("--policy", "nobody"), ("--policy-file", "nothing.toml"), ("--policy-file", "")]
)
def test_an_unknown_policy_name_gives_exit_status_2(monkeypatch, arguments):
    answers, ended = assess(monkeypatch, GOOD, *arguments)
    assert answers == []
    assert ended.returncode == 2


def test_a_policy_name_and_a_policy_file_together_are_refused(monkeypatch):
    with pytest.raises(CommandError, match="not allowed with argument"):
        call_command("assess", "--policy=nasm-cpt", "--policy-file=x.toml")


def test_the_command_uses_no_database(monkeypatch, django_db_blocker):
    with django_db_blocker.block():
        answers, ended = assess(monkeypatch, GOOD)
    assert len(answers) == 1
    assert ended is None


@pytest.fixture
def shell(tmp_path):
    """The command as a process of its own, without a usable database."""

    def start(**streams) -> subprocess.Popen:
        environment = {
            "PATH": "/usr/bin:/bin",
            "PORTAL_VAR": str(tmp_path),
            "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3",
        }
        command = [sys.executable, str(ROOT / "manage.py"), "assess"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
        return subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)

    return start


def test_answers_go_to_stdout_an_error_sentence_to_stderr_and_the_exit_status_is_set(shell):
    process = shell()
    out, err = process.communicate(GOOD + b"no\n" + GOOD, timeout=60)
    assert [list(json.loads(line))[0] for line in out.splitlines()] == ["status", "error", "status"]
    assert err == b"CommandError: 1 of 3 lines could not be answered.\n"
    assert process.returncode == 1


def test_each_line_is_answered_before_the_next_line_is_read(shell):
    process = shell()
    for _ in range(3):
        process.stdin.write(GOOD)
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["tier"] == "late"
    out, err = process.communicate(timeout=60)
    assert (out, err, process.returncode) == (b"", b"", 0)


def test_a_reader_that_closes_the_pipe_ends_the_command_without_an_error(shell):
    process = shell()
    process.stdin.write(GOOD)
    process.stdin.flush()
    assert process.stdout.readline()
    process.stdout.close()
    _, err = process.communicate(GOOD * 2000, timeout=60)
    assert (err, process.returncode) == (b"", 1)
