"""The lines of docs/deploy.md for nginx, through a real nginx in front of the real gunicorn: whose limit a try counts
against and when a request began, whatever a visitor writes into its headers."""

import http.client
import itertools
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from recert.middleware import time_waited
from tests.faults.processes import PATIENCE
from tests.forked import FORKING, end, enter
from tests.front import FRONT, PAGES
from tests.postoffice import free_port
from tests.throwaway import ROOT, Throwaway

pytestmark = pytest.mark.nginx
ONE, INNER = re.findall(r"```nginx\n(.*?)```", (ROOT / "docs" / "deploy.md").read_text(), re.DOTALL)
SHARED = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
"""
SERVER = "server {{ listen 127.0.0.1:{port}{tls}; {lines} }}\n"
FORGED = [
    "203.0.113.{n}",
    "198.51.100.7, 203.0.113.{n}",
    "203.0.113.{n}, 198.51.100.7, 127.0.0.1",
    "unknown",
    "",
    "::{n}",
]
END = "\r\n--b--\r\n"


@dataclass(frozen=True)
class Way:
    """One way to the portal: where visitors knock, how many proxies they pass, and the network that they come from."""

    port: int
    tls: bool
    proxies: int
    network: str

    def ask(
        self,
        visitor: int,
        path: str,
        *,
        method: str = "GET",
        body: str | Iterator[bytes] = "",
        **headers: str,
    ):
        """What the visitor with this number is answered: status, headers and text."""
        source = (f"{self.network}.{visitor}", 0)
        made = http.client.HTTPSConnection if self.tls else http.client.HTTPConnection
        options = {"context": ssl._create_unverified_context()} if made is http.client.HTTPSConnection else {}
        connection = made("127.0.0.1", self.port, source_address=source, timeout=30, **options)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body or None, headers={"Host": "127.0.0.1", **named})
        answer = connection.getresponse()
        found = answer.status, answer.headers, answer.read().decode(errors="replace")
        connection.close()
        return found

    def send_file(self, visitor: int, size: int, *, path: str = "/"):
        """The answer to a form with one file, which has `size` bytes in all."""
        start = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        body = start + "x" * (size - len(start) - len(END)) + END
        kind = "multipart/form-data; boundary=b"
        return self.ask(visitor, path, method="POST", body=body, Content_Type=kind)

    def try_numbers(self, visitor: int, times: int, *, forged: list[str]) -> Counter[int]:
        """How many tries at certificates' numbers were answered with which status, each with the next forged address."""
        addresses = itertools.islice(itertools.cycle(forged), times)
        asked = (
            self.ask(visitor, f"/verify/{n}/", X_Forwarded_For=address.format(n=n))
            for n, address in enumerate(addresses)
        )
        return Counter(status for status, *_ in asked)


def serve(env: dict[str, str], log: str, port: int) -> None:
    """gunicorn, with its clock stopped so that no minute ends in the midst of a test, and with https demanded."""
    enter(env, log, log)
    from django.conf import settings
    from gunicorn.app.wsgiapp import run

    from core import clock

    settings.SECURE_SSL_REDIRECT = settings.TRUSTED_PROXIES > 0
    options = [f"--bind=127.0.0.1:{port}", "--worker-class=sync", "--no-control-socket", "--access-logfile=-"]
    options.append('--access-logformat=%(h)s "%(r)s" "%({x-waited}i)s"')
    sys.argv = ["gunicorn", "recert.wsgi", *options]
    with clock.moved_to(datetime(2027, 3, 2, 19, tzinfo=UTC)):
        run()


def write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    began = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(*private))


def configure(folder: Path, portals: list[int]) -> dict[str, Way]:
    """Write nginx's configuration with the documented lines; where each way begins."""
    one, plain, outer, adding, inner = (free_port() for _ in range(5))
    appended = ONE.replace("$remote_addr", "$proxy_add_x_forwarded_for")

    def server(port: int, lines: str, to: int, tls: str = " ssl") -> str:
        lines = lines.replace("127.0.0.1:8000", f"127.0.0.1:{to}").replace(PAGES, FRONT)
        return SERVER.format(port=port, tls=tls, lines=lines)

    servers = [
        server(one, ONE, portals[1]),
        server(plain, ONE, portals[1], tls=""),
        server(outer, ONE, inner),
        server(adding, appended, inner),
        server(inner, INNER.replace("192.0.2.10", "127.0.0.1"), portals[2], tls=""),
    ]
    write_certificate(folder)
    (folder / "nginx.conf").write_text(SHARED.format(folder=folder) + "".join(servers) + "}\n")
    return {
        "none": Way(portals[0], False, 0, "127.1.0"),
        "one": Way(one, True, 1, "127.1.1"),
        "two, the outer replaces": Way(outer, True, 2, "127.1.2"),
        "two, the outer adds": Way(adding, True, 2, "127.1.3"),
        "one, without TLS": Way(plain, False, 1, "127.1.4"),
        "past the outer": Way(inner, False, 1, "127.1.5"),
    }


@dataclass(frozen=True)
class Site:
    ways: dict[str, Way]
    folder: Path

    def access_log(self, proxies: int) -> str:
        return (self.folder / f"gunicorn-{proxies}.log").read_text()


@pytest.fixture(scope="module")
def site(_workshop, tmp_path_factory) -> Iterator[Site]:
    """Three gunicorns, for no proxy, one and two, and one nginx."""
    folder = tmp_path_factory.mktemp("site")
    database: Throwaway = _workshop.make()
    portals = [free_port() for _ in range(3)]
    processes = []
    for proxies, port in enumerate(portals):
        env = {**database.env, "TRUSTED_PROXIES": str(proxies)}
        log = str(folder / f"gunicorn-{proxies}.log")
        processes.append(FORKING.Process(target=serve, args=(env, log, port)))
        processes[-1].start()
    ways = configure(folder, portals)
    command = ["nginx", "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]
    server = subprocess.Popen(command)
    try:
        for port in [*portals, *(way.port for way in ways.values())]:
            wait_for(port, server)
        yield Site(ways, folder)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        for process in processes:
            end(process)
        _workshop.drop(database)


def wait_for(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, "nginx does not take the lines of docs/deploy.md"
        time.sleep(0.02)
    raise AssertionError(f"nothing answers at port {port}")


WAYS = ("none", "one", "two, the outer replaces", "two, the outer adds")


@pytest.mark.parametrize("name", WAYS)
def test_the_rate_limit_allows_30_of_80_checks_by_one_visitor_and_limits_no_other_visitor(site, name):
    way = site.ways[name]
    assert way.try_numbers(2, 80, forged=[*FORGED, f"{way.network}.3"]) == {200: 30, 429: 50}
    assert way.try_numbers(3, 1, forged=[f"{way.network}.2"]) == {200: 1}


@pytest.mark.parametrize("name", WAYS)
def test_one_visitor_can_request_sign_in_codes_for_at_most_20_addresses_a_minute(site, name):
    way = site.ways[name]
    page = way.ask(5, "/account/login/code/")
    cookie = re.search(r"[\w-]*csrftoken=\w+", page[1]["Set-Cookie"])[0]
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page[2])[1]
    kind = "application/x-www-form-urlencoded"
    sent = {"Cookie": cookie, "Referer": "https://127.0.0.1/", "Content_Type": kind}
    form = {"csrfmiddlewaretoken": token}
    answers = Counter(
        way.ask(
            5,
            "/account/login/code/",
            method="POST",
            body=urlencode({**form, "email": f"{n}@{way.network}.example.org"}),
            **{**sent, "X_Forwarded_For": f"203.0.113.{n}"},
        )[0]
        for n in range(25)
    )
    assert answers == {302: 20, 429: 5}


@pytest.mark.parametrize("name", WAYS)
def test_the_access_log_has_the_visitors_real_address_and_no_forged_one(site, name):
    way = site.ways[name]
    way.ask(6, "/verify/?seen", X_Forwarded_For="203.0.113.99")
    way.ask(6, "/livez")  # one after the other: the line of the first is written before the second is read
    lines = site.access_log(way.proxies).splitlines()
    assert [line.split()[0] for line in lines if "/verify/?seen" in line][-1:] == [f"{way.network}.6"]


@pytest.mark.parametrize("name", WAYS[1:])
def test_the_proxy_passes_on_the_upload_time_of_a_body_and_overrides_a_forged_header(site, name):
    way = site.ways[name]

    def slowly() -> Iterator[bytes]:
        yield b"a"
        time.sleep(0.2)
        yield b"b"

    way.ask(9, "/verify/?slow", method="POST", body=slowly(), Content_Length="2", X_Waited="500")
    way.ask(9, "/livez")
    lines = site.access_log(way.proxies).splitlines()
    line = next(line for line in lines if line.startswith(f"{way.network}.9 ") and "?slow" in line)
    waited = time_waited(line.split('"')[3], proxies=way.proxies)
    # nginx counts from the moment that it took the request up, a little after the first byte was sent.
    assert timedelta(seconds=0.1) <= waited < timedelta(seconds=100)


@pytest.mark.parametrize("name", WAYS[1:])
def test_an_https_request_is_answered_even_when_its_header_claims_http(site, name):
    assert site.ways[name].ask(7, "/verify/", X_Forwarded_Proto="http")[0] == 200


def test_an_http_request_is_redirected_to_https_even_when_its_header_claims_https(site):
    answer = site.ways["one, without TLS"].ask(7, "/verify/", X_Forwarded_Proto="https")
    assert (answer[0], answer[1]["Location"]) == (301, "https://127.0.0.1/verify/")


@pytest.mark.parametrize(("method", "headers"), [("GET", {"Authorization": "Bearer key"}), ("POST", {})])
def test_what_a_program_sends_by_http_is_refused_and_not_redirected(site, method, headers):
    status, sent, text = site.ways["one, without TLS"].ask(7, "/api/v1/", method=method, **headers)
    assert (status, "Location" in sent) == (403, False)
    assert "Ask again by https://" in text


def test_nginx_writes_no_address_that_was_asked_for_into_any_of_its_logs(site):
    assert site.ways["two, the outer replaces"].ask(5, "/reminders/stop/a-secret-token/")[0] == 404
    assert site.ways["one"].send_file(8, (101 << 20) + 1, path="/a-secret-token/")[0] == 413
    logs = (site.folder / name for name in ("nginx.log", "access.log"))
    assert "a-secret-token" not in "".join(path.read_text() for path in logs if path.exists())


def test_a_request_that_bypasses_the_load_balancer_is_refused(site):
    assert site.ways["past the outer"].ask(2, "/verify/")[0] == 403


def test_a_body_of_101_megabytes_is_accepted_by_the_proxy_and_a_larger_one_refused(site):
    send = site.ways["one"].send_file
    assert send(8, 101 << 20)[0] == 403  # a form without its token is read, and refused by Django
    status, headers, text = send(8, (101 << 20) + 1)
    assert (status, "What you sent is too large" in text) == (413, True)
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
