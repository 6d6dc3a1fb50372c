"""The child process that parses uploads: its limits, and what its death means."""

import subprocess

import pytest

from documents import sandbox
from documents.errors import BadFile
from tests.documents import good


def scans_without_end() -> bytes:
    """A progressive JPEG whose last scan comes back three thousand times: 6 MB, minutes of work."""
    once = good.encoded(good.picture(size=(6000, 6000)), "JPEG", progressive=True, quality=5)
    scan = once[once.rfind(b"\xff\xda") : -2]
    return once[:-2] + scan * 3000 + b"\xff\xd9"


def test_a_file_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(sandbox, "CPU_SECONDS", 1)
    with pytest.raises(BadFile, match="takes too long to open"):
        sandbox.parse_in_sandbox(scans_without_end())


def test_a_parser_that_hangs_is_killed(monkeypatch):
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.001)
    with pytest.raises(BadFile, match="takes too long to open"):
        sandbox.parse_in_sandbox(good.pdf())


@pytest.mark.parametrize(
    ("status", "code"),
    [(-9, "too_heavy"), (-24, "too_heavy"), (-11, "damaged"), (-6, "damaged"), (1, "unavailable")],
)
def test_a_crashed_parser_refuses_the_file(monkeypatch, status, code):
    dead = subprocess.CompletedProcess([], status, b"", b"why it died")
    monkeypatch.setattr(sandbox.subprocess, "run", lambda *_, **__: dead)
    with pytest.raises(BadFile) as refused:
        sandbox.parse_in_sandbox(good.pdf())
    assert refused.value.code == code


def test_the_parser_process_has_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for strangers")
    seen = {}

    def run(*arguments, **options):
        seen.update(options)
        return subprocess.CompletedProcess([], 0, b'{"media_type": "image/png"}\nbytes', b"")

    monkeypatch.setattr(sandbox.subprocess, "run", run)
    assert sandbox.parse_in_sandbox(b"anything").content == b"bytes"
    assert seen["env"] == {}
