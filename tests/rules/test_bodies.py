"""Seven real bodies, each as one short file (two where its page can be read in two ways), and the exact
answers to boundary cases of theirs: facts of public pages, paraphrased. Eight more files ("pattern-…" in the
cases) follow the patterns of other bodies' rules, and 31 with invented names (`more-`, `latest-` and `further-cases.jsonl`)
what else bodies of many professions ask; their amounts are examples.
"""

import json
from functools import cache
from typing import Any

import pytest

from rules.policy.load import load_policy_file
from rules.policy.model import Policy
from tests.rules.cases import HERE, ask, at

BODIES = HERE / "bodies"
CASES = [
    json.loads(line)
    for name in ("cases.jsonl", "more-cases.jsonl", "latest-cases.jsonl", "further-cases.jsonl")
    for line in (BODIES / name).read_text("utf-8").splitlines()
]
FILES = sorted(path.stem for path in BODIES.glob("*.toml"))


@cache
def body(name: str) -> Policy:
    """The policy of one body's file, read and checked once."""
    return load_policy_file(BODIES / f"{name}.toml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['of']}: {case['says']}")
def test_each_case_of_a_real_body_gets_its_exact_answer(case: dict[str, Any]):
    answer = ask(case["question"], body(case["policy"]))
    assert "error" not in answer or "error.code" in case["expect"], answer
    assert {path: at(answer, path) for path in case["expect"]} == case["expect"]


@pytest.mark.parametrize("name", FILES)
def test_the_file_of_a_real_body_is_short_and_named_by_its_code(name: str):
    assert body(name).code == name
    assert len((BODIES / f"{name}.toml").read_text("utf-8").splitlines()) <= 50


def test_every_file_of_a_real_body_has_a_case():
    assert {case["policy"] for case in CASES} == set(FILES)
