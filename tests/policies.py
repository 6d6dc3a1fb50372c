"""A policy of the test's own, which every credential and every cycle follows."""

from dataclasses import replace
from typing import Any

import pytest

from rules.policy.load import load_policy
from rules.policy.model import Policy
from trainers.models import Credential, Cycle


def follow(policy: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `policy` stand for the one that a credential or a cycle of any code follows."""
    for model in (Credential, Cycle):
        monkeypatch.setattr(model, "policy", policy)


def with_figures(**figures: Any) -> Policy:
    """Return the sample policy with these figures in each of its versions."""
    policy = load_policy("nasm-cpt")
    return replace(policy, versions=tuple(replace(one, **figures) for one in policy.versions))
