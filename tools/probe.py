"""A container's health check: `python -m tools.probe /readyz` ends with 0 when the web server beside it
answers 200.
"""

import http.client
import sys


def main(path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
    except (OSError, http.client.HTTPException) as error:
        print(f"the web server does not answer: {error}")
        return 1
    print(answer.status, answer.read(2000).decode(errors="replace"))
    return 0 if answer.status == http.HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
