"""Which countries there are, and which time zones are used in the same one, by the tables that come
with the zones.
"""

from functools import cache
from importlib.resources import files


def zones_near(time_zone: str) -> list[str]:
    """Return the time zones of every country that uses `time_zone`, in the order of the zones' own
    table; empty for a zone without a country, such as UTC.
    """
    countries = {country for country, name in _rows() if name == time_zone}
    return [name for country, name in _rows() if country in countries]


@cache
def country_names() -> dict[str, str]:
    """Return the name of every country by its two letters, in the order of the names."""
    table = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return dict(sorted(((code, name) for code, name in pairs), key=lambda pair: pair[1]))


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    """Return (country code, time zone) for each zone of each country."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    lines = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple((country, name) for country, _, name, *_ in lines)
