"""Rate limits of public pages, for each network address."""

from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest

PER_PERIOD = {60: 30, 86_400: 500}  # seconds: requests


def allow_request(request: HttpRequest, action: str, *, at: datetime) -> bool:
    """Count a request of an address; return False when it exceeds the limit of a minute or a day."""
    address = _address(request)
    counted = [
        _count(f"{action}:{address}:{seconds}", seconds, at) <= most for seconds, most in PER_PERIOD.items()
    ]
    return all(counted)


def _count(name: str, seconds: int, at: datetime) -> int:
    key = f"{name}:{int(at.timestamp()) // seconds}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:  # the key expired between the two calls
        return 1


def _address(request: HttpRequest) -> str:
    """Return the caller's address; of IPv6 the network, because one caller has many addresses."""
    text: str = request.META["REMOTE_ADDR"]  # `recert.middleware.ClientAddress` made it the client's
    try:
        address = ip_address(text)
    except ValueError:
        return text
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else text
