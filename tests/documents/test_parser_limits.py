"""The child process that parses uploads: its limits, and what its death means."""

import re
import subprocess
import sys

import pytest
from pillow_heif import register_heif_opener

from documents import sandbox
from documents.errors import BadFile
from documents.slots import parser_slot
from tests.documents import good, hostile


def scans_without_end() -> bytes:
    """A progressive JPEG whose last scan comes back three thousand times: 6 MB, minutes of work."""
    once = good.encoded(good.picture(size=(6000, 6000)), "JPEG", progressive=True, quality=5)
    scan = once[once.rfind(b"\xff\xda") : -2]
    return once[:-2] + scan * 3000 + b"\xff\xd9"


def peak_of(content: bytes) -> tuple[bytes, int]:
    """The first line that the parser's process writes, and the most memory it held, in MB."""
    run = "import runpy, sys; sys.argv = ['parser', '60']; runpy.run_module('documents.parser', run_name='__main__')"
    peak = "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0], file=sys.stderr)"
    child = subprocess.run(
        [sys.executable, "-c", f"{run}; {peak}"], input=content, capture_output=True, check=True
    )
    return child.stdout.split(b"\n")[0], int(child.stderr) // 1024


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "options", "most"),
    [
        ("JPEG", {}, 260),
        ("JPEG", {"progressive": True}, 350),
        ("PNG", {}, 800),
        ("HEIF", {}, 850),
        ("WEBP", {}, 1350),
    ],
)
def test_a_photo_of_64_megapixels_is_parsed_in_less_memory_than_the_parsers_limit(kind, options, most):
    register_heif_opener()
    answer, peak = peak_of(good.encoded(good.picture(size=(8000, 8000)), kind, **options))
    assert b"rejected" not in answer
    assert 64 < peak <= most


@pytest.mark.parametrize(
    ("made", "taken"),
    [
        (lambda: good.jpeg(), True),
        (lambda: good.pdf(50), True),
        (lambda: hostile.shared_by_all_pages(20), False),
        (lambda: hostile.HOSTILE["a PDF whose objects swell to 3 GB"][1](), False),
    ],
    ids=["photo", "50 pages", "50 pages that share 20 MB", "objects that swell to 3 GB"],
)
def test_any_uploaded_file_is_parsed_or_refused_within_150_mb_of_memory_however_large_it_decompresses(
    made, taken
):
    answer, peak = peak_of(made())
    assert (b"rejected" not in answer) == taken
    assert 10 < peak <= 150


def test_a_file_that_takes_too_long_to_parse_is_refused(monkeypatch):
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
def test_a_file_that_crashes_the_parser_is_refused(monkeypatch, status, code):
    dead = subprocess.CompletedProcess([], status, b"", b"why it died")
    monkeypatch.setattr(sandbox.subprocess, "run", lambda *_, **__: dead)
    with pytest.raises(BadFile) as refused:
        sandbox.parse_in_sandbox(good.pdf())
    assert refused.value.code == code


def test_the_parser_process_receives_no_secrets_in_its_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for strangers")
    seen = {}

    def run(*arguments, **options):
        seen.update(options)
        return subprocess.CompletedProcess(
            [],
            0,
            b'{"media_type": "image/png", "sent_type": "image/png", "lengths": [5, 2, 3]}\nbytesabxyz',
            b"",
        )

    monkeypatch.setattr(sandbox.subprocess, "run", run)
    safe = sandbox.parse_in_sandbox(b"anything")
    assert (safe.content, safe.thumbnail, safe.pages) == (b"bytes", b"ab", (b"xyz",))
    assert seen["env"] == {}


def test_an_upload_waits_for_a_parser_slot_and_is_refused_when_none_becomes_free(settings):
    settings.PARSERS_AT_ONCE = 1
    with parser_slot(until=0), pytest.raises(BadFile, match="Many files are arriving right now"):
        sandbox.parse_in_sandbox(good.png(), until=0)
    assert sandbox.parse_in_sandbox(good.png()).media_type == "image/png"


def test_a_parser_slot_stays_taken_until_the_parser_ends_even_when_its_web_worker_died(settings):
    settings.PARSERS_AT_ONCE = 1
    with parser_slot(until=0) as slot:
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(slot,))
    with pytest.raises(BadFile, match="Many files"), parser_slot(until=0):
        pass
    child.communicate(b"\n")
    with parser_slot(until=0):
        pass


def test_a_file_is_refused_with_a_sentence_when_lock_files_cannot_be_written(settings, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    settings.PARSER_SLOTS_DIR = tmp_path / "file" / "parsers"
    with pytest.raises(BadFile, match="Try again in a few minutes"):
        sandbox.parse_in_sandbox(good.png())


def test_the_parsing_time_of_a_form_is_shorter_than_the_web_servers_timeout():
    from django.conf import settings

    for started in ("Dockerfile", "tools/up.py"):
        told = re.search(r"--timeout=(\d+)", (settings.BASE_DIR / started).read_text())
        assert told is not None, started
        assert int(told[1]) >= sandbox.FORM_SECONDS + 5


def test_a_file_is_refused_when_the_parsing_time_of_its_form_is_used_up():
    with pytest.raises(BadFile, match="takes too long to open"):
        sandbox.parse_in_sandbox(good.pdf(), until=0)
