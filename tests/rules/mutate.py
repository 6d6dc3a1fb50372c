"""Mutation testing of the rules: one small change at a time, and the pure tests must notice it (tests/rules/MUTATION.md).

    .venv/bin/python -m tests.rules.mutate [--only counting.py] [--list]

Prints what survives. Exit status 1: something survived that tests/rules/MUTATION.md does not explain.
"""

import argparse
import ast
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.mutants import Mutant, mutants_of

ROOT = Path(__file__).parent.parent.parent
NOTE = Path(__file__).parent / "MUTATION.md"
MOST_SECONDS = 120  # of work, not of the clock: beside other work a child may wait for long
HUNG = 70
KILLED_FROM_OUTSIDE = -signal.SIGKILL
PURE = (
    "[pytest]\npythonpath = .\nmarkers = slow: a campaign\naddopts = --import-mode=importlib --noconftest\n"
)
OPTIONS = ("-c", "pure.ini", "--rootdir=.", "-q", "-x", "--tb=no", "-m", "not slow", "-p", "no:cacheprovider")
FIRST: dict[str, tuple[str, ...]] = {
    "acts.py": ("test_acts", "test_work"),
    "answers.py": ("test_question", "test_answer", "test_needs"),
    "asking.py": ("test_asking", "test_listing"),
    "cards.py": ("test_what_further_bodies_say", "test_families", "test_needs"),
    "caps.py": ("test_caps", "test_limits", "test_wider_limits", "test_parts_of_the_time", "test_weights"),
    "carrying.py": ("test_dues_and_carrying", "test_families"),
    "conditions.py": ("test_conditions", "test_wider_limits"),
    "cycle_ends.py": ("test_cycle_ends",),
    "weights.py": ("test_weights",),
    "rounding.py": ("test_parts_of_the_time", "test_weights"),
    "policy/amounts.py": ("test_defaults",),
    "policy/check_amounts.py": ("test_amounts_refused",),
    "policy/read_amounts.py": ("test_amounts_refused", "test_families_refused", "test_families_read"),
    "policy/read_records.py": ("test_what_further_bodies_say", "test_families_refused", "test_families_read"),
    "dues.py": ("test_parts_of_the_time", "test_dues_and_carrying", "test_families"),
    "limits.py": (
        "test_alternatives",
        "test_parts_of_the_time",
        "test_caps",
        "test_limits",
        "test_wider_limits",
    ),
    "needs.py": ("test_alternatives", "test_needs", "test_families", "test_limits", "test_wider_limits"),
    "pricing.py": ("test_prices", "test_families", "test_wider_limits"),
    "question_more.py": ("test_question_more", "test_work"),
    "kept.py": ("test_kept_prices",),
    "known_needs.py": ("test_kept_prices", "test_families"),
    "outcomes.py": ("test_wide_answers", "test_wide_days", "test_kept_prices"),
    "price_lists.py": ("test_kept_prices",),
    "requiring.py": ("test_alternatives", "test_needs"),
    "wide.py": ("test_wide_answers", "test_wide_days", "test_families"),
    "wide_parts.py": ("test_wide_answers", "test_wide_days", "test_work"),
    "wording.py": ("test_wording", "test_answer"),
    "policy/check_cycles.py": ("test_first_cycles_checked",),
    "policy/check_conditions.py": ("test_conditions_checked",),
    "policy/check_families.py": ("test_families_checked", "test_short_files"),
    "policy/check_limits.py": (
        "test_limits_checked",
        "test_rows_checked",
        "test_families_checked",
        "test_short_files",
    ),
    "policy/check_rows.py": ("test_row_messages", "test_rows_checked", "test_families_checked"),
    "policy/check_texts.py": ("test_texts_checked", "test_short_files"),
    "policy/check_windows.py": ("test_windows_checked", "test_families_checked"),
    "policy/numbers_said.py": ("test_numbers_said", "test_texts_checked"),
    "policy/lengths.py": ("test_what_other_bodies_say", "test_families_read", "test_families_refused"),
    "policy/merge.py": ("test_merge", "test_short_files"),
    "policy/families.py": ("test_defaults",),
    "policy/read_conditions.py": ("test_families_refused", "test_conditions_read", "test_values_read"),
    "policy/building_blocks.py": ("test_defaults",),
    "policy/read_families.py": ("test_families_refused", "test_families_read"),
    "policy/read_work.py": ("test_families_refused", "test_families_read", "test_values_read"),
    "policy/samples.py": ("test_samples", "test_conditions_checked", "test_short_files"),
    "counting.py": ("test_claims", "test_cases"),
    "cycle.py": ("test_amounts_and_days",),
    "days.py": ("test_amounts_and_days", "test_business_days", "test_weekends", "test_defaults"),
    "facts.py": ("test_defaults",),
    "draw.py": ("test_audit_draw", "test_defaults"),
    "for_life.py": ("test_for_life", "test_renewed_by"),
    "given_status.py": ("test_renewed_by", "test_for_life"),
    "next_cycles.py": ("test_for_life", "test_renewed_by"),
    "fees.py": ("test_policy_versions", "test_defaults"),
    "last_days.py": ("test_last_days",),
    "listing.py": ("test_listing",),
    "json_values.py": ("test_question_more", "test_question"),
    "matching.py": ("test_conditions", "test_limits", "test_wider_limits"),
    "more.py": ("test_defaults",),
    "names.py": ("test_names",),
    "policy/load.py": ("test_policy_refused",),
    "policy/check.py": ("test_policy_refused", "test_windows_checked"),
    "policy/offsets.py": ("test_weekends", "test_amounts_and_days", "test_defaults"),
    "policy/toml_text.py": ("test_mistakes_named",),
    "policy/parse.py": ("test_short_files", "test_policy_refused", "test_policy_figures"),
    "policy/sections.py": ("test_values_read", "test_short_files", "test_policy_refused"),
    "policy/table.py": ("test_values_read", "test_policy_refused"),
    "policy/values.py": ("test_values_read", "test_policy_figures"),
    "policy/calendars.py": ("test_reminders",),
    "question.py": ("test_question", "test_question_more"),
    "reminders.py": ("test_reminders",),
    "policy/model.py": ("test_policy_versions",),
    "spans.py": ("test_last_days", "test_answer"),
    "standing.py": ("test_question_more", "test_question", "test_answer", "test_assess_once"),
    "units.py": ("test_amounts_and_days",),
}
THEN = ("test_amounts_and_days", "test_claims", "test_wording", "test_cases", "test_question")
LAST = (
    "test_alternatives",
    "test_amounts_refused",
    "test_parts_of_the_time",
    "test_renewed_by",
    "test_kept_prices",
    "test_weights",
    "test_defaults",
    "test_values_read",
    "test_wide_days",
    "test_acts",
    "test_caps",
    "test_needs",
    "test_dues_and_carrying",
    "test_families_refused",
    "test_families_read",
    "test_families_checked",
    "test_limits_checked",
    "test_rows_checked",
    "test_row_messages",
    "test_windows_checked",
    "test_conditions_checked",
    "test_texts_checked",
    "test_numbers_said",
    "test_conditions_read",
    "test_prices",
    "test_question_more",
    "test_wide_answers",
    "test_bodies",
    "test_asking",
    "test_renewed_with",
    "test_for_life",
    "test_what_other_bodies_say",
    "test_what_more_bodies_say",
    "test_what_further_bodies_say",
    "test_conditions",
    "test_cycle_ends",
    "test_families",
    "test_limits",
    "test_wider_limits",
    "test_merge",
    "test_samples",
    "test_short_files",
    "test_work",
    "test_wide",
    "test_policy_refused",
    "test_policy_versions",
    "test_policy_figures",
    "test_reminders",
    "test_names",
    "test_listing",
    "test_last_days",
    "test_business_days",
    "test_mistakes_named",
    "test_first_cycles_checked",
    "test_weekends",
    "test_audit_draw",
    "test_answer",
    "test_assess_once",
    "test_oracle",
    "test_oracle_amounts",
    "test_oracle_families",
    "test_oracle_leave",
    "test_properties",
)


def main() -> int:
    """Try every mutant; 0 when all that survive are explained."""
    options = _options()
    chosen = [one for one in _all_mutants() if options.only in (None, one.file)]
    if options.list:
        print(*chosen, sep="\n")
        return 0
    explained = NOTE.read_text("utf-8")
    unexplained = survived = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        scratch = _scratch(Path(folder))
        if not _passes(scratch, THEN, LAST):
            sys.exit("The tests fail without any change.")
        for number, mutant in enumerate(chosen, start=1):
            if _survives(mutant, scratch):
                survived += 1
                known = f"`{mutant}`" in explained
                unexplained += not known
                print(f"\r{'explained' if known else 'SURVIVED '} {mutant}")
            print(f"\r{number}/{len(chosen)}, {survived} survived", end="", flush=True)
    print(
        f"\r{len(chosen)} changes, {len(chosen) - survived} noticed, {survived} survived, {unexplained} not explained."
    )
    return 1 if unexplained else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", metavar="FILE", help="one file of rules, such as counting.py")
    parser.add_argument("--list", action="store_true", help="print the changes and try none")
    return parser.parse_args()


def _all_mutants() -> Iterator[Mutant]:
    for path in sorted((ROOT / "rules").rglob("*.py")):
        yield from mutants_of(path, ROOT / "rules")


def _scratch(folder: Path) -> Path:
    """A copy of the rules and their tests, with nothing else in reach."""
    for part in ("rules", "tests/rules"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests" / "__init__.py").touch()
    (folder / "pure.ini").write_text(PURE, "utf-8")
    return folder


def _survives(mutant: Mutant, scratch: Path) -> bool:
    path = scratch / "rules" / mutant.file
    original = path.read_text("utf-8")
    compiled = path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.pyc"
    compiled.unlink(missing_ok=True)
    path.write_text(ast.unparse(mutant.tree()), "utf-8")
    try:
        return _passes(scratch, FIRST.get(mutant.file, ("test_wording",)), THEN, LAST, write_bytecode=False)
    finally:
        path.write_text(original, "utf-8")


def _passes(scratch: Path, *stages: tuple[str, ...], write_bytecode: bool = True) -> bool:
    return all(_stage_passes(scratch, stage, write_bytecode) for stage in stages)


def _stage_passes(scratch: Path, stage: tuple[str, ...], write_bytecode: bool) -> bool:
    """Run a few test files in a child that has pytest loaded and the rules not; a child that hangs has noticed, too:
    it is ended by SIGXCPU.
    """
    while (status := _status_of_child(scratch, stage, write_bytecode)) == KILLED_FROM_OUTSIDE:
        pass  # it has said nothing: ask again
    return status == 0


def _status_of_child(scratch: Path, stage: tuple[str, ...], write_bytecode: bool) -> int:
    child = os.fork()
    if child == 0:
        _run_and_exit(scratch, stage, write_bytecode)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _run_and_exit(scratch: Path, stage: tuple[str, ...], write_bytecode: bool) -> None:
    status = HUNG
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 10))
        os.chdir(scratch)
        sys.path[:] = [str(scratch), *(one for one in sys.path if Path(one or ".").resolve() != ROOT)]
        for name in [name for name in sys.modules if name.split(".")[0] in ("rules", "tests")]:
            del sys.modules[name]
        sys.dont_write_bytecode = not write_bytecode
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        status = int(pytest.main([*OPTIONS, *(f"tests/rules/{name}.py" for name in stage)]))
    finally:
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
