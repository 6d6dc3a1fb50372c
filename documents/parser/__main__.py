"""The child process: bytes in, one line of JSON and bytes out. See documents/sandbox.py."""

import json
import resource
import sys

from documents.parser import Rejected, make_safe

MEMORY = 1024**3


def _limit(cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    _limit(int(sys.argv[1]))
    try:
        safe = make_safe(sys.stdin.buffer.read())
        answer, content = {"media_type": safe.media_type}, safe.content
    except Rejected as rejected:
        answer, content = {"rejected": rejected.code}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)


main()
