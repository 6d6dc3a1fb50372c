"""A million questions answered by `assess`, against reading the questions and writing their answers alone (JSON in, JSON
out). Goal: at most 6 times as long, for the sample policy and for a body with a card, tiers and conditions of its own.
"""

import io
import json
import os
import resource
import time
from datetime import date, timedelta
from itertools import cycle, islice

from rules.policy.load import load_policy, load_policy_file
from rules.policy.model import Policy
from rules.question import answer_line
from tests.throwaway import ROOT, Throwaway

GOAL, PEOPLE = 6, 700
QUESTIONS = int(os.environ.get("QUESTIONS", "1000000"))
BODY = ROOT / "tests" / "rules" / "bodies" / "whole-term-card.toml"


def questions(policy: Policy) -> list[bytes]:
    """A question for each of 700 days on which a cycle may end, with one record."""
    category, lines = policy.versions[-1].categories[0].code, []
    for number in range(PEOPLE):
        ends = date(2026, 1, 1) + timedelta(days=number)
        record = {
            "id": "a",
            "category": category,
            "ceus": "1",
            "completed_on": str(ends - timedelta(days=200)),
        }
        asked = {"as_of": "2027-03-02", "cycle": {"expires_on": str(ends)}, "records": [record]}
        lines.append(json.dumps(asked).encode() + b"\n")
    return lines


def stream(lines: list[bytes], answers: list[dict[str, object]], count: int) -> float:
    """Seconds to read so many questions, and to write an answer to each that is known already."""
    out, began = io.StringIO(), time.perf_counter()
    for line, answer in islice(cycle(zip(lines, answers, strict=True)), count):
        json.loads(line)
        out.seek(0)
        out.write(json.dumps(answer))
    return time.perf_counter() - began


def answer_all(lines: list[bytes], policy: Policy, count: int) -> float:
    """Seconds to answer so many questions as `assess` does."""
    out, began = io.StringIO(), time.perf_counter()
    for line in islice(cycle(lines), count):
        out.seek(0)
        out.write(json.dumps(answer_line(line, policy)))
    return time.perf_counter() - began


def run(database: Throwaway) -> bool:
    kept = True
    for policy in (load_policy(), load_policy_file(BODY)):
        lines = questions(policy)
        answers = [answer_line(line, policy) for line in lines]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        spent, least = answer_all(lines, policy, QUESTIONS), stream(lines, answers, QUESTIONS)
        more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        kept = kept and spent <= GOAL * least
        print(
            f"{policy.code}: {spent / least:.1f} × (goal {GOAL}) · {QUESTIONS / spent:,.0f} answers a second, "
            f"{QUESTIONS:,} questions · {more / 1024:.0f} MB more memory"
        )
    return kept
