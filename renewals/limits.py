"""Rate limits of public pages: for each network address, and for all callers together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest

PER_PERIOD = {60: 30, 86_400: 500}  # seconds: requests of one caller
OF_ALL_PER_PERIOD = {60: 300, 86_400: 20_000}  # of all callers: numbers are nearly sequential


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that was exceeded: that of all callers together (`of_all`) or that of this caller,
    and the seconds until it ends.
    """

    of_all: bool
    seconds: int


def count_request(request: HttpRequest, action: str, *, at: datetime, of_all: bool = False) -> Excess | None:
    """Count a request of a network address, with `of_all` also among those of all callers; return
    the limit that it exceeds, or None.

    Requests beyond a caller's own limit do not count towards the limit of all callers.
    """
    seconds = _seconds_over(f"{action}:{_address(request)}", PER_PERIOD, at)
    if seconds:
        return Excess(of_all=False, seconds=seconds)
    seconds = _seconds_over(f"{action}:all", OF_ALL_PER_PERIOD, at) if of_all else 0
    return Excess(of_all=True, seconds=seconds) if seconds else None


def _seconds_over(name: str, limits: Mapping[int, int], at: datetime) -> int:
    """Count in every period; return the seconds to the end of the longest that is over its limit, or
    0.
    """
    counted = {period: _count(f"{name}:{period}", period, at) for period in limits}
    over = [
        period - int(at.timestamp()) % period for period, most in limits.items() if counted[period] > most
    ]
    return max(over, default=0)


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
