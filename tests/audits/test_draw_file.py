"""What anyone can check: the export, the page, and a verifier that rejects forged files."""

import json
import subprocess
import sys
from datetime import date
from io import StringIO
from itertools import count

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from audits import services
from audits.tasks import keep_draw_periods
from rules.draw import commitment_of, draw_dates, draw_number, is_selected, seed_of
from rules.policy.load import load_policy
from tests import factories
from tests.audits.scenes import moment
from tests.reading import text_of
from tests.renewals import scenes as renewal_scenes
from tests.throwaway import ROOT
from trainers.models import Cycle

VERIFIER = ROOT / "docs" / "verify_draw.py"


@pytest.fixture
def _draw_periods(db):
    """No period: the schedule makes them here."""


def lines() -> list[dict]:
    out = StringIO()
    call_command("export_draw", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def verify(*periods: object) -> subprocess.CompletedProcess[str]:
    text = "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in periods)
    return subprocess.run(
        [sys.executable, VERIFIER], input=text, capture_output=True, text=True, timeout=60, check=False
    )


def some_cycles(many: int) -> list[Cycle]:
    numbers = (str(40_000_000 + number) for number in range(many))
    days = {"awarded_on": "2021-03-14", "expires_on": "2027-03-14"}
    return [renewal_scenes.cycle_of(factories.trainer_with_credential(number=one, **days)) for one in numbers]


def draw_each(cycles: list[Cycle], at: str) -> None:
    for cycle in cycles:
        with transaction.atomic():
            services.draw_cycle(cycle, at=moment(at))


def test_an_exported_draw_file_passes_the_verifier_and_contains_no_names(autumn, clock_at):
    draw_each(some_cycles(30), "2026-11-01")
    clock_at("2027-01-01")
    keep_draw_periods()
    closed = next(one for one in lines() if one["period"] == "2026-Q4")
    assert list(closed) == ["policy", "period", "commitment", "secret", "public_value", "rate", "rows"]
    assert len(closed["rows"]) == 30
    assert all(list(row) == ["draw_id", "x", "selected"] for row in closed["rows"])
    assert (closed["rate"], closed["public_value"]) == ("0.10", None)
    done = verify(closed)
    assert (done.returncode, done.stdout) == (0, "nasm-cpt 2026-Q4, 30 draws: right\n")


def test_a_draw_file_exported_before_the_reveal_contains_no_secret(autumn):
    draw_each(some_cycles(3), "2026-11-01")
    held = next(one for one in lines() if one["period"] == "2026-Q4")
    assert held["secret"] is None
    done = verify(held)
    assert (done.returncode, done.stdout) == (
        0,
        "nasm-cpt 2026-Q4, 3 draws: not revealed yet, so nothing can be checked\n",
    )


def test_exporting_an_unknown_draw_period_is_refused_with_a_sentence(autumn):
    with pytest.raises(CommandError, match="There is no draw period 1999-Q1"):
        call_command("export_draw", "1999-Q1", stdout=StringIO())


def chooses_some(secret: str, cycles: list[Cycle]) -> bool:
    seed = seed_of(secret, "5711.35")
    return len({is_selected(draw_number(seed, cycle.draw_id), "0.10") for cycle in cycles}) == 2


@pytest.fixture
def revealed(clock_at, lead, settings) -> dict:
    """Thirty draws of a closed period with a public value; its secret selects somebody, and not everybody."""
    settings.DRAW_PUBLIC_VALUE = "a value"
    clock_at("2026-10-01")
    cycles = some_cycles(30)
    period = services.announce_period(
        load_policy(),
        dates=draw_dates(date(2026, 10, 1), "quarter"),
        by=None,
        at=moment("2026-10-01"),
        public_value_name="a value",
        secret=next(one for one in map("ab{:062x}".format, count()) if chooses_some(one, cycles)),
    )
    services.open_period(period, by=lead, at=moment("2026-10-02"), public_value="5711.35")
    draw_each(cycles, "2026-11-01")
    clock_at("2027-01-01")
    keep_draw_periods()
    return next(one for one in lines() if one["period"] == "2026-Q4")


def _row(period: dict, **changes) -> dict:
    rows = [{**period["rows"][0], **changes}, *period["rows"][1:]]
    return {**period, "rows": rows}


def _flip(text: str) -> str:
    return ("0" if text[0] != "0" else "1") + text[1:]


TAMPERINGS = {
    "the secret": lambda p: {**p, "secret": _flip(p["secret"])},
    "the secret in capitals": lambda p: {**p, "secret": p["secret"].upper()},
    "an empty secret": lambda p: {**p, "secret": ""},
    "a public value that is no text": lambda p: {**p, "public_value": 0},
    "a rate without end": lambda p: {**p, "rate": "1e999999"},
    "a rate that is no text": lambda p: {**p, "rate": 0.1},
    "the same period again": lambda p: p,
    "the commitment": lambda p: {**p, "commitment": _flip(p["commitment"])},
    "another secret with its commitment": lambda p: {
        **p,
        "secret": "ab" * 32,
        "commitment": commitment_of(p["period"], "ab" * 32),
    },
    "the period": lambda p: {**p, "period": "2026-Q3"},
    "the public value": lambda p: {**p, "public_value": "5711.36"},
    "no public value": lambda p: {**p, "public_value": None},
    "a rate of all": lambda p: {**p, "rate": "1"},
    "a rate of none": lambda p: {**p, "rate": "0"},
    "no rate": lambda p: {**p, "rate": "often"},
    "a draw id": lambda p: _row(p, draw_id=_flip(p["rows"][0]["draw_id"])),
    "a number": lambda p: _row(p, x=_flip(p["rows"][0]["x"])),
    "a number in capitals": lambda p: _row(p, x=p["rows"][0]["x"].upper() + "A"),
    "somebody spared or picked": lambda p: _row(p, selected=not p["rows"][0]["selected"]),
    "chosen as a word": lambda p: _row(p, selected="true"),
    "chosen as a number": lambda p: _row(p, selected=int(p["rows"][0]["selected"])),
    "a row twice": lambda p: {**p, "rows": [p["rows"][0], *p["rows"]]},
    "rows in another order": lambda p: {**p, "rows": p["rows"][::-1]},
    "rows that are none": lambda p: {**p, "rows": "none"},
    "a line that is cut": lambda p: json.dumps(p)[:-20],
}


def test_the_verifier_rejects_each_of_twenty_forged_files(revealed):
    assert len(TAMPERINGS) >= 20
    done = verify(revealed, *(tamper(revealed) for tamper in TAMPERINGS.values()))
    first, *others = done.stdout.splitlines()
    assert (first, done.returncode, done.stderr) == ("nasm-cpt 2026-Q4, 30 draws: right", 1, "")
    told = dict(zip(TAMPERINGS, others, strict=True))
    nothing_else = [what for what, line in told.items() if line.endswith((": right", ": it occurs twice"))]
    assert nothing_else == ["the same period again"]


def test_the_verifier_checks_each_line_independently(revealed):
    done = verify(revealed, {**revealed, "rate": "1"})
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "nasm-cpt 2026-Q4, 30 draws: right"


def test_the_draws_page_shows_commitments_rates_counts_and_revealed_secrets(revealed, client):
    page = client.get("/audits/draws/")
    told = text_of(page)
    for words in ("2026-Q4", revealed["commitment"], revealed["secret"], "0.10", "Drawn 30", "5711.35"):
        assert words in told
    assert "Trainer Number" not in told
    file = client.get("/audits/draws/2026-Q4.jsonl")
    assert json.loads(file.content) == revealed
    assert client.get("/audits/draws/2031-Q4.jsonl").status_code == 404
