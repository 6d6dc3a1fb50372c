"""docker-compose.yml, Dockerfile, .dockerignore and the units of systemd are as docs/deploy.md
describes them.
"""

import configparser
import fnmatch
import re

import pytest
import yaml

from tests.throwaway import ROOT

SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
OURS = ("migrate", "web", "worker", "beat")
UNITS = sorted((ROOT / "deploy").glob("*.service"))
LEFT_BESIDE = [
    ".env",
    ".env.old",
    "portal.dump",
    "erasures.jsonl",
    "roster.csv",
    "files.tar",
    "backup.key",
    "portal-20270302T030000Z.age",
    "portal-backup.sqlite3",
    "files-backup",
    "var-before",
]


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_has_limits_and_no_capability_that_it_does_not_need(name):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["pids_limit"]


@pytest.mark.parametrize("name", OURS)
def test_our_containers_are_read_only_and_not_root(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["user"] == "10001"
    assert "cap_add" not in service
    written = {place.partition(":")[0] for place in service["tmpfs"]}
    assert written == {"/tmp", "/srv/portal/var/metrics", "/srv/portal/var/parsers"}  # noqa: S108 - a container's


def test_docker_compose_takes_the_name_of_every_image_from_a_setting():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)) == {"${PYTHON_IMAGE}"}
    assert "USER portal" in dockerfile
    assert SERVICES["web"]["build"]["args"]["PYTHON_IMAGE"].startswith("${PYTHON_IMAGE:-")
    assert SERVICES["web"]["image"].endswith(":${PORTAL_TAG:-latest}")
    for name in ("postgres", "redis"):
        assert SERVICES[name]["image"].startswith("${" + name.upper() + "_IMAGE:-")


def test_the_postgresql_client_programs_in_the_image_have_the_servers_version():
    server = re.search(r":-postgres:(\d+)", SERVICES["postgres"]["image"])[1]
    assert f"postgresql-client-{server} " in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("name", LEFT_BESIDE)
def test_files_that_an_operator_leaves_beside_the_compose_file_are_not_in_the_image(name):
    patterns = (ROOT / ".dockerignore").read_text().splitlines()
    assert any(fnmatch.fnmatch(name, pattern.removeprefix("**/")) for pattern in patterns if pattern)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_every_systemd_unit_has_limits_and_can_write_only_to_its_own_folders(path):
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(path)
    service = unit["Service"]
    assert (service["User"], service["NoNewPrivileges"], service["CapabilityBoundingSet"]) == (
        "portal",
        "true",
        "",
    )
    assert service["ProtectSystem"] == "strict"
    assert service["ReadWritePaths"].split()[:2] == ["/srv/files", "/srv/portal/var"]
    assert service["MemoryMax"]


@pytest.mark.parametrize("name", ["portal-web", "portal-worker"])
def test_one_process_that_needs_too_much_memory_does_not_end_the_whole_systemd_unit(name):
    assert "\nOOMPolicy=continue\n" in (ROOT / "deploy" / f"{name}.service").read_text()


def test_the_systemd_web_unit_reloads_on_the_hup_signal_and_uses_a_socket_of_systemd():
    unit = (ROOT / "deploy" / "portal-web.service").read_text()
    assert "ExecReload=/bin/kill -s HUP $MAINPID" in unit
    assert "Requires=portal-web.socket" in unit
    assert "--bind" not in unit
    assert "--preload" not in unit
