"""Which addresses webhooks go to: none inside our own network or of this machine.

The name of a host is resolved once, and the connection goes to the address that was checked, so
that a name which answers otherwise a moment later leads nowhere else.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from core.errors import Refusal
from webhooks.models.endpoint import LONGEST_URL

Address = IPv4Address | IPv6Address
PORTS = {"https": 443, "http": 80}
LOWEST_FREE_PORT = 1024  # below are other services of a machine, such as its mail server
# Public by number, and yet the machine that tells a virtual one in this cloud who it is.
METADATA = (ip_address("168.63.129.16"),)
NAT64, SIX_TO_FOUR = ip_network("64:ff9b::/96"), ip_network("2002::/16")
# Lead elsewhere than their number says, or are for a cloud's own machines.
ELSEWHERE = tuple(map(ip_network, ("64:ff9b:1::/48", "2001::/32", "::/96", "192.0.0.0/24", "192.88.99.0/24")))


class UnfitAddress(Exception):
    """An address to which nothing is sent; the text says why."""


def check_url(url: str) -> SplitResult:
    """Return the parts of the address of an endpoint. Raises Refusal, at `url`, for one to which
    nothing is ever sent. Asks no network: a host's name is resolved when something is sent.
    """
    try:
        parts = _parts_of(url)
        literal = _literal(parts.hostname or "")
        if literal or (parts.hostname or "").endswith("localhost"):
            _check_reach(literal or ip_address("127.0.0.1"))
    except UnfitAddress as unfit:
        raise Refusal(str(unfit), code="url", field="url") from None
    return parts


def resolve_host(host: str, port: int) -> str:
    """Return the one address of `host` to connect to. Raises UnfitAddress when one of its addresses
    is not public, OSError when it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise UnfitAddress("The name of the host cannot be looked up.") from None
    addresses = [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    for address in addresses:
        _check_reach(address)
    return str(addresses[0])


def port_of(parts: SplitResult) -> int:
    """Return the port that an address names, or that of its scheme."""
    return parts.port or PORTS[parts.scheme]


def _parts_of(url: str) -> SplitResult:
    begins = "https://" if settings.PRODUCTION else "http:// or https://"
    if len(url) > LONGEST_URL:
        raise UnfitAddress(f"Use at most {LONGEST_URL} characters.")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise UnfitAddress("Write the address without spaces, in plain letters.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise UnfitAddress("Write an address such as https://crm.example.org/hooks.") from None
    if parts.scheme not in PORTS or (settings.PRODUCTION and parts.scheme != "https"):
        raise UnfitAddress(f"The address must begin with {begins}.")
    if not parts.hostname:
        raise UnfitAddress("Write an address such as https://crm.example.org/hooks.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise UnfitAddress("The address must hold no name, no password and no part after #.")
    if port is not None and port not in PORTS.values() and port < LOWEST_FREE_PORT:
        raise UnfitAddress(f"The port must be 443, or {LOWEST_FREE_PORT} and above.")
    return parts


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _check_reach(address: Address) -> None:
    """Raise UnfitAddress unless the address is public, or in a network of WEBHOOK_NETWORKS."""
    found: Address = _inside(address)
    networks = [ip_network(one) for one in settings.WEBHOOK_NETWORKS]
    if any(found.version == one.version and found in one for one in networks):
        return
    if not _is_public(found):
        raise UnfitAddress("The address leads into a private network or to this machine.")


def _inside(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for, or the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in SIX_TO_FOUR and address.sixtofour:
        return address.sixtofour
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    refused = (
        not address.is_global,
        *(address.is_private, address.is_loopback, address.is_link_local, address.is_multicast),
        *(address.is_reserved, address.is_unspecified, getattr(address, "is_site_local", False)),
        address in METADATA,
        any(address.version == one.version and address in one for one in ELSEWHERE),
    )
    return not any(refused)
