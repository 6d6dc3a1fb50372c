"""The child process of documents/sandbox.py: it reads the bytes of a file, and writes one line of
JSON with the length of each result, then the results.
"""

import json
import os
import resource
import sys

from documents.parser import RejectedFile, make_safe

MEMORY = 3 * 512 * 1024**2  # a WebP of 64 million pixels is unpacked three times


def _limit(cpu_seconds: int) -> None:
    os.nice(5)  # pages come before pictures of pages
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    _limit(int(sys.argv[1]))
    try:
        safe = make_safe(sys.stdin.buffer.read())
        parts = [safe.content, safe.thumbnail, *safe.pages]
        answer: dict[str, object] = {"media_type": safe.media_type, "sent_type": safe.sent_type}
        answer["lengths"] = [len(part) for part in parts]
    except RejectedFile as rejected:
        answer, parts = {"rejected": rejected.code}, []
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(parts))


main()
