"""The stand-in as a program: local only, never in production, its data kept over a restart."""

import os
import signal
import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlencode

import pytest
import stripe
from django.core.management import CommandError, call_command

from demo.standin.api import nested_fields
from demo.standin.server import StandIn
from demo.standin.store import Store
from tests.demo.scenes import PAGE, browse
from tests.payments.scenes import KEY, SECRET
from tests.throwaway import ROOT


def test_the_payment_stand_in_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match=r"^Practice payments do not run in production\.$"):
        call_command("payment_stand_in", "--port", "0")


def test_starting_the_stand_in_on_a_taken_port_prints_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"^Port {port} is taken or may not be used"):
            call_command("payment_stand_in", "--port", str(port))


def test_the_stand_in_listens_only_on_localhost(stand_in):
    assert stand_in._server.server_address[0] == "127.0.0.1"


def test_a_restarted_stand_in_keeps_all_its_data(tmp_path, mailbox):
    def begin():
        file = tmp_path / "kept.sqlite3"
        return StandIn(port=0, file=file, key=KEY, secret=SECRET, post=mailbox).start(delivering=False)

    first = begin()
    page = first.provider.open_page(nested_fields(urlencode(flat(PAGE))), base=first.base)
    first.provider.pay(page["id"])
    first.stop()
    second = begin()
    assert second.provider.page(page["id"])["payment_status"] == "paid"
    assert second.deliver_due() == 1
    second.stop()


def flat(value, name=""):
    """Return a request's parameters in the encoding of the provider's library."""
    if not isinstance(value, dict | list):
        return {name: value}
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    parts = [flat(inner, f"{name}[{key}]" if name else str(key)) for key, inner in pairs]
    return {key: inner for part in parts for key, inner in part.items()}


def test_a_failed_change_of_the_stand_ins_store_is_rolled_back(tmp_path):
    store = Store(tmp_path / "books.sqlite3")

    def half():
        with store.change():
            store.put("session", {"id": "x"})
            store.put("session", {"id": "y", "what": object()})

    with pytest.raises(TypeError):
        half()
    assert store.get("session", "x") is None
    store.close()


def test_the_stand_in_command_serves_pages_delivers_webhooks_and_stops_on_a_signal(
    tmp_path, unused_port, heard
):
    env = {
        **os.environ,
        "PORTAL_VAR": str(tmp_path),
        "PORTAL_URL": f"http://127.0.0.1:{heard.server_address[1]}",
        "STRIPE_API_KEY": KEY,
        "STRIPE_WEBHOOK_SECRETS": SECRET,
        "STRIPE_API_BASE": f"http://127.0.0.1:{unused_port}",
    }
    command = [sys.executable, ROOT / "manage.py", "payment_stand_in"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, env=env, text=True, **pipes)
    try:
        assert process.stdout.readline() == f"Practice payments on http://127.0.0.1:{unused_port}\n"
        http = stripe.RequestsClient()
        sdk = stripe.StripeClient(KEY, base_addresses={"api": env["STRIPE_API_BASE"]}, http_client=http).v1
        url = sdk.checkout.sessions.create(PAGE).url
        assert browse(url, do="pay")[0] == 303
        http.close()
        heard.handle_request()
        path, header, body = heard.taken
        assert path == "/payments/webhook/"
        assert stripe.WebhookSignature.verify_header(body, header, SECRET)
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")


@pytest.fixture
def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def heard():
    """A web server that takes one message and stores it."""

    class Target(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.taken = (self.path, self.headers["Stripe-Signature"], body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Target)
    server.timeout = 20
    yield server
    server.server_close()
