"""Rate limits of public pages: for each network address, and for all callers together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest

from core.limits import count_in_period
from outbox.heartbeat import record_heartbeat

PER_PERIOD = {60: 30, 86_400: 500}  # seconds: requests of one caller
# Of a whole IPv6 site, which has 65,536 networks: without it one visitor could use up the limit of all.
PER_SITE = {60: 100, 86_400: 2_000}
CALLER, SITE = 64, 48  # bits of an IPv6 network
# Requests of all callers together, because certification numbers are nearly sequential.
OF_ALL_PER_PERIOD = {60: 300, 86_400: 20_000}
ALL_CALLERS = "limit of all checks"  # the heartbeat that says when that limit kept somebody out
A_DAY = 86_400  # the period in which the lines of a list count one by one; in a shorter one it counts once


@dataclass(frozen=True, slots=True)
class ExceededLimit:
    """A limit that was exceeded: by all callers together (`of_all`) or by this caller. It contains
    the seconds until the limit ends, and how many lines of a list would be answered now.
    """

    of_all: bool
    seconds: int
    left: int = 0


def count_request(
    request: HttpRequest, action: str, *, at: datetime, of_all: bool = False, lines: int = 1
) -> ExceededLimit | None:
    """Count a request of a network address, with `of_all` also among those of all callers; return
    the limit that it exceeds, or None.

    A list counts as its number of `lines` in the limit of a day, and as one in the limit of a
    minute, so that it does not keep other people's single checks from an answer. A list that
    exceeds a limit gets no answer at all and is not counted. Requests beyond a caller's own limit
    do not count towards the limit of all callers. Somebody who is signed in has a limit of their account in its
    place: strangers from many networks must not keep trainers, employers and staff from checking.
    """
    counted: list[tuple[str, Mapping[int, int]]] = []
    for who, limits in _callers(request, of_all=of_all):
        name = f"{action}:{who}"
        if found := _count_all(name, limits, at, lines):
            for before in counted if lines > 1 else ():
                _give_back(*before, at, lines)
            if limits is OF_ALL_PER_PERIOD:
                record_heartbeat(at, part=ALL_CALLERS)  # which the alert reads
            return replace(found, of_all=limits is OF_ALL_PER_PERIOD)
        counted.append((name, limits))
    return None


def _callers(request: HttpRequest, *, of_all: bool) -> Iterator[tuple[str, Mapping[int, int]]]:
    """Yield who a request counts for, from the narrowest, with their limits."""
    caller, site = _network(request, CALLER), _network(request, SITE)
    yield caller, PER_PERIOD
    if site != caller:
        yield site, PER_SITE
    if of_all and request.user.is_authenticated:
        yield f"account-{request.user.pk}", PER_PERIOD
    elif of_all:
        yield "all", OF_ALL_PER_PERIOD


def _count_all(name: str, limits: Mapping[int, int], at: datetime, lines: int) -> ExceededLimit | None:
    """Count the request in every period; return the exceeded limit that ends last, or None."""
    counted = {
        period: count_in_period(f"{name}:{period}", seconds=period, at=at, weight=_weight(period, lines))
        for period in limits
    }
    over = [period for period, most in limits.items() if counted[period] > most]
    if not over:
        return None
    seconds = max(period - int(at.timestamp()) % period for period in over)
    if lines == 1:
        return ExceededLimit(of_all=False, seconds=seconds)
    _give_back(name, limits, at, lines)
    left = limits[A_DAY] - counted[A_DAY] + lines if over == [A_DAY] else 0
    return ExceededLimit(of_all=False, seconds=seconds, left=max(0, left))


def _give_back(name: str, limits: Mapping[int, int], at: datetime, lines: int) -> None:
    for period in limits:
        count_in_period(f"{name}:{period}", seconds=period, at=at, weight=-_weight(period, lines))


def _weight(period: int, lines: int) -> int:
    return lines if period >= A_DAY else 1


def _network(request: HttpRequest, bits: int) -> str:
    """Return the caller's IPv4 address. Of an IPv6 address return the network of so many bits, because one
    caller has many addresses in it.
    """
    text: str = request.META["REMOTE_ADDR"]  # `recert.middleware.ClientAddress` made it the client's
    try:
        address = ip_address(text)
    except ValueError:
        return text
    return str(ip_network((address, bits), strict=False)) if isinstance(address, IPv6Address) else text
