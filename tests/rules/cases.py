"""Reads the TOML cases: sentences with facts and expected answers that a policy owner can check."""

import json
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from rules.policy import load as policy_module
from rules.policy.load import load_policy, load_policy_file
from rules.policy.model import Policy
from rules.question import answer_line

HERE = Path(__file__).parent
SAMPLE_POLICY = Path(policy_module.__file__).parent / "policies" / "nasm-cpt.toml"
QUESTION_KEYS = ("as_of", "awarded_on", "cycle", "received_on", "records", "extensions", "waivers")


@dataclass(frozen=True)
class Case:
    """A sentence, the question behind it, and the expected values of the answer, by path."""

    sentence: str
    policy: str
    question: dict[str, Any]
    expect: dict[str, Any]


def all_cases() -> list[Case]:
    """Return every `[[cases]]` of every file, completed with the file's `[defaults]`."""
    found = []
    for path in sorted((HERE / "cases").glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        for case in data.get("cases", []):
            facts = {**data.get("defaults", {}), **case}
            question = {key: facts[key] for key in QUESTION_KEYS if key in facts}
            found.append(Case(facts["sentence"], facts.get("policy", "nasm-cpt"), question, facts["expect"]))
    return found


def receipts() -> list[tuple[str, date, date, str, str]]:
    """(why, E, day of receipt, tier, total) for every date of receipt.toml, its day before and its day after."""
    data = tomllib.loads((HERE / "cases" / "receipt.toml").read_text("utf-8"))
    one = timedelta(days=1)
    found = []
    for row in data["receipts"]:
        expected = {
            row["expires_on"] - one: ("on_time", "99.00"),
            row["expires_on"]: ("on_time", "99.00"),
            row["late_from"]: ("late", "129.00"),
            row["late_from"] + one: ("late", "129.00"),
            row["late_through"] - one: ("late", "129.00"),
            row["late_through"]: ("late", "129.00"),
            row["additional_from"]: ("additional", "149.00"),
            row["additional_from"] + one: ("additional", "149.00"),
            row["last_day_accepted"] - one: ("additional", "149.00"),
            row["last_day_accepted"]: ("additional", "149.00"),
            row["first_day_closed"]: ("closed", ""),
            row["first_day_closed"] + one: ("closed", ""),
        }
        found.extend((row["why"], row["expires_on"], day, *answer) for day, answer in expected.items())
    return found


@cache
def policy_named(name: str) -> Policy:
    """A policy of the portal, or one of the invented bodies under policies/."""
    path = HERE / "policies" / f"{name}.toml"
    return load_policy_file(path) if path.exists() else load_policy(name)


def ask(question: dict[str, Any], policy: Policy) -> dict[str, Any]:
    """Return the answer to a question that is sent as a line of JSON, as on the command line."""
    return answer_line(json.dumps(question, default=date.isoformat).encode(), policy)


def at(answer: Any, path: str) -> Any:
    """Return the value at a path such as `records.a.reason`: keys of objects, and codes or ids of
    list items; "null" for null.
    """
    value = answer
    for part in path.split("."):
        if isinstance(value, list):
            value = next(item for item in value if part in (item.get("code"), item.get("id")))
        else:
            value = value[part]
    return "null" if value is None else value
