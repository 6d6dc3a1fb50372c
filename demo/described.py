"""What the demo's courses, cards and facts are under a policy that names topics, formats, providers,
cards or facts of its own.
"""

from datetime import date, timedelta

from ceus.card_facts import kinds_asked_of
from ceus.described import codes_named, format_choices, slug_of_topic
from ceus.models import Topic
from ceus.services.held_cards import keep_card
from demo import evidence
from demo.stage import Stage
from rules.asking import COUNTRIES, STAFF, AskedFact
from rules.described import PROVIDERS, TOPICS
from rules.policy.read_conditions import CHOICE, DAY, NUMBER
from trainers.circumstances import facts_asked_of
from trainers.models import Cycle, Trainer
from trainers.services.facts import set_facts

WELL_PAST = timedelta(days=90)
BORN_ON, ENOUGH = date(1988, 4, 17), 100


def fitting_format(form: str, place: int) -> str:
    """Return the format of a course: its own where the policy names it or names none, else one of the
    policy's in turn.
    """
    codes = [code for code, _ in format_choices()]
    return form if form in codes else codes[place % len(codes)]


def fitting_code(place: int) -> str:
    """Return the name that the rules have for a provider: every other one is the first that they name."""
    named = codes_named(PROVIDERS)
    return named[0] if named and place % 2 == 0 else ""


def topics_of_rules() -> list[Topic]:
    """Return the topics that the policies name."""
    slugs = [slug_of_topic(code) for code in codes_named(TOPICS)]
    return list(Topic.objects.filter(slug__in=slugs))


def keep_cards(stage: Stage, trainer: Trainer, cycle: Cycle, valid_through: date) -> None:
    """Keep one card of each kind that the policy asks for, valid well past `valid_through`."""
    valid_from = min(cycle.starts_on, stage.today)
    at, last_on = stage.moment(valid_from), valid_through + WELL_PAST
    for kind in kinds_asked_of(cycle):
        keep_card(
            cycle.credential,
            kind=kind.code,
            format=kind.formats[0] if kind.formats else "",
            valid_from=valid_from,
            valid_through=last_on,
            certificate=evidence.card_side(trainer, f"{kind.label} {valid_from}", "front", last_on, at=at),
            by=trainer,
            at=at,
            today=stage.today,
        )


def state_facts(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """State what the policy asks about the person, each in the way that lets them renew."""
    at = stage.moment(cycle.starts_on)
    asked = facts_asked_of(cycle)
    own = {one.code: _answer(one, cycle) for one in asked if one.by != STAFF}
    if own:
        set_facts(cycle.credential, answers=own, by=trainer, at=at)
    for_staff = {one.code: _answer(one, cycle) for one in asked if one.by == STAFF}
    if for_staff:
        by, reason = stage.staff["registrar"], "From the application for the certification."
        set_facts(cycle.credential, answers=for_staff, by=by, at=at, reason=reason)


def _answer(fact: AskedFact, cycle: Cycle) -> object:
    if fact.code == "born_on":
        return BORN_ON
    if fact.kind == NUMBER:
        return ENOUGH
    if fact.kind == DAY:
        return cycle.starts_on
    if fact.kind == COUNTRIES:
        return "US"
    return fact.choices[0] if fact.kind == CHOICE else True
