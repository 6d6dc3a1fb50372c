"""What the demo's figures become under another policy than the one that they were written for.

Amounts keep their share of what is required, days their place in the policy's windows, and courses
are of the policy's categories.
"""

from collections.abc import Callable
from decimal import Decimal
from itertools import cycle as repeated

from ceus.models import Course
from core.policy_words import card_of, course_categories
from demo.stage import Stage
from rules.facts import Facts
from rules.policy.model import Policy, PolicyVersion
from rules.standing import assess
from rules.units import parse_number

WRITTEN_FOR = "nasm-cpt"
TOTAL, FROM_COURSES = Decimal("2.0"), Decimal("1.9")  # what that policy requires, in all and from courses
# Days left until the expiration date, at both ends of: the time before the window, and its three tiers.
STRETCHES = ((730, 181), (180, 0), (-1, -90), (-91, -364))


def is_written_for(policy: Policy) -> bool:
    """Return whether the demo's figures were written for this policy, and need no change."""
    return policy.code == WRITTEN_FOR


def fitting_amount(policy: Policy, text: str) -> int:
    """Return an amount of the demo, "0.4", in the unit of the policy: the same share of its total."""
    if is_written_for(policy):
        return parse_number(text, policy.unit.digits) or 0
    unit, total = policy.unit, policy.versions[-1].total
    steps = round(Decimal(text) / TOTAL * total / unit.step)
    return max(1, steps) * unit.step


def fitting_days(stage: Stage, left: int) -> int:
    """Return how many days before its end a cycle of the policy is at the same place as one of the
    demo with `left` days to go; negative after the end.
    """
    if is_written_for(stage.policy):
        return left
    own = _stretches(stage)
    place = next((n for n, (_, last) in enumerate(STRETCHES) if left >= last), len(STRETCHES))
    if place >= len(own):
        passed = STRETCHES[len(own) - 1][1] - left
        return own[-1][1] - passed
    (first, last), (own_first, own_last) = STRETCHES[place], own[place]
    return own_first - round((first - left) / (first - last) * (own_first - own_last))


def _stretches(stage: Stage) -> list[tuple[int, int]]:
    standing = assess(Facts(expires_on=stage.today), stage.today, stage.policy)
    tiers = [
        ((stage.today - one.first_on).days, (stage.today - one.last_on).days) for one in standing.windows
    ]
    length = (stage.today - standing.cycle.starts_on).days
    return [(length, min(length, tiers[0][0] + 1)), *tiers][: len(STRETCHES)]


def course_needs(version: PolicyVersion) -> dict[str, int]:
    """Return how much a complete cycle has of each category of courses: what each requires, and the
    rest of the total from those that have room.
    """
    categories = course_categories(version)
    card = card_of(version)
    needs = {one.code: one.minimum for one in categories}
    rest = version.total - sum(needs.values()) - (card.minimum if card else 0)
    for one in categories:
        room = rest if one.maximum is None else min(rest, one.maximum - one.minimum)
        needs[one.code] += max(0, room)
        rest -= max(0, room)
    return needs


def share_of(amounts: tuple[str, ...]) -> Decimal:
    """Return which share of the courses of a cycle these amounts are; at most all of them."""
    return min(Decimal(1), sum(map(Decimal, amounts), Decimal(0)) / FROM_COURSES)


def choose_courses(
    courses: list[Course], version: PolicyVersion, share: Decimal, *, turn: int
) -> list[Course]:
    """Return courses that give this share of a cycle's needs: all of it with a share of 1, else not
    more. Where they are taken from moves with `turn`.
    """
    found: list[Course] = []
    for code, need in course_needs(version).items():
        ours = [one for one in courses if one.category == code]
        ours = ours[turn % max(1, len(ours)) :] + ours[: turn % max(1, len(ours))]
        target = int(need * share)
        found += _filling(ours, target, may_pass=share == 1)
    return found


def _filling(courses: list[Course], target: int, *, may_pass: bool) -> list[Course]:
    """Return courses that together give at most the target. With `may_pass`, one more course is
    added when the target is not reached: the one that exceeds it least.
    """
    found: list[Course] = []
    have = 0
    for one in courses:
        if have + one.hundredths <= target:
            found.append(one)
            have += one.hundredths
    if may_pass and have < target:
        left = [one for one in courses if one not in found]
        found += sorted(left, key=lambda one: one.hundredths)[:1]
    return found


def run_story(stage: Stage, name: str, story: Callable[[], object]) -> None:
    """Run one part of the demo. A part that the policy does not allow ends early and prints a note;
    that happens only under another policy than the demo's own.
    """
    if is_written_for(stage.policy):
        story()
        return
    try:
        story()
    except Exception as error:  # noqa: BLE001 - a story of another policy may fail anywhere
        stage.say(f"{name}: this policy does not have it ({type(error).__name__}: {error})"[:160])


PROVIDERS = (
    *("Open Academy", "Lakeside College", "Harbor Seminars", "The Evening School", "Northgate Institute"),
    *("Foothill Workshops", "Riverside Learning", "Union Hall Lectures", "The Field Station", "Old Mill Courses"),
    *("Plainview Extension", "Summit Street Studio"),
)  # fmt: skip
THEMES = (
    *("Foundations", "Case studies", "New evidence", "Safety", "Good records", "Assessment", "Law and duty"),
    *("Teaching others", "Digital tools", "Working in teams", "Hard conversations", "Quality", "Planning"),
    *("Mistakes and what they teach", "Reading research"),
)  # fmt: skip
PETITIONED = tuple(f"{theme}, a week abroad" for theme in THEMES)


def course_title(place: int, label: str, part: int) -> str:
    """Return the title of an invented course of a category."""
    return f"{THEMES[place % len(THEMES)]}: {label.lower()}, part {part}"


def category_codes(stage: Stage) -> "repeated[tuple[str, str]]":
    """Return an endless iterator over the (code, label) of the categories of courses, again and
    again in one order.
    """
    version = stage.policy.version_on(stage.today)
    return repeated([(one.code, one.label) for one in course_categories(version)])


def half_of_first_fee(stage: Stage, cents: int) -> tuple[str, int]:
    """Return the code of the first fee of a renewal, and `cents` or at most half of that fee."""
    tier = stage.policy.version_on(stage.today).tiers[0]
    fee = next((one for one in tier.fees if one.amount_cents), tier.fees[0])
    return fee.code, cents if is_written_for(stage.policy) else min(cents, fee.amount_cents // 2)
