"""`./portal` with two small parts in place of the real ones, and without a database. Run by test_up.py."""

import sys

from tools import cli, up
from tools.processes import Crew

WEB = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
PAYMENTS = "print('Paying', flush=True); import signal; signal.pause()"


def start_small(crew: Crew, python: str, port: int) -> None:
    crew.start("web", [python, "-c", WEB, str(port)])
    crew.start("payments", [python, "-c", PAYMENTS])


if __name__ == "__main__":
    up._start, up._prepare = start_small, lambda python, env: None
    up._manage = lambda *arguments, **options: ""
    sys.exit(cli.main(sys.argv[1:]))
