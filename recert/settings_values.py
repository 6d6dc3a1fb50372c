"""Settings whose values are not what they must be, each with a sentence that names it (docs/deploy.md)."""

import re
from collections.abc import Iterator, Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http.request import validate_host

Settings = Mapping[str, Any]  # by name: as many types as settings
LONGEST_ISSUER = 200
IN_URLS = "with signs like # or / of its password written as %23 or %2F"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
COUNTS = (
    "MAIL_DRAINS",
    "PARSERS_AT_ONCE",
    "SEARCHES_PER_MINUTE",
    "API_REQUESTS_PER_MINUTE",
    "PROVIDER_NUMBERS_PER_DAY",
    "EMPLOYER_CHECKS_PER_DAY",
    "UPLOADS_PER_HOUR",
)
# The words that stand in the sample .env of docs/deploy.md where a secret belongs: everybody knows them.
OF_THE_SAMPLE = re.compile(r"replace[-_]this")
SECRET = (
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "STRIPE_API_KEY",
    "STRIPE_WEBHOOK_SECRETS",
)


def wrong_values(settings: Settings) -> Iterator[str]:
    """Yield what is wrong with single values in any environment."""
    if not _is_database_url(settings["DATABASE_URL"]):
        yield f"DATABASE_URL must be like postgres://user:password@host:5432/name, {IN_URLS}"
    if (url := settings["REDIS_URL"]) and not url.startswith(("redis://", "rediss://", "unix://")):
        yield "REDIS_URL must be like rediss://:password@host:6380/0"
    if settings["LOG_LEVEL"] not in LEVELS:
        yield f"LOG_LEVEL must be one of {', '.join(LEVELS)}, not {settings['LOG_LEVEL']}"
    if (sender := settings["DEFAULT_FROM_EMAIL"]) and not _is_address(parseaddr(sender)[1]):
        yield "DEFAULT_FROM_EMAIL must be like Recertification <mail@example.org>"
    if (contact := settings["CONTACT_EMAIL"]) and not _is_address(contact):
        yield "CONTACT_EMAIL must be an email address"
    if (folder := settings["FONTS_DIR"]) and not Path(folder).is_dir():
        yield f"FONTS_DIR must name a folder that is there, not {folder}"
    yield from (f"{name} must be at least 1" for name in COUNTS if settings[name] < 1)
    yield from _wrong_backup_keys(settings["BACKUP_KEYS"])


def values_left_open(settings: Settings) -> Iterator[str]:
    """Yield what is not set, or stands as in the sample, and must not in production."""
    for name in ("DEFAULT_FROM_EMAIL", "CONTACT_EMAIL"):
        if not settings[name]:
            yield f"{name} must be set"
    # Behind the first, a key of SEALING_KEYS only reads what it sealed: whoever once began with the sample needs it.
    sealing = ("SEALING_KEYS", settings["SEALING_KEYS"][:1])
    for name, value in (*((name, settings[name]) for name in SECRET), sealing):
        if OF_THE_SAMPLE.search(str(value)):
            yield f"{name} must not be the sample's: put your own in its place"
    host = urlsplit(settings["PORTAL_URL"]).hostname or ""
    if host and not validate_host(host, settings["ALLOWED_HOSTS"]):
        yield f"ALLOWED_HOSTS must name {host}, the host of PORTAL_URL"


def _wrong_backup_keys(keys: list[str]) -> Iterator[str]:
    if not keys:
        return
    from recert.backups import BackupTrouble
    from recert.backups.sealing import read_public_keys

    try:
        read_public_keys(keys)
    except BackupTrouble as trouble:
        yield f"BACKUP_KEYS must be public keys: {str(trouble).rstrip('.')}"


def _is_database_url(url: str) -> bool:
    """Return whether it names a database. A sign in the password that divides an address makes another address of it."""
    if not url.startswith("postgres"):
        return True
    try:
        parts = urlsplit(url)
        return parts.port != 0 and len(parts.path) > 1 and not parts.fragment
    except ValueError:  # the port is no number
        return False


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def unfit_oidc(settings: Settings) -> Iterator[str]:
    """Yield what is wrong with the sign-in at an organisation's provider. Its accounts are stored
    under the issuer, which has room for 200 characters.
    """
    issuer = settings["OIDC_ISSUER"]
    parts = urlsplit(issuer)
    if issuer and (parts.scheme not in ("http", "https") or parts.query or parts.fragment):
        yield "OIDC_ISSUER must be like https://login.example.org"
    if len(issuer) > LONGEST_ISSUER:
        yield f"OIDC_ISSUER must have at most {LONGEST_ISSUER} characters"
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        if issuer and not settings[name]:
            yield f"{name} must be set together with OIDC_ISSUER"
    if not all("." in domain and "@" not in domain for domain in settings["OIDC_OWN_DOMAINS"]):
        yield "OIDC_OWN_DOMAINS must list domains like example.org"
