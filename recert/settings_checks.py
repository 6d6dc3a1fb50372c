"""Settings with which the portal must not start: values of the wrong kind, and settings that are
unsafe or contradict each other. Each sentence names the setting (docs/deploy.md).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from core.colours import DARK_PAGE, LIGHT_PAGE, is_a_colour, is_readable
from recert.settings_values import IN_URLS, Settings, unfit_oidc, values_left_open, wrong_values
from rules.policy.load import load_policy, policy_names, use_policies_in
from rules.policy.parse import PolicyError

DEFAULT_SECRET_KEY = "development-only-key-never-used-where-PORTAL_ENV-is-production"  # noqa: S105 - refused in production
KINDS = {int: "a whole number", float: "a number", bool: "true or false", dict: "like NAME=value,OTHER=value"}
FALSE_WORDS = ("false", "off", "no", "n", "0", "")
TEST_KEYS, LIVE_KEYS = ("sk_test_", "rk_test_"), ("sk_live_", "rk_live_")
MOST_PROXIES = 2
THIS_MACHINE = ("", "localhost", "127.0.0.1", "::1")
MAIL_WITH_TLS = ("smtp+tls://", "smtp+ssl://", "smtps://")
SHORTEST_SECRET_KEY, SHORTEST_SEALING_KEY = 50, 32
REDIS_WITH_TLS = "begin with rediss:// and not leave the certificate or its host unchecked (ssl_cert_reqs=required, without ssl_check_hostname)"
EXTRAS = {
    "FILES_S3": "storages",
    "SENTRY_DSN": "sentry_sdk",
    "TRACES_URL": "opentelemetry",
    "EMAIL_PROVIDER": "anymail",
}
IDLE_MINUTES = range(5, 12 * 60 + 1)


class Environment(environ.Env):
    """The environment and `.env`. A value of the wrong kind is refused with the name of its
    setting.
    """

    def get_value(self, var: str, cast: Any = None, *more: Any, **options: Any) -> Any:
        try:
            value = super().get_value(var, cast, *more, **options)
        except ValueError:
            raise _refusal([f"{var} must be {KINDS.get(cast, 'written in another way')}"]) from None
        if cast is bool and not value and self.ENVIRON.get(var, "").lower().strip() not in FALSE_WORDS:
            raise _refusal([f"{var} must be {KINDS[bool]}"])  # or a misspelt "true" would be a "false"
        return value

    def example(self, var: str, value: str) -> str:
        """Return the setting, or `value` where the portal is only tried: production must name its own."""
        chosen: str = self.str(var, "" if self.str("PORTAL_ENV", "") == "production" else value)
        return chosen


def made_folder(path: Path, *, named_by: str) -> Path:
    """Make the folder unless it is there, and return it. Raises ImproperlyConfigured when it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refusal(
            [f"{named_by} must name a folder that can be made ({path}: {error.strerror})"]
        ) from None
    return path


def session_seconds(policy_name: str) -> int:
    """Return how many seconds a sign-in lasts without a visit, by the newest version of the policy
    (Q33).
    """
    try:
        return load_policy(policy_name).versions[-1].session_days * 86_400
    except PolicyError as error:
        raise _refusal([str(error)]) from None


def refuse_unfit(settings: Mapping[str, object]) -> None:
    """Raise ImproperlyConfigured when the portal must not start with these settings; the message
    names each of them.
    """
    found = [*_unfit(settings), *(_unsafe(settings) if settings["PRODUCTION"] else ())]
    if found:
        raise _refusal(found)


def _refusal(found: list[str]) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"Refusing to start: {'; '.join(words.rstrip('.') for words in found)}.")


def _unfit(settings: Settings) -> Iterator[str]:
    """Yield what is wrong in any environment."""
    if settings["PORTAL_ENV"] not in ("development", "production"):
        yield f"PORTAL_ENV must be development or production, not {settings['PORTAL_ENV']}"
    if settings["LOG_FORMAT"] not in ("json", "line"):
        yield f"LOG_FORMAT must be json or line, not {settings['LOG_FORMAT']}"
    if not settings["DATABASE_URL"].startswith(("postgres", "sqlite")):
        yield "DATABASE_URL must name PostgreSQL or SQLite"
    if not _is_mail_url(settings["EMAIL_URL"]):
        yield f"EMAIL_URL must be like smtp+tls://user:password@host:587, {IN_URLS}"
    if not 0 <= settings["TRUSTED_PROXIES"] <= MOST_PROXIES:
        yield "TRUSTED_PROXIES must be 0, 1 or 2"
    if settings["PAPER_SIZE"] not in ("letter", "a4"):
        yield f"PAPER_SIZE must be letter or a4, not {settings['PAPER_SIZE']}"
    yield from _unusable_policies(settings["PORTAL_POLICIES"], settings["PORTAL_POLICY"])
    if settings["PORTAL_TODAY"] and not _is_date(settings["PORTAL_TODAY"]):
        yield "PORTAL_TODAY must be a date like 2027-03-15"
    if (contact := settings["SECURITY_CONTACT"]) and "@" not in contact and not _is_https(contact):
        yield "SECURITY_CONTACT must be an email address or an address that begins with https://"
    if (policy := settings["SECURITY_POLICY_URL"]) and not _is_https(policy):
        yield "SECURITY_POLICY_URL must begin with https://"
    if any(len(key) < SHORTEST_SEALING_KEY for key in settings["SEALING_KEYS"]):
        yield f"SEALING_KEYS must have at least {SHORTEST_SEALING_KEY} characters each"
    if settings["STAFF_IDLE_MINUTES"] not in IDLE_MINUTES:
        yield f"STAFF_IDLE_MINUTES must be from {IDLE_MINUTES[0]} to {IDLE_MINUTES[-1]}"
    if (listed := settings["COMMON_PASSWORDS_FILE"]) and not Path(listed).is_file():
        yield "COMMON_PASSWORDS_FILE must name a file that is there"
    if settings["EMAIL_PROVIDER"] and ":" not in settings["EMAIL_PROVIDER_WEBHOOK_SECRET"]:
        yield "EMAIL_PROVIDER_WEBHOOK_SECRET must be set, like name:password"
    if settings["EMAIL_BY_PROVIDER"] and not settings["EMAIL_PROVIDER"]:
        yield "EMAIL_BY_PROVIDER must be false while EMAIL_PROVIDER is empty"
    yield from wrong_values(settings)
    yield from _unreadable_colours(settings["ORGANISATION"])
    yield from _unfit_services(settings)
    yield from unfit_oidc(settings)
    yield from _keys_of_the_other_mode(settings)


def _unusable_policies(folder: str, chosen: str) -> Iterator[str]:
    """Yield what is wrong with the folder of policies and each of its files, and with the name of
    the policy for new credentials. From then on policies are looked up in that folder too.
    """
    if folder and not Path(folder).is_dir():
        yield f"PORTAL_POLICIES must name a folder that is there, not {folder}"
        return
    use_policies_in(folder)
    for path in sorted(Path(folder).glob("*.toml")) if folder else ():
        try:
            load_policy(path.stem)
        except PolicyError as error:
            yield f"PORTAL_POLICIES has a file that cannot be used: {error}"
    if chosen not in policy_names():
        yield f"PORTAL_POLICY must name a policy that is there ({', '.join(policy_names())}), not {chosen}"


def _unfit_services(settings: Settings) -> Iterator[str]:
    """Yield what is wrong with the settings of services beside the portal, and which of their
    packages are not installed.
    """
    bucket = urlsplit(settings["FILES_S3"])
    if settings["FILES_S3"] and not (bucket.scheme == "s3" and bucket.netloc):
        yield "FILES_S3 must be like s3://bucket/folder"
    if (endpoint := settings["S3_ENDPOINT_URL"]) and urlsplit(endpoint).scheme not in ("http", "https"):
        yield "S3_ENDPOINT_URL must begin with https://"
    if bool(settings["S3_ACCESS_KEY_ID"]) != bool(settings["S3_SECRET_ACCESS_KEY"]):
        yield "S3_SECRET_ACCESS_KEY must be set together with S3_ACCESS_KEY_ID"
    if (address := settings["TRACES_URL"]) and urlsplit(address).scheme not in ("http", "https"):
        yield "TRACES_URL must be like https://collector.example.org:4318/v1/traces"
    if not 0 <= settings["TRACES_SHARE"] <= 1:
        yield "TRACES_SHARE must be from 0 to 1"
    if settings["SENTRY_DSN"] and "@" not in settings["SENTRY_DSN"]:
        yield "SENTRY_DSN must be like https://key@errors.example.org/1"
    if not all(map(_is_network, settings["WEBHOOK_NETWORKS"])):
        yield "WEBHOOK_NETWORKS must list networks like 10.1.0.0/16"
    for name, module in EXTRAS.items():
        if settings[name] and not find_spec(module):
            yield f"{name} must be empty, or {module} installed (requirements/full.txt)"


def _unreadable_colours(organisation: Mapping[str, str]) -> Iterator[str]:
    pages = {
        "accent": ("ORGANISATION_ACCENT", LIGHT_PAGE),
        "accent_dark": ("ORGANISATION_ACCENT_DARK", DARK_PAGE),
    }
    for field, (name, page) in pages.items():
        colour = organisation[field]
        if colour and not (is_a_colour(colour) and is_readable(colour, on=page)):
            yield f"{name} must be a colour like #0b5d66 that can be read on {'light' if page == LIGHT_PAGE else 'dark'} pages"


def _keys_of_the_other_mode(settings: Settings) -> Iterator[str]:
    """Yield a problem when the payment provider's key is a live one while PAYMENTS_LIVE is false, a
    test key while it is true, or neither in production.

    A live key takes real money even when PAYMENTS_LIVE is false; a test key never takes any.
    """
    live, key = settings["PAYMENTS_LIVE"], settings["STRIPE_API_KEY"]
    fitting, other = (LIVE_KEYS, TEST_KEYS) if live else (TEST_KEYS, LIVE_KEYS)
    if key.startswith(other) or (settings["PRODUCTION"] and not key.startswith(fitting)):
        kind, word = ("live", "true") if live else ("test", "false")
        names = " or ".join(f"{prefix}…" for prefix in fitting)
        yield f"STRIPE_API_KEY must be a {kind} key ({names}) while PAYMENTS_LIVE is {word}"


def _unsafe(settings: Settings) -> Iterator[str]:
    """Yield what is wrong only in production."""
    secrets = settings["STRIPE_WEBHOOK_SECRETS"]
    key, hosts = settings["SECRET_KEY"], settings["ALLOWED_HOSTS"]
    checks = {
        "DEBUG must be off": settings["DEBUG"],
        "SECRET_KEY must be set, at least 50 characters": _is_weak(key),
        # What an earlier key signed is believed as well.
        "SECRET_KEY_FALLBACKS must have at least 50 characters each, and none be the default": any(
            map(_is_weak, settings["SECRET_KEY_FALLBACKS"])
        ),
        "SEALING_KEYS must not be the default": DEFAULT_SECRET_KEY in settings["SEALING_KEYS"][:1],
        "ALLOWED_HOSTS must name the portal's hosts": not hosts or "*" in hosts or "localhost" in hosts,
        "PORTAL_URL must begin with https://": not settings["PORTAL_URL"].startswith("https://"),
        "PORTAL_TODAY must be empty": bool(settings["PORTAL_TODAY"]),
        "DATABASE_URL must name PostgreSQL": not settings["DATABASE_URL"].startswith("postgres"),
        "REDIS_URL must be set": not settings["REDIS_URL"],
        "EMAIL_URL must name a mail server: the days of an audit begin with a mail": not _mail_host(
            settings["EMAIL_URL"]
        ),
        "METRICS_TOKEN must be empty or have at least 20 characters": 0 < len(settings["METRICS_TOKEN"]) < 20,
        "STRIPE_API_BASE must be empty": bool(settings["STRIPE_API_BASE"]),
        "STRIPE_API_KEY must be set": settings["STRIPE_API_KEY"].endswith("stand_in"),
        "STRIPE_WEBHOOK_SECRETS must be set": not secrets or any(s.endswith("stand_in") for s in secrets),
    }
    yield from (words for words, wrong in checks.items() if wrong)
    yield from values_left_open(settings)
    yield from _without_tls(settings)


def _is_weak(key: str) -> bool:
    return key == DEFAULT_SECRET_KEY or len(key) < SHORTEST_SECRET_KEY


def _without_tls(settings: Settings) -> Iterator[str]:
    """Yield each server that is reached over a network without TLS, or whose certificate nobody would check."""
    wanted = {
        "DATABASE_URL": ("end with ?sslmode=verify-full", _is_postgres_with_tls),
        "REDIS_URL": (REDIS_WITH_TLS, _is_redis_with_tls),
        "BROKER_URL": (REDIS_WITH_TLS, _is_redis_with_tls),
        "EMAIL_URL": ("begin with smtp+tls:// or smtp+ssl://", lambda url: url.startswith(MAIL_WITH_TLS)),
        "S3_ENDPOINT_URL": ("begin with https://", _is_https),
        "SENTRY_DSN": ("begin with https://", _is_https),
        "TRACES_URL": ("begin with https://", _is_https),
        "OIDC_ISSUER": ("begin with https://", _is_https),
    }
    for name, (words, has_tls) in wanted.items():
        host = _host(settings[name])
        if host not in (*settings["PLAIN_HOSTS"], *THIS_MACHINE) and not has_tls(settings[name]):
            yield f"{name} must {words}, or PLAIN_HOSTS must name {host}"


def _is_postgres_with_tls(url: str) -> bool:
    return {*parse_qs(urlsplit(url).query).get("sslmode", ())} == {"verify-full"}


def _is_redis_with_tls(url: str) -> bool:
    asked = parse_qs(urlsplit(url).query)
    checked = {"required", "CERT_REQUIRED"}.issuperset(asked.get("ssl_cert_reqs", ()))
    return url.startswith("rediss://") and checked and "ssl_check_hostname" not in asked


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_https(address: str) -> bool:
    """Return whether it is one line that begins with https://."""
    return address.startswith("https://") and len(address.split()) == 1


def _is_mail_url(url: str) -> bool:
    parts = urlsplit(url)
    try:
        return parts.scheme in Environment.EMAIL_SCHEMES and parts.port != 0
    except ValueError:  # the port is no number
        return False


def _mail_host(url: str) -> str:
    """Return the host of a mail server's URL; empty when the URL names none, such as that of a
    folder of files.
    """
    parts = urlsplit(url)
    return (parts.hostname or "") if parts.scheme.startswith("smtp") else ""


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
