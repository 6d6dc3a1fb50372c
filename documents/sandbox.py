"""Runs the parser in a child process: a file that hangs, swells or crashes it costs one refusal and
no web worker.
"""

import json
import logging
import signal
import subprocess
import sys

from django.conf import settings

from documents.errors import BadFile
from documents.parser import Safe

CPU_SECONDS = 10
WALL_SECONDS = 25  # on a busy machine the 10 seconds of work take longer
OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}
log = logging.getLogger(__name__)


def parse_in_sandbox(data: bytes) -> Safe:
    """Return the answer of `documents.parser.make_safe`, within 1 GB and 10 seconds. Raises BadFile."""
    try:
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-E", "-s", "-m", "documents.parser", str(CPU_SECONDS)],
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=settings.BASE_DIR,
            env={},  # what reads a stranger's bytes knows none of our secrets
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BadFile("too_heavy") from None
    return _answer(child)


def _answer(child: "subprocess.CompletedProcess[bytes]") -> Safe:
    if child.returncode in OUT_OF_TIME:
        raise BadFile("too_heavy")
    if child.returncode < 0:
        raise BadFile("damaged")
    if child.returncode:
        log.error("the parser of uploads does not work: %s", child.stderr.decode(errors="replace")[-2000:])
        raise BadFile("unavailable")
    header, _, content = child.stdout.partition(b"\n")
    answer = json.loads(header)
    if code := answer.get("rejected"):
        raise BadFile(code)
    return Safe(answer["media_type"], content)
