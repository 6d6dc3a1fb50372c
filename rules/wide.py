"""The answer for a policy or a question with more than what every policy states: conditions, paths,
limits, cards, dues and the like.

It is computed in this order: which paths are open; what counts and is missing before the tier is
known; the tier; what counts and is missing in it; the price.
"""

from collections.abc import Iterator
from datetime import date

from rules.answers import WINDOW, RecordAnswer, Standing
from rules.conditions import Context, anchor_days, condition_holds
from rules.counting import CountBasis, claimed_ids, count_records
from rules.cycle import cycle_number
from rules.days import CyclePeriod, add_days
from rules.dues import due_answers
from rules.facts import COMPLETION, Facts, FactsError
from rules.fees import tier_days
from rules.frame import CountedPath, Frame
from rules.inquiry import check_extensions, period_of, shortage_reasons
from rules.known_needs import dues_of, needs_in_tier, needs_of
from rules.more import DueAnswer
from rules.needs import Needs
from rules.outcomes import outcome_of
from rules.policy.families import Path
from rules.policy.model import Policy, Tier
from rules.price_lists import price_list
from rules.pricing import is_open
from rules.wide_parts import MoreParts


def assess_widely(facts: Facts, today: date, policy: Policy) -> Standing:
    """Return the standing as `rules.standing.assess` does, for any policy. Raises FactsError.

    Of several paths the one that the facts name is used; else the one that was wished, while it is
    open; otherwise the first on which the application is eligible; otherwise the first. Paths for life
    or with a status are left aside where the facts say that only somebody who names or wishes one gets it.
    """
    frame = _frame(facts, today, policy)
    stated = frame.selling.families.paths
    if not stated:
        return _standing(_way(frame, None))
    paths = _open_paths(frame)
    if facts.more.path is not None:
        paths = [one for one in paths if one.code == facts.more.path]
    wished = [one for one in paths if one.code == facts.more.wished_path]
    if facts.more.path is None and facts.more.chooses_path:
        paths = [one for one in paths if not one.is_only_chosen] or paths
    paths = wished or paths
    if not paths:
        raise FactsError("unknown_path", "path", f"No path of this policy is open: {_codes(stated)}.")
    ways = [_way(frame, one) for one in paths]
    return _standing(next((one for one in ways if one.is_eligible), ways[0]))


def open_paths(facts: Facts, today: date, policy: Policy) -> tuple[Path, ...]:
    """Return the paths that are open to this person on `today`, in the order of the file; none when
    the policy states no paths. Raises FactsError.
    """
    return tuple(_open_paths(_frame(facts, today, policy))) if policy.wide else ()


def dues_of_ended_cycle(facts: Facts, today: date, policy: Policy) -> tuple[DueAnswer, ...]:
    """Return the fees that fell due in a cycle that has ended, as the version in force on its last day
    states them, each paid, open or overdue on `today`; none when the policy states no such fees.
    """
    if not policy.wide:
        return ()
    frame = _frame(facts, facts.expires_on, policy)
    return due_answers(frame.selling.families.dues, frame.context, today=today)


def _open_paths(frame: Frame) -> list[Path]:
    used = frame.facts.more.uses
    return [
        one
        for one in frame.selling.families.paths
        if condition_holds(one.when, frame.context) and (one.uses is None or used.get(one.code, 0) < one.uses)
    ]


def _codes(paths: tuple[Path, ...]) -> str:
    return ", ".join(one.code for one in paths)


def _frame(facts: Facts, today: date, policy: Policy) -> Frame:
    received_on = _receipt(facts, facts.received_on or today, policy)
    selling = policy.version_on(received_on)
    period = period_of(facts, policy)
    requiring = policy.version_on(period.starts_on)
    check_extensions(facts, period, policy)
    context = Context(facts, period, received_on, _number(facts, period, policy))
    first_on, last_on = requiring.earning.bounds.among(anchor_days(context))
    completion = facts.extended(COMPLETION, after=last_on)
    return Frame(
        policy=policy,
        facts=facts,
        as_of=today,
        selling=selling,
        context=context,
        basis=CountBasis(
            requiring, period, first_on, completion.through if completion else last_on, received_on
        ),
        completion=completion,
        dues=dues_of(selling, context),
    )


def _receipt(facts: Facts, arrived_on: date, policy: Policy) -> date:
    """Return the day of receipt: the day of the postmark, when the policy says so."""
    receipt = policy.version_on(arrived_on).families.receipt
    posted_on = facts.more.postmarked_on
    if not receipt.postmark or posted_on is None:
        return arrived_on
    days = receipt.arrives_within_days
    return posted_on if days is None or arrived_on <= add_days(posted_on, days) else arrived_on


def _number(facts: Facts, period: CyclePeriod, policy: Policy) -> int | None:
    if facts.more.number is not None or facts.awarded_on is None:
        return facts.more.number
    return cycle_number(policy, facts.awarded_on, period.expires_on, facts.counts_from)


def _way(frame: Frame, path: Path | None) -> MoreParts:
    """Return what counts, the windows and the price on one path."""
    context = frame.context.on_path(path.code) if path else frame.context
    versions = frame.basis.version, frame.selling
    needs = needs_of(frame.policy, versions, context, path, frame.dues)
    base = found = _count(frame, context, needs)
    tier = _tier_of_the_day(frame, base.context, path)
    in_tier = needs_in_tier(needs, versions, tier.code) if tier else needs
    if in_tier is not needs:
        found = _count(frame, context.in_tier(in_tier.context.tier), in_tier)
    charging = found.context.in_tier(tier.code) if tier else found.context
    prices = price_list(frame.policy, frame.selling, (base.context, charging), path, frame.dues)
    return MoreParts(frame, found, charging, path, outcome_of(frame, path, prices))


def _count(frame: Frame, context: Context, needs: Needs) -> CountedPath:
    """Return what counts and how much of each requirement is reached; the context of the result
    contains both.
    """
    plain = frame.basis
    days = plain.earning_first_on, plain.earning_last_on
    basis = CountBasis(plain.version, plain.period, *days, plain.received_on, needs.counting_method)
    counts = count_records(frame.records, basis)
    requirements = needs.requirements(frame.records, counts)
    claims = claimed_ids(frame.records, basis, counts)
    claimed = set(claims)
    counted = tuple(one for one in frame.records if one.id in claimed)
    unmet = tuple(one.code for one in requirements if not one.met)
    known = Context(
        *(context.facts, context.period, context.received_on, context.number, context.path, context.tier),
        counted,
        unmet,
    )
    return CountedPath(known, basis, counts, requirements, needs.cards, claims)


def _tier_of_the_day(frame: Frame, context: Context, path: Path | None) -> Tier | None:
    for tier, first_on, last_on in tier_days(frame.selling, context.period):
        if first_on <= context.received_on <= last_on and is_open(tier, context, path):
            return tier
    return None


def _standing(more: MoreParts) -> Standing:
    frame, found, outcome = more.frame, more.found, more.outcome
    answers = tuple(_record_answers(frame, found))
    unmet = (*found.context.unmet, *(() if outcome.window else (WINDOW,)))
    return Standing(
        unit=frame.policy.unit,
        as_of=frame.as_of,
        received_on=frame.context.received_on,
        cycle=frame.context.period,
        status=outcome.status,
        tier=outcome.tier,
        accepts_application=outcome.window is not None,
        eligible=not unmet,
        unmet=unmet,
        requirements=found.requirements,
        records=answers,
        fees=outcome.fees,
        dates=outcome.dates,
        windows=outcome.windows,
        claims=found.claims,
        status_reason=outcome.status_reason,
        window_reason=outcome.window_reason,
        amount_reasons=(
            *outcome.fee_reasons,
            *shortage_reasons(found.requirements, answers),
            *outcome.extension_reasons,
        ),
        more=more.answer(),
    )


def _record_answers(frame: Frame, found: CountedPath) -> Iterator[RecordAnswer]:
    for record in frame.records:
        yield RecordAnswer(record, found.counts[record.id], found.basis, frame.policy.unit)
