"""Crash points: each has a test, none is active in production."""

import re
from pathlib import Path

import pytest

from core import faults

TESTS = Path(__file__).resolve().parent.parent


def test_every_crash_point_in_the_code_is_used_by_a_test():
    words = set()
    for file in TESTS.rglob("*.py"):
        words |= set(re.findall(r'"([a-z_.]+)(?::[a-z]+(?::\d+)?)?"', file.read_text(encoding="utf-8")))
    assert faults.crash_windows(), "the search finds the windows"
    assert [name for name in faults.crash_windows() if name not in words] == []


def test_no_crash_point_is_active_in_production(settings, monkeypatch):
    monkeypatch.setenv("PORTAL_FAULT", "tests.window:kill")
    settings.PRODUCTION = True
    faults.faultpoint("tests.window")


def test_only_the_crash_point_named_in_the_environment_is_triggered(monkeypatch):
    hit = []
    monkeypatch.setattr(faults.os, "kill", lambda pid, signal: hit.append(signal))
    monkeypatch.setenv("PORTAL_FAULT", "tests.window:stop")
    faults.faultpoint("tests.other")
    assert hit == []
    faults.faultpoint("tests.window")
    assert hit == [faults.SIGNALS["stop"]]


def test_two_crash_points_with_one_name_are_an_error(tmp_path, monkeypatch):
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text('def f():\n    faultpoint("tests.twice")\n')

    class Config:
        path = str(tmp_path)

    monkeypatch.setattr(faults.settings, "BASE_DIR", tmp_path)
    monkeypatch.setattr(faults.apps, "get_app_configs", lambda: [Config])
    with pytest.raises(ValueError, match=r"tests\.twice"):
        faults.crash_windows()
