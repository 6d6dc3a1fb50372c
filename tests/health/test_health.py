"""What a load balancer gets: `/livez` depends on nothing, `/readyz` names what is missing and no secret."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from core import triggers
from recert import health
from tools import probe
from trainers.models import Credential, Cycle

pytestmark = pytest.mark.django_db


def a_guard() -> triggers.Trigger:
    return next(iter(triggers.all_triggers()))


def drop(guard: triggers.Trigger) -> None:
    on_table = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {guard.name}{on_table}")


def refuse(*args, **options):
    raise DatabaseError("could not connect to server at db.internal with password hunter2")


def test_readiness_of_an_intact_portal_reports_nothing_missing(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "missing": {}})


def test_readiness_names_a_missing_trigger(client):
    guard = a_guard()
    drop(guard)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"ready": False, "missing": {"triggers": [guard.name]}},
    )


def test_reinstalling_the_triggers_makes_the_portal_ready(client):
    drop(a_guard())
    triggers.ensure_installed()
    assert client.get("/readyz").status_code == 200


def test_readiness_names_a_missing_role_until_the_next_migration(client):
    Group.objects.get(name="lead").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, {"roles": ["lead"]})
    call_command("migrate", verbosity=0)
    assert client.get("/readyz").status_code == 200


def test_readiness_names_a_migration_that_was_not_applied(client):
    last = MigrationRecorder.Migration.objects.filter(app="trainers").order_by("id").last()
    MigrationRecorder.Migration.objects.filter(pk=last.pk).delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert f"trainers.{last.name}" in answer.json()["missing"]["migrations"]


def test_readiness_reports_an_unreachable_database_without_its_address_or_password(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["missing"]["database"] == ["DatabaseError"]
    assert "hunter2" not in answer.text
    assert "db.internal" not in answer.text


def test_readiness_reports_a_cache_that_stores_nothing(client, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda key: None)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, {"cache": ["value"]})


def test_readiness_and_the_invariants_name_a_policy_that_is_followed_and_has_no_file(
    client, jordan, stranger, monkeypatch, capsys
):
    monkeypatch.setattr(health._Policies, "asked_at", None)
    monkeypatch.setattr(health._Policies, "missing", ())
    Credential.objects.filter(trainer=jordan).update(policy_code="gone")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, {"policies": ["gone"]})
    with pytest.raises(CommandError):
        call_command("verify_invariants")
    assert "certifications or cycles follow the policy gone, which has no file" in capsys.readouterr().out
    Credential.objects.filter(trainer=jordan).update(policy_code="nasm-cpt")
    Cycle.objects.filter(credential__trainer=stranger).update(policy_code="left")
    assert client.get("/readyz").json()["missing"] == {"policies": ["left"]}
    Cycle.objects.update(policy_code="nasm-cpt")
    assert client.get("/readyz").status_code == 200


def test_livez_answers_while_the_database_is_down(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/livez")
    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.parametrize(("path", "status"), [("/livez", 200), ("/readyz", 200), ("/metrics", 401)])
def test_probes_may_ask_by_the_address_of_the_machine(client, settings, path, status):
    """A load balancer and Prometheus send the address that they ask as the host."""
    settings.METRICS_TOKEN = "a-token-of-the-operators"
    assert client.get(path, HTTP_HOST="10.0.0.7:8000").status_code == status
    assert client.get("/", HTTP_HOST="10.0.0.7:8000").status_code == 400


def test_a_containers_health_check_says_in_a_sentence_that_nothing_answers(monkeypatch, capsys):
    def refused(*args: object) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("http.client.HTTPConnection.request", refused)
    assert probe.main("/livez") == 1
    assert capsys.readouterr().out == "the web server does not answer: [Errno 111] Connection refused\n"


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_health_urls_refuse_post_and_are_never_cached(client, path):
    assert client.post(path).status_code == 405
    assert "no-store" in client.get(path)["Cache-Control"]
