"""docs/deploy.md, docker-compose.yml and recert/settings.py name the same variables of the environment."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from recert.settings_checks import DEFAULT_SECRET_KEY
from tests.deployed import COMPOSE, DEPLOY, environment_of, sample_env
from tests.forked import refusal_of
from tests.throwaway import ROOT

SETTINGS = "".join(path.read_text() for path in sorted(Path(ROOT, "recert").glob("settings*.py")))
OF_OTHERS = {"WEB_CONCURRENCY"}  # gunicorn's own
OF_THE_IMAGE = {"PORTAL_ENV", "PORTAL_VAR", "FILES_DIR", "HASHED_STATIC"}
OURS = ("migrate", "web", "worker", "beat")
SHOW = """
import json
from django.conf import settings as s
print(json.dumps({
    "debug": s.DEBUG, "database": s.DATABASES["default"]["HOST"], "engine": s.DATABASES["default"]["ENGINE"],
    "cache": s.CACHES["default"]["LOCATION"], "broker": s.CELERY_BROKER_URL, "mail": s.EMAIL_HOST,
    "mail_port": s.EMAIL_PORT, "files": s.STORAGES["default"]["OPTIONS"]["location"].as_posix(), "hosts": s.ALLOWED_HOSTS,
    "cookies": [s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_DOMAIN],
}))
"""


def read_by_settings() -> set[str]:
    return set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', SETTINGS))


def run_with(env: dict[str, str], *arguments: str, var: Path) -> subprocess.CompletedProcess[str]:
    base = {"PATH": os.environ["PATH"], "PORTAL_VAR": str(var), "DJANGO_SETTINGS_MODULE": "recert.settings"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**base, **env},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_documented_environment_variables_are_exactly_those_that_the_settings_read():
    rows = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", DEPLOY, re.MULTILINE))
    assert rows == read_by_settings() | OF_OTHERS


@pytest.mark.parametrize("service", OURS)
def test_docker_compose_sets_only_variables_that_the_settings_read(service):
    assert set(COMPOSE["services"][service]["environment"]) <= read_by_settings() | OF_OTHERS


@pytest.mark.parametrize("service", OURS)
def test_docker_compose_passes_every_documented_setting_to_the_service(service):
    settings = read_by_settings() - OF_THE_IMAGE | (OF_OTHERS if service == "web" else set())
    lost = {
        name for name in settings if environment_of(service, **{name: "from .env"}).get(name) != "from .env"
    }
    assert lost == set()


def test_migrate_reaches_the_database_past_a_pooler_where_an_address_says_how():
    pooler, direct = "postgres://portal:x@pooler/portal", "postgres://portal:x@postgres/portal"
    env = {"DATABASE_URL": pooler, "DIRECT_DATABASE_URL": direct}
    assert environment_of("migrate", **env)["DATABASE_URL"] == direct
    assert environment_of("web", **env)["DATABASE_URL"] == pooler


@pytest.mark.parametrize("service", OURS)
def test_the_settings_start_in_production_mode_with_the_docker_compose_environment(service, tmp_path):
    shown = run_with(environment_of(service), "-c", SHOW, var=tmp_path)
    assert shown.returncode == 0, shown.stderr
    seen = json.loads(shown.stdout)
    services = set(COMPOSE["services"])
    assert seen["debug"] is False
    assert seen["engine"] == "django.db.backends.postgresql"
    assert {
        seen["database"],
        urlsplit(seen["cache"]).hostname,
        urlsplit(seen["broker"]).hostname,
    } <= services
    assert (seen["mail"], seen["mail_port"]) == ("mail.example.org", 587)
    assert f"files:{seen['files']}" in COMPOSE["services"][service]["volumes"]
    assert seen["cookies"] == ["__Host-sessionid", "__Host-csrftoken", True, None]
    assert seen["hosts"] == [urlsplit(sample_env()["PORTAL_URL"]).hostname]


def test_the_deployment_check_of_django_finds_no_problem(tmp_path):
    checked = run_with(
        environment_of("web"), "manage.py", "check", "--deploy", "--fail-level=WARNING", var=tmp_path
    )
    assert checked.returncode == 0, checked.stderr


UNSAFE = [
    ("PORTAL_ENV", "prod"),
    ("DEBUG", "true"),
    ("DEBUG", "maybe"),
    ("SECRET_KEY", "short"),
    ("ALLOWED_HOSTS", "*"),
    ("PORTAL_URL", "http://portal.example.org"),
    ("TRUSTED_PROXIES", "3"),
    ("TRUSTED_PROXIES", "-1"),
    ("TRUSTED_PROXIES", "one"),
    ("PORTAL_VAR", "/dev/null/portal"),
    ("PORTAL_TODAY", "2027-03-15"),
    ("PORTAL_POLICY", "absent"),
    ("PORTAL_POLICIES", "/dev/null/absent"),
    ("SEALING_KEYS", "short"),
    ("SECURITY_CONTACT", "http://portal.example.org/found"),
    ("SECURITY_POLICY_URL", "http://portal.example.org/found"),
    ("STAFF_IDLE_MINUTES", "4"),
    ("STAFF_IDLE_MINUTES", "721"),
    ("COMMON_PASSWORDS_FILE", "/dev/null/absent.txt"),
    ("DATABASE_URL", "sqlite:////tmp/portal.sqlite3"),
    ("DATABASE_URL", "portal"),
    ("CONN_MAX_AGE", "a minute"),
    ("PREPARED_STATEMENTS", "perhaps"),
    ("TRANSACTION_POOLING", "perhaps"),
    ("REDIS_URL", ""),
    ("EMAIL_URL", ""),
    ("EMAIL_URL", "smtp://"),
    ("EMAIL_URL", "smtp://mail.example.org:smtp"),
    ("EMAIL_URL", "mail.example.org"),
    ("EMAIL_URL", "filemail:///tmp/mail"),
    ("EMAIL_URL", "consolemail://"),
    ("EMAIL_URL", "smtp://mail.example.org:25"),
    ("DATABASE_URL", "postgres://portal:x@db.example.org/portal"),
    ("DATABASE_URL", "postgres://portal:x@db.example.org/portal?sslmode=verify-ca"),
    ("DATABASE_URL", "postgres://portal:x@db.example.org/portal?sslmode=require"),
    ("REDIS_URL", "redis://cache.example.org:6379/0"),
    ("REDIS_URL", "rediss://cache.example.org:6379/0?ssl_cert_reqs=none"),
    ("BROKER_URL", "rediss://cache.example.org:6379/0?ssl_cert_reqs=CERT_OPTIONAL"),
    ("BROKER_URL", "rediss://cache.example.org:6379/0?ssl_check_hostname=false"),
    ("BROKER_URL", "amqp://portal:x@mq.example.org"),
    ("SECRET_KEY_FALLBACKS", "short"),
    ("SECRET_KEY_FALLBACKS", DEFAULT_SECRET_KEY),
    ("SEALING_KEYS", DEFAULT_SECRET_KEY),
    ("BROKER_URL", "redis://cache.example.org:6379/0"),
    ("METRICS_TOKEN", "short"),
    ("LOG_FORMAT", "xml"),
    ("STRIPE_API_BASE", "http://127.0.0.1:8001"),
    ("STRIPE_API_KEY", "sk_test_local_stand_in"),
    ("STRIPE_API_KEY", "pk_test_publishable"),
    ("STRIPE_WEBHOOK_SECRETS", "whsec_local_stand_in"),
    ("FILES_S3", "bucket/folder"),
    ("S3_ENDPOINT_URL", "http://objects.example.org"),
    ("S3_SECRET_ACCESS_KEY", "without-its-name"),
    ("SENTRY_DSN", "http://key@errors.example.org/1"),
    ("TRACES_URL", "http://collector.example.org:4318/v1/traces"),
    ("OIDC_OWN_DOMAINS", "somebody@example.org"),
    ("TRACES_SHARE", "1.1"),
    ("TRACES_SHARE", "some"),
]


@pytest.mark.parametrize(("name", "value"), UNSAFE)
def test_production_with_an_unsafe_setting_refuses_to_start_and_names_the_setting(name, value, tmp_path):
    refusal = refusal_of({**environment_of("web"), "PORTAL_VAR": str(tmp_path), name: value})
    assert refusal.startswith(f"Refusing to start: {name} must ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://portal:x@db.example.org/portal?sslmode=verify-full"),
        ("DATABASE_URL", "postgres://portal:x@127.0.0.1/portal"),
        ("REDIS_URL", "rediss://:x@cache.example.org:6380/0?ssl_cert_reqs=required"),
        ("EMAIL_URL", "smtp+ssl://portal:x@mail.example.org:465"),
        ("PLAIN_HOSTS", "postgres,redis,db.example.org"),
    ],
)
def test_production_starts_with_tls_or_a_host_that_needs_none(name, value, tmp_path):
    env = {**environment_of("web"), "PORTAL_VAR": str(tmp_path), name: value}
    assert refusal_of(env) == ""


MODES = [
    (
        "sk_live_51example",
        "false",
        "must be a test key (sk_test_… or rk_test_…) while PAYMENTS_LIVE is false.",
    ),
    (
        "rk_live_51example",
        "false",
        "must be a test key (sk_test_… or rk_test_…) while PAYMENTS_LIVE is false.",
    ),
    ("sk_test_51example", "true", "must be a live key (sk_live_… or rk_live_…) while PAYMENTS_LIVE is true."),
    ("rk_test_51example", "true", "must be a live key (sk_live_… or rk_live_…) while PAYMENTS_LIVE is true."),
    ("sk_test_51example", "false", ""),
    ("rk_test_51example", "false", ""),
    ("sk_live_51example", "true", ""),
    ("rk_live_51example", "true", ""),
]


@pytest.mark.parametrize("env", ["development", "production"])
@pytest.mark.parametrize(("key", "live", "words"), MODES)
def test_a_payment_key_of_the_wrong_mode_keeps_the_portal_from_starting(key, live, words, env, tmp_path):
    mode = {"STRIPE_API_KEY": key, "PAYMENTS_LIVE": live, "PORTAL_VAR": str(tmp_path)}
    refusal = refusal_of({**environment_of("web"), **mode, "PORTAL_ENV": env})
    assert refusal == (f"Refusing to start: STRIPE_API_KEY {words}" if words else "")


def test_a_misspelt_boolean_setting_is_refused_and_not_read_as_false():
    assert refusal_of({"PAYMENTS_LIVE": "ture"}) == "Refusing to start: PAYMENTS_LIVE must be true or false."


STARTS = {
    "a command of Django": ["manage.py", "migrate"],
    "a command of ours": ["manage.py", "sweep"],
    "the web server": ["-m", "gunicorn", "recert.wsgi", "--bind=127.0.0.1:0", "--no-control-socket"],
    "the worker": ["-m", "celery", "--app=recert.celery", "worker"],
    "beat": ["-m", "celery", "--app=recert.celery", "beat"],
}


@pytest.mark.parametrize("what", STARTS)
def test_without_a_mail_server_setting_each_program_refuses_to_start_with_one_sentence(what, tmp_path):
    """Else an audit's days would begin with a mail that nobody gets."""
    started = run_with({**environment_of("web"), "EMAIL_URL": ""}, *STARTS[what], var=tmp_path)
    assert started.returncode != 0
    assert "Refusing to start: EMAIL_URL must " in started.stderr
    assert "Traceback" not in started.stderr


OIDC = {
    "OIDC_ISSUER": "https://login.example.org",
    "OIDC_CLIENT_ID": "portal",
    "OIDC_CLIENT_SECRET": "secret",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OIDC_ISSUER", "login.example.org"),
        ("OIDC_ISSUER", "http://login.example.org"),
        ("OIDC_ISSUER", "https://login.example.org?tenant=1"),
        ("OIDC_ISSUER", f"https://login.example.org/{'x' * 180}"),
        ("OIDC_CLIENT_ID", ""),
        ("OIDC_CLIENT_SECRET", ""),
    ],
)
def test_a_sign_in_provider_that_is_unsafe_or_set_in_part_keeps_the_portal_from_starting(
    name, value, tmp_path
):
    env = {**environment_of("web"), **OIDC, "PORTAL_VAR": str(tmp_path)}
    assert refusal_of(env) == ""
    assert refusal_of({**env, name: value}).startswith(f"Refusing to start: {name} must ")


def test_a_mail_provider_setting_needs_a_valid_webhook_secret(tmp_path):
    provider = {"EMAIL_PROVIDER": "postmark"}
    for secret in ("", "no-colon"):
        env = {**provider, "EMAIL_PROVIDER_WEBHOOK_SECRET": secret}
        refused = run_with(env, "manage.py", "check", var=tmp_path)
        assert "Refusing to start: EMAIL_PROVIDER_WEBHOOK_SECRET must" in refused.stderr
    env = {**environment_of("web"), **provider, "EMAIL_PROVIDER_WEBHOOK_SECRET": "postmaster:secret"}
    checked = run_with(env, "manage.py", "check", "--deploy", "--fail-level=WARNING", var=tmp_path)
    assert checked.returncode == 0, checked.stderr


def test_every_compose_service_except_migrate_has_a_health_check():
    without = [name for name, service in COMPOSE["services"].items() if "healthcheck" not in service]
    assert without == ["migrate"]


def test_the_web_health_check_does_not_depend_on_the_scheduler():
    """`/readyz` is for whoever routes requests; `/livez` asks the process alone."""
    assert COMPOSE["services"]["web"]["healthcheck"]["test"][-1] == "/livez"


def test_published_ports_are_bound_to_localhost_only():
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_image_contains_the_hashed_runtime_requirements_and_runs_without_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert any("--require-hashes -r /tmp/requirements.txt" in line for line in lines)
    assert "ARG REQUIREMENTS=base" in lines
    assert "USER portal" in lines[: next(i for i, line in enumerate(lines) if line.startswith("CMD"))]
