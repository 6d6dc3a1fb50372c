"""Nothing is sent into our own network, to an address that was not checked, or for longer than allowed."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core.errors import Refusal
from tests.receiver import open_receiver
from webhooks import addresses, posting
from webhooks.addresses import UnfitAddress, check_url, resolve_host

PRIVATE = (
    "10.0.0.1", "172.16.5.4", "192.168.1.1", "127.0.0.2", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "192.0.0.192", "192.88.99.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "0.0.0.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:1::1", "::7f00:1",
    "2001:db8::1",
)  # fmt: skip
PUBLIC = ("93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8")


@pytest.fixture
def nowhere_inside(settings) -> None:
    """Let webhooks reach no network of our own, as in production."""
    settings.WEBHOOK_NETWORKS = []


def answers(monkeypatch, *found: str) -> list[str]:
    """Let every name have these addresses; return the list of names that were asked for."""
    asked = []

    def look_up(host: str, port: int, *args: object, **more: object) -> list:
        asked.append(host)
        kinds = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(kinds[":" in one], socket.SOCK_STREAM, 0, "", (one, port)) for one in found]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("address", PRIVATE)
def test_a_host_name_that_resolves_to_a_private_address_is_refused(address, monkeypatch, nowhere_inside):
    answers(monkeypatch, address)
    with pytest.raises(UnfitAddress, match="private network"):
        resolve_host("crm.example.org", 443)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_url_with_a_private_ip_address_is_refused_at_its_field(address, nowhere_inside):
    literal = f"[{address}]" if ":" in address else address
    with pytest.raises(Refusal, match="private network") as refused:
        check_url(f"https://{literal}/hooks")
    assert refused.value.field == "url"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_host_name_that_resolves_to_a_public_address_is_reached_there(address, monkeypatch):
    answers(monkeypatch, address)
    assert ip_address(resolve_host("crm.example.org", 443)) == ip_address(address)


def test_a_host_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    answers(monkeypatch, "93.184.215.14", "10.0.0.1")
    with pytest.raises(UnfitAddress):
        resolve_host("crm.example.org", 443)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "crm.example.org",
            "//crm.example.org",
            "https://",
            "https:///hooks",
            "ftp://crm.example.org/x",
        ),
        *("file:///etc/passwd", "https://user:secret@crm.example.org/", "https://crm.example.org/#part"),
        *("https://crm.example.org:25/", "https://crm.example.org:0/", "https://crm.example.org:99999/"),
        *("https://crm.example.org:x/", "https://crm.example.org/a b", "https://crm.example.org/\r\nX: y"),
        *("https://bücher.example/", "https://[::1/", "https://localhost/", "https://a.localhost:8000/"),
        *("https://crm.example.org/" + "x" * 500, "https://crm.example.org/\x00"),
    ],
)
def test_an_address_to_which_nothing_can_be_sent_is_refused_with_a_sentence(url, nowhere_inside):
    with pytest.raises(Refusal) as refused:
        check_url(url)
    assert (refused.value.field, refused.value.code) == ("url", "url")


def test_production_demands_https(settings):
    check_url("http://crm.example.org/hooks")
    settings.PRODUCTION = True
    check_url("https://crm.example.org/hooks")
    with pytest.raises(Refusal, match="must begin with https://"):
        check_url("http://crm.example.org/hooks")


def test_the_connection_goes_to_the_address_that_was_checked_and_the_name_is_asked_once(monkeypatch):
    asked, reached = answers(monkeypatch, "93.184.215.14"), []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(posting.socket, "create_connection", connect)
    assert posting.post_message("https://crm.example.org/x", "{}", {}).words == "The connection was refused."
    assert (asked, reached) == (["crm.example.org"], [("93.184.215.14", 443)])


@pytest.mark.parametrize(
    "host", ["0x7f000001", "2130706433", "0177.0.0.1", "127.1", "localhost.", "127.0.0.1.nip.example"]
)
def test_another_way_to_write_this_machine_is_refused_once_it_is_resolved(host, monkeypatch, nowhere_inside):
    answers(monkeypatch, "127.0.0.1")
    answer = posting.post_message(f"http://{host}:8000/", "{}", {})
    assert answer.words == "The address leads into a private network or to this machine."


def test_a_host_name_that_dns_does_not_know_fails_with_a_sentence(monkeypatch):
    def look_up(*args: object, **more: object) -> list:
        raise socket.gaierror

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
    assert posting.post_message("https://x.invalid/", "{}", {}).words == "The name of the host was not found."


def test_a_receiver_that_drips_its_answer_is_cut_off_when_the_time_is_over(receiver, monkeypatch):
    monkeypatch.setattr(posting, "TOTAL_SECONDS", 0.2)
    released = threading.Event()
    receiver.wait = lambda: released.wait(5) and None
    try:
        answer = posting.post_message(receiver.url, "{}", {})
    finally:
        released.set()
    assert answer.status is None
    assert answer.words


def test_an_answer_whose_header_never_ends_is_a_failure(receiver):
    receiver.answer = lambda request: (200, {"X": "x" * 70_000})
    answer = posting.post_message(receiver.url, "{}", {})
    assert (answer.status, answer.words) == (None, "What came back was no answer of HTTP.")


def certificate_of(name: str, folder) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return what a server of this name needs, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    first = datetime(2020, 1, 1, tzinfo=UTC)
    made = made.not_valid_before(first).not_valid_after(first + timedelta(days=36_500))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    text = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(secret + text)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "server.pem")
    return server, ssl.create_default_context(cadata=text.decode())


@pytest.mark.parametrize(
    ("host", "trusted", "status"),
    [("crm.example.org", True, 200), ("other.example.org", True, None), ("crm.example.org", False, None)],
)
def test_a_tls_certificate_must_be_trusted_and_name_the_host_not_its_ip_address(
    host, trusted, status, tmp_path, monkeypatch
):
    server, client = certificate_of("crm.example.org", tmp_path)
    if trusted:
        monkeypatch.setattr(posting, "_tls", lambda: client)
    answers(monkeypatch, "127.0.0.1")
    with open_receiver(server) as receiver:
        answer = posting.post_message(f"https://{host}:{receiver.port}/hooks", "{}", {})
        assert answer.status == status
        assert len(receiver.received) == (1 if status else 0)
    assert (answer.words == "No secure connection: CERTIFICATE_VERIFY_FAILED.") == (status is None)
