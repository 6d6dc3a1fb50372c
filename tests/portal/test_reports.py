"""What an error report and a trace tell of a visit: enough to find the cause, and nobody's name."""

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from unittest import mock

import pytest
from django.test import Client
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

WHO, SECRET, NUMBER = "sam@example.org", "correct-horse-battery", "20000002"


class Collected(ThreadingHTTPServer):
    """A server on this machine that keeps what it is sent, as Sentry and a collector of traces would."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Keep)
        self.bodies: list[bytes] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class Keep(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        packed = self.headers.get("Content-Encoding") == "gzip"
        self.server.bodies.append(gzip.decompress(body) if packed else body)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def collected() -> Iterator[Collected]:
    with Collected() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def visit_and_break() -> None:
    """Somebody signs in, and the form breaks with an error that quotes what was typed."""
    import sentry_sdk

    from recert.error_reports import start_error_reports

    start_error_reports()
    broken = mock.patch("trainers.forms.LoginForm.clean", side_effect=RuntimeError(f"{WHO}: {SECRET}"))
    with broken:
        client = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")
        typed = {"login": WHO, "password": SECRET}
        answer = client.post(f"/account/login/?next=/verify/{NUMBER}/", typed, REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 500
    print(answer["X-Request-ID"])
    sentry_sdk.flush(20)


def visit() -> None:
    from recert.traces import start_traces

    provider = start_traces()
    Client(HTTP_HOST="127.0.0.1").get(f"/verify/{NUMBER}/", REMOTE_ADDR="203.0.113.9")
    provider.shutdown()


def test_an_error_is_reported_with_its_place_and_request_id_but_without_typed_text(real_database, collected):
    done = real_database.run(visit_and_break, SENTRY_DSN=f"http://key@{collected.address}/1")
    assert done.returncode == 0, done.stderr
    [sent] = [body.decode() for body in collected.bodies if b'"exception"' in body]
    event = json.loads(sent.splitlines()[2])
    [error] = event["exception"]["values"]
    assert error["type"] == "RuntimeError"
    assert any(frame["function"] == "full_clean" for frame in error["stacktrace"]["frames"])
    assert event["tags"] == {"request_id": done.stdout.strip()}
    for private in (WHO, SECRET, NUMBER, "203.0.113.9", "csrf", "cookie"):
        assert private not in sent.lower()


def test_a_request_is_traced_with_its_route_and_sql_statements_but_without_their_values(
    real_database, collected
):
    env = {"TRACES_URL": f"http://{collected.address}/v1/traces", "TRACES_SHARE": "1"}
    done = real_database.run(visit, **env)
    assert done.returncode == 0, done.stderr
    [body] = collected.bodies
    spans = [
        span
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    names = [span.name for span in spans]
    assert "GET verify/<str:number>/" in names
    assert "SELECT" in names
    assert len({span.trace_id for span in spans}) == 1
    for private in (NUMBER, "203.0.113.9"):
        assert private.encode() not in body
