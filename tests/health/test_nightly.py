"""The nightly work with Docker Compose, run by a `docker` that starts the command itself."""

import pytest
from django.db import connection

from outbox.heartbeat import INVARIANTS, seen_at
from recert.backups.sealing import make_key_pair
from tests.health.machine import DOCKER, Machine
from tests.throwaway import ROOT

pytestmark = pytest.mark.postgres


def test_the_nightly_script_of_docker_compose_backs_up_lists_erasures_and_checks_or_leaves_no_half_archive(
    real_database, tmp_path
):
    machine = Machine(tmp_path, real_database)
    machine.files.mkdir(parents=True)
    machine.place("bin/docker", DOCKER)
    archives = tmp_path / "archives"
    archives.mkdir()
    script = f"{ROOT}/deploy/compose-nightly {archives}"
    refused = machine.run(script)
    assert refused.returncode != 0
    assert [path.name for path in archives.iterdir()] == ["erasures.jsonl"], "BACKUP_KEYS is missing"
    assert (seen_at("backup"), seen_at(INVARIANTS)) == (None, None)
    done = machine.run(f"BACKUP_KEYS={make_key_pair()[1]} {script}")
    assert done.returncode == 0, done.stderr
    listed, archive = sorted(archives.iterdir(), key=lambda path: path.suffix, reverse=True)
    assert (listed.name, archive.stat().st_mode & 0o777) == ("erasures.jsonl", 0o600)
    assert archive.read_bytes().startswith(b"age-encryption.org/v1")
    assert seen_at("backup") <= seen_at(INVARIANTS)
    connection.close()
