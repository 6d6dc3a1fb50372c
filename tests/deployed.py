"""What docs/deploy.md and docker-compose.yml give to the portal's processes."""

import re

import yaml

from tests.throwaway import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DEPLOY = (ROOT / "docs" / "deploy.md").read_text()


def sample_env() -> dict[str, str]:
    """The `.env` that docs/deploy.md gives to start from, with secrets of its own where it says "replace this"."""
    block = re.search(r"```ini\n(.*?)\n *```", DEPLOY, re.DOTALL)
    assert block, "docs/deploy.md has no sample .env"
    filled = re.sub(r"replace[-_]this[-_\w]*", "0123456789abcdef" * 4, block[1])
    return dict(line.strip().split("=", 1) for line in filled.splitlines())


def filled_in(value: str, env: dict[str, str]) -> str:
    """Compose's `${NAME:-default}` and `${NAME:?message}`; a default may hold others, so the innermost go first."""

    def one(match: re.Match[str]) -> str:
        name, kind, other = match.groups()
        if env.get(name):
            return env[name]
        assert kind == "-", f"{name} is missing: {other}"
        return other

    while (done := re.sub(r"\$\{(\w+):([-?])([^${}]*)\}", one, value)) != value:
        value = done
    return value


def environment_of(service: str, **env: str) -> dict[str, str]:
    """What the service is given with the sample `.env`, and `env` on top of it."""
    values = COMPOSE["services"][service]["environment"].items()
    return {name: filled_in(str(value), {**sample_env(), **env}) for name, value in values}
