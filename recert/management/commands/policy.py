"""Work on policy files: begin one, check it, show it, compare two, and count the people whose
standing one would change.
"""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from cases.policy_figures import EditableFigure, figure_changes
from cases.policy_overlay import refresh_policies
from cases.policy_text import figures_in_file
from core import clock
from core.policy_words import portal_policy
from core.read_only import read_only
from renewals.pages.rules import rules_page
from rules.policy.building_blocks import Holder
from rules.policy.load import (
    load_policy,
    path_with_later_versions,
    policy_names,
    policy_path,
    use_policies_in,
)
from rules.policy.model import Policy
from rules.policy.table import is_name
from rules.units import count_of
from staff.policy.diffing import policy_changes, version_changes, when_in_force
from staff.policy.files import CheckedFile, check_file
from staff.policy.impact import impact_of
from staff.policy.showing import policy_as_text
from staff.policy.starting import starter_of
from staff.policy.unfollowed import unfollowed_rules

BROKEN_POLICY = 2
Options = dict[str, Any]  # what the parser of the command read


class Command(BaseCommand):
    help = "Works on policy files (docs/policy-bench.md). The exit status is 2 when a file cannot be used."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        new = actions.add_parser("new", help="write CODE.toml: a short file with comments to begin with")
        new.add_argument("code")
        new.add_argument("--title", default="A credential")
        new.add_argument("--units", default="credits", help="what is counted, in the plural (credits)")
        new.add_argument("--unit", default="credit", help="the same in the singular (credit)")
        new.add_argument(
            "--holders", default="people", help="those who are certified, such as nurses (people)"
        )
        new.add_argument("--holder", default="person", help="one of them, such as nurse (person)")
        new.add_argument("--folder", default=".", help="where the file is written (here)")
        check = actions.add_parser("check", help="print OK, or every problem at once with its line")
        check.add_argument("files", nargs="+", metavar="FILE")
        show = actions.add_parser("show", help="print the public rules page")
        show.add_argument("file", metavar="FILE")
        show.add_argument("--on", help="as on that day, like 2027-03-15 (today)")
        show.add_argument("--html", action="store_true", help="as the page itself")
        diff = actions.add_parser("diff", help="say what changes from OLD to NEW, or in OLD's newest version")
        diff.add_argument("old", metavar="OLD")
        diff.add_argument("new", nargs="?", metavar="NEW")
        impact = actions.add_parser("impact", help="count whom a file would touch, over the live database")
        impact.add_argument("file", metavar="FILE")
        impact.add_argument("--of", metavar="CODE", help="the policy in force that it is compared with")

    def handle(self, *args: object, **options: Any) -> None:
        getattr(self, f"_{options['action']}")(options)

    def _new(self, options: Options) -> None:
        if not is_name(options["code"]):
            raise CommandError("A code is lower-case letters, digits and hyphens, such as river-guides.")
        for name in ("title", "units", "unit", "holders", "holder"):
            if not options[name].strip():
                raise CommandError(f"--{name} must not be empty.")
        path = Path(options["folder"]) / f"{options['code']}.toml"
        text = starter_of(
            options["code"],
            title=options["title"],
            plural=options["units"],
            singular=options["unit"],
            holders=Holder(options["holder"], options["holders"]),
        )
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            raise CommandError(f"{path} is there already. Choose another code.") from None
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{path}: {len(text.splitlines())} lines. Next: ./portal policy check {path}")

    def _check(self, options: Options) -> None:
        found = [check_file(_path(name, as_approved=False)) for name in options["files"]]
        for one in found:
            if one.policy:
                count = len(one.policy.versions)
                self.stdout.write(f"{one.path}: OK, {count_of(count, 'version')}")
                for said in unfollowed_rules(one.policy):
                    self.stdout.write(f"  not followed by the portal: {said}")
            else:
                self.stdout.write("\n".join(_problem_lines(one)))
        if any(one.policy is None for one in found):
            raise CommandError("Not every file can be used.", returncode=BROKEN_POLICY)

    def _show(self, options: Options) -> None:
        path = _path(options["file"])
        policy = _policy(options["file"])
        on = _day(options["on"]) if options["on"] else clock.today(policy.time_zone)
        if not options["html"]:
            self.stdout.write(policy_as_text(policy, on=on), ending="")
            return
        use_policies_in(path.parent)
        settings.PORTAL_POLICY = policy.code  # this process ends with the page
        page = rules_page(policy, today=on)
        self.stdout.write(render_to_string("renewals/rules.html", {"page": page, "policy": policy}))

    def _diff(self, options: Options) -> None:
        old = _policy(options["old"])
        if options["new"]:
            new = _policy(options["new"])
            sentences = policy_changes(old, new)
            figures = (_figures(options["old"]), _figures(options["new"]))
        elif len(old.versions) > 1:
            new, sentences = old, version_changes(*old.versions[-2:])
            last = old.versions[-1].in_force_from
            figures = (_figures(options["old"], before=last), _figures(options["old"]))
        else:
            raise CommandError("This file has one version. Name the file to compare it with.")
        sentences += figure_changes(*figures)
        self.stdout.write("\n".join([when_in_force(new.versions[-1]), *(sentences or ["Nothing changes."])]))

    def _impact(self, options: Options) -> None:
        other = _policy(options["file"])
        live = _live(other, options["of"])
        if other.unit != live.unit:
            raise CommandError(
                f"The file counts in {other.unit.plural} and {live.code} in {live.unit.plural}: records cannot be compared."
            )
        with read_only():
            found = impact_of(live, other, today=clock.today(live.time_zone))
        self.stdout.write("\n".join(found.sentences()))


def _path(name: str, *, as_approved: bool = True) -> Path:
    """Return the file that somebody means: its path, or the name of a policy that the portal has:
    with the versions that staff approved, or as it is on file.
    """
    path = Path(name)
    if path.suffix or path.exists() or name not in policy_names():
        return path
    if as_approved:
        refresh_policies(quietly=True)
    return (path_with_later_versions(name) if as_approved else policy_path(name)) or path


def _live(other: Policy, code: str | None) -> Policy:
    """Return the policy in force with which a file is compared: the one named, else the one of its
    code, else the portal's.
    """
    refresh_policies(quietly=True)
    if code is None:
        return load_policy(other.code) if other.code in policy_names() else portal_policy()
    if code not in policy_names():
        raise CommandError(f"There is no policy “{code}”. There is: {', '.join(policy_names())}.")
    return load_policy(code)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}” is not a date. Write it like 2027-03-15.") from None


def _policy(name: str) -> Policy:
    own = policy_path(name)
    found = check_file(_path(name), own.parent if own else None)
    if found.policy is None:
        raise CommandError("\n".join(_problem_lines(found)), returncode=BROKEN_POLICY)
    return found.policy


def _figures(name: str, before: date | None = None) -> list[EditableFigure]:
    own = policy_path(name)
    return figures_in_file(_path(name), own.parent if own else None, before)


def _problem_lines(found: CheckedFile) -> list[str]:
    return [
        f"{found.path}:{one.line}: {one.sentence}" if one.line else f"{found.path}: {one.sentence}"
        for one in found.problems
    ]
