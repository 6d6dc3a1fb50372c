"""Counts of what happened in a period of time, in the cache that every web process shares."""

from datetime import datetime

from django.core.cache import cache


def count_in_period(name: str, *, seconds: int, at: datetime, weight: int = 1) -> int:
    """Add `weight` to the count of `name` and return the new count. Each period has `seconds`
    seconds and a count of its own; `at` decides which period is counted.
    """
    key = f"{name}:{int(at.timestamp()) // seconds}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key, weight)
    except ValueError:  # the key expired between the two calls
        return weight
