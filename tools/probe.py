"""A container's health check: `python -m tools.probe /readyz` ends with 0 when the web server beside it
answers 200.
"""

import http.client
import os
import sys


def main(path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=10)
    # Django answers only to the portal's own hosts.
    connection.request(
        "GET", path, headers={"Host": os.environ.get("ALLOWED_HOSTS", "127.0.0.1").split(",")[0]}
    )
    answer = connection.getresponse()
    print(answer.status, answer.read(2000).decode(errors="replace"))
    return 0 if answer.status == http.HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
