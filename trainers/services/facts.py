"""State facts that only some policies ask for, such as the day of birth or "passed the exam"."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from core import clock
from core.errors import Refusal
from core.history import record_history
from core.models import LONGEST_REASON
from core.transitions import check_words
from rules.asking import BORN_ON, COUNTRIES, MEMBER, TRAINER, AskedFact
from rules.policy.read_conditions import CHOICE, DAY, NUMBER, YES_NO
from trainers.circumstances import (
    COLUMNS,
    ends_by_birthday,
    facts_asked_of,
    known_facts,
    stored_value,
    why_these_stay,
    wrong_birthday,
)
from trainers.countries import country_names
from trainers.models import Credential, CredentialFact, Cycle, Trainer
from trainers.services.registrar import check_registrar

GREATEST_NUMBER = 999_999_999
EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2199, 12, 31)
NEEDED = "A certification ends by your birthday, so we need this day. Correct it if it is wrong."
KINDS: dict[str, type] = {YES_NO: bool, NUMBER: int, DAY: date, CHOICE: str, COUNTRIES: str}


def set_facts(
    credential: Credential,
    *,
    answers: Mapping[str, object],
    by: Trainer | None,
    at: datetime,
    reason: str = "",
) -> Credential:
    """Store facts about the owner and the credential, by their codes; None takes one away. Idempotent.

    The owner states what the policy asks of them, until a renewal is under review, of a fact about
    the person also that of another certification; a registrar corrects every fact, with a reason.
    Raises Refusal (field: the fact's code) for one that the policy does not ask for, that somebody
    else states, whose value cannot be, or that cannot be taken away.
    """
    with transaction.atomic():
        credential = Credential.objects.select_for_update().get(pk=credential.pk)
        trainer = Trainer.objects.select_for_update().get(pk=credential.trainer_id)
        credential.trainer = trainer
        cycle = Cycle.objects.latest_of(credential)
        cycle.credential = credential
        asked = {one.code: one for one in facts_asked_of(cycle)}
        answers = {code: _given(code, value) for code, value in answers.items()}
        reason = _check_who(credential, by, reason)
        today = clock.date_of(at, credential.policy.time_zone)
        for code, value in answers.items():
            _check_fact(asked.get(code), code, value, by=by, trainer=trainer, today=today)
        known = known_facts(credential, asked.values())
        changed = {code: value for code, value in answers.items() if value != _shown(asked[code], known)}
        if not changed:
            return credential
        _check_changes(credential, [asked[code] for code in changed], changed, by)
        _store(credential, {asked[code]: value for code, value in changed.items()}, by=by, at=at)
        detail = {
            asked[code].label: [_words(known.get(code)), _words(value)] for code, value in changed.items()
        }
        record_history(credential, "facts_set", trainer=trainer, by=by, at=at, reason=reason, detail=detail)
    return credential


def _check_who(credential: Credential, by: Trainer | None, reason: str) -> str:
    """Return the checked reason, which only staff give. Raises Refusal for anybody else."""
    if by is not None and by.pk == credential.trainer_id:
        return ""
    check_registrar(credential.trainer, by)
    return check_words(reason, longest=LONGEST_REASON)


def _check_fact(
    fact: AskedFact | None, code: str, value: object, *, by: Trainer | None, trainer: Trainer, today: date
) -> None:
    if fact is None:
        raise Refusal("The rules do not ask for this.", code="not_asked", field=code)
    if fact.by != TRAINER and by is not None and by.pk == trainer.pk:
        raise Refusal("Only our staff can change this.", code="not_yours", field=code)
    if value is None:
        return
    if type(value) is not KINDS[fact.kind]:
        raise Refusal("This is no such value.", code="wrong_kind", field=code)
    if sentence := _wrong(fact, value, today):
        raise Refusal(sentence, code="impossible", field=code)


def _check_changes(
    credential: Credential, facts: Sequence[AskedFact], changed: Mapping[str, object], by: Trainer | None
) -> None:
    """Raise Refusal for what cannot change now. Nobody takes the day of birth away while cycles end
    by it: no next one could be opened.
    """
    trainer = credential.trainer
    if by is not None and by.pk == trainer.pk and (why := why_these_stay(credential, facts)):
        raise Refusal(why, code="held")
    if BORN_ON in changed and changed[BORN_ON] is None and ends_by_birthday(trainer):
        raise Refusal(NEEDED, code="needed", field=BORN_ON)


def _wrong(fact: AskedFact, value: object, today: date) -> str:
    """Return what is wrong with a value of the right type; "" when nothing is."""
    if fact.code == BORN_ON and isinstance(value, date):
        return wrong_birthday(value, today)
    if isinstance(value, date) and not EARLIEST_DAY <= value <= LATEST_DAY:
        return "Enter a year from 1900 through 2199."
    if fact.kind == NUMBER and isinstance(value, int) and not 0 <= value <= GREATEST_NUMBER:
        return f"Enter a whole number from 0 through {GREATEST_NUMBER:,}."
    if fact.kind == CHOICE and value not in fact.choices:
        return "Choose one of the list."
    if fact.kind == COUNTRIES and value not in country_names():
        return "Choose a country of the list."
    return ""


def _given(code: str, value: object) -> object:
    return False if code == MEMBER and value is None else value


def _shown(fact: AskedFact, known: Mapping[str, object]) -> object:
    """Return the present value; nobody is a member who is not known as one."""
    return known.get(fact.code, False if fact.code == MEMBER else None)


def _words(value: object) -> str:
    return "" if value is None else stored_value(value).replace("_", " ")


def _store(
    credential: Credential, changed: Mapping[AskedFact, object], *, by: Trainer | None, at: datetime
) -> None:
    trainer = credential.trainer
    columns = []
    for fact, value in changed.items():
        if fact.is_own:
            _store_own(credential, fact, value, by=by, at=at)
        else:
            column = COLUMNS[fact.code]
            setattr(trainer, column, _empty(fact) if value is None else value)
            columns.append(column)
    if columns:
        trainer.save(update_fields=columns)


def _empty(fact: AskedFact) -> object:
    return {YES_NO: False, COUNTRIES: ""}.get(fact.kind)


def _store_own(
    credential: Credential, fact: AskedFact, value: object, *, by: Trainer | None, at: datetime
) -> None:
    rows = CredentialFact.objects.filter(credential=credential, code=fact.code)
    if value is None:
        rows.delete()
        return
    given = {"value": stored_value(value), "by": by, "at": at}
    CredentialFact.objects.update_or_create(credential=credential, code=fact.code, defaults=given)
