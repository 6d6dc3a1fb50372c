"""A million questions answered by `assess`, against reading the questions and writing their answers alone (JSON in, JSON
out). Goal: at most 6 times as long, for the sample policy and for a body with a card, tiers and conditions of its own; every
other body's file is asked a fiftieth of it. Counted is the processor's time, which other work beside does not change.
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
    out, began = io.StringIO(), time.process_time()
    for line, answer in islice(cycle(zip(lines, answers, strict=True)), count):
        json.loads(line)
        out.seek(0)
        out.write(json.dumps(answer))
    return time.process_time() - began


def answer_all(lines: list[bytes], policy: Policy, count: int) -> float:
    """Seconds to answer so many questions as `assess` does."""
    out, began = io.StringIO(), time.process_time()
    for line in islice(cycle(lines), count):
        out.seek(0)
        out.write(json.dumps(answer_line(line, policy)))
    return time.process_time() - began


def run(database: Throwaway) -> bool:
    files = sorted(BODY.parent.glob("*.toml"))
    counts = {BODY: QUESTIONS, **{path: QUESTIONS // 50 for path in files if path != BODY}}
    kept = _measured(load_policy(), QUESTIONS)
    for path, count in counts.items():
        kept = _measured(load_policy_file(path), count) and kept
    return kept


def _measured(policy: Policy, count: int) -> bool:
    """Print how long so many answers take, and return whether that is within the goal."""
    lines = questions(policy)
    answers = [answer_line(line, policy) for line in lines]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent, least = answer_all(lines, policy, count), stream(lines, answers, count)
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(
        f"{policy.code}: {spent / least:.1f} × (goal {GOAL}) · {count / spent:,.0f} answers a second, "
        f"{count:,} questions · {more / 1024:.0f} MB more memory"
    )
    return spent <= GOAL * least
