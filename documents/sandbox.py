"""Run the parser in a child process: a file that makes it hang, swell or crash costs one refusal
and no web worker.
"""

import json
import logging
import signal
import subprocess
import sys
import time
from itertools import accumulate, pairwise

from django.conf import settings

from documents.errors import BadFile
from documents.parser import SafeFile
from documents.slots import parser_slot

CPU_SECONDS = 10
WALL_SECONDS = 15  # on a busy machine the 10 seconds of work take longer
FORM_SECONDS = 20  # for all files of a form, waiting included: gunicorn kills a worker after 30
OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}
log = logging.getLogger(__name__)


def form_deadline() -> float:
    """Return when parsing the files of the form being received must end, on the clock of
    `time.monotonic`.
    """
    return time.monotonic() + FORM_SECONDS


def parse_in_sandbox(data: bytes, *, until: float | None = None) -> SafeFile:
    """Return the answer of `documents.parser.make_safe`, computed within 1.5 GB, 10 seconds and
    `until`.

    `until` is a `form_deadline`. Raises BadFile, also when too many files are being parsed.
    """
    last = form_deadline() if until is None else until
    with parser_slot(until=last) as slot:
        seconds = min(WALL_SECONDS, last - time.monotonic())
        return _answer(_run_parser(data, seconds, slot))


def _run_parser(data: bytes, seconds: float, slot: int) -> "subprocess.CompletedProcess[bytes]":
    if seconds <= 0:
        raise BadFile("too_heavy")
    try:
        return subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-E", "-s", "-m", "documents.parser", str(CPU_SECONDS)],
            input=data,
            capture_output=True,
            timeout=seconds,
            cwd=settings.BASE_DIR,
            env={},  # what reads a stranger's bytes knows none of our secrets
            pass_fds=(slot,),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BadFile("too_heavy") from None


def _answer(child: "subprocess.CompletedProcess[bytes]") -> SafeFile:
    if child.returncode in OUT_OF_TIME:
        raise BadFile("too_heavy")
    if child.returncode < 0:
        raise BadFile("damaged")
    if child.returncode:
        log.error("the parser of uploads does not work: %s", child.stderr.decode(errors="replace")[-2000:])
        raise BadFile("unavailable")
    header, _, body = child.stdout.partition(b"\n")
    answer = json.loads(header)
    if code := answer.get("rejected"):
        raise BadFile(code)
    bounds = pairwise(accumulate(answer["lengths"], initial=0))
    content, thumbnail, *pages = (body[start:end] for start, end in bounds)
    return SafeFile(answer["media_type"], content, answer["sent_type"], tuple(pages), thumbnail)
