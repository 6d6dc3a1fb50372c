"""How each figure of petitions, audits and payments is read from the file and put in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, TypeVar

from rules.policy.model import Fee, Figure, SingleFigures
from rules.policy.table import Table
from rules.units import count_of, money_in_words

Value = TypeVar("Value")
ValueReader = Callable[[Table, str], tuple[Value, str]]
_RATE = re.compile(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?", re.ASCII)


def _whole(noun: str) -> ValueReader[int]:
    def read(table: Table, symbol: str) -> tuple[int, str]:
        value = table.whole("value")
        return value, count_of(value, noun)

    return read


def _hours(table: Table, symbol: str) -> tuple[tuple[int, ...], str]:
    hours = table.wholes("value")
    words = [count_of(one, "hour") for one in hours]
    return hours, " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]])) or "never"


def _choice(*choices: str) -> ValueReader[str]:
    def read(table: Table, symbol: str) -> tuple[str, str]:
        value = table.choice("value", choices)
        return value, value.replace("_", " ")

    return read


def _money(table: Table, symbol: str) -> tuple[int, str]:
    value = table.money("value")
    return value, money_in_words(value, symbol)


def _rate(table: Table, symbol: str) -> tuple[str, str]:
    value = table.text("value")
    if value and not _RATE.fullmatch(value):
        table.problem("value", f'must be from "0" to "1", such as "0.10", not {value!r}.')
        value = "0"
    percent = Decimal(value or "0") * 100
    return value, f"{percent.normalize():f} in 100"


def _flag(table: Table, symbol: str) -> tuple[bool, str]:
    value = table.flag("value")
    return value, "yes" if value else "no"


NO_REQUEST_FEE = Fee("course_request_fee", "Fee for a provider's request", 0, "", "", "", in_source=False)


@dataclass
class FigureReader:
    """A reader of the table `values` of a version. `state` records a figure for the rules page.

    A file that does not state a figure with an `unstated` value has that value: such figures were
    added after the first release, and files that bodies wrote for it stay valid.
    """

    table: Table
    symbol: str
    state: Callable[[Table, str, str], Figure]

    def read(self) -> dict[str, Any]:
        """Return all figures by their keys, for the version that they are of, in the order of the
        rules page. They were checked as `SingleFigures`.
        """
        one, fee, days = self._value, self._fee, _whole("day")
        found = SingleFigures(
            petition_fee=fee("petition_fee"),
            course_request_fee=fee("course_request_fee", NO_REQUEST_FEE),
            petition_question_days=one("petition_question_days", days),
            pay_within_days=one("pay_within_days", days),
            correction_days=one("correction_days", days),
            correction_days_least=one("correction_days_least", days, 3),
            another_look_days=one("another_look_days", days, 30),
            audit_rate=one("audit_rate", _rate),
            audit_days=one("audit_days", days),
            audit_notice_days=one("audit_notice_days", days),
            draw_period=one("draw_period", _choice("month", "quarter", "half_year", "year")),
            promised_answer_business_days=one("promised_answer_business_days", _whole("business day")),
            decision_hold_minutes=one("decision_hold_minutes", _whole("minute")),
            refund_second_person_above_cents=one("refund_second_person_above_cents", _money),
            renewal_refundable_until=one("renewal_refundable_until", _choice("never", "review", "approval")),
            free_name_changes=one("free_name_changes", _whole("time"), 3),
            mail_copy_years=one("mail_copy_years", _whole("year"), 3),
            refused_upload_days=one("refused_upload_days", days, 1),
            evidence_cycles=one("evidence_cycles", _whole("cycle"), 2),
            session_days=one("session_days", days, 14),
            data_file_days=one("data_file_days", days, 7),
            reported_answers_audit=one("reported_answers_audit", _flag, True),
            auto_approve=one("auto_approve", _flag),
            unpaid_reminder_hours=one("unpaid_reminder_hours", _hours),
            employer_notice_days=one("employer_notice_days", days, 30),
        )
        self.table.close()
        return {one.name: getattr(found, one.name) for one in fields(found)}

    def _value(self, key: str, read: ValueReader[Value], unstated: Value | None = None) -> Value:
        if unstated is not None and not self.table.has(key):
            return unstated
        return self._stated(key, read)[0]

    def _fee(self, key: str, unstated: Fee | None = None) -> Fee:
        """Return a figure that is a line of a charge."""
        if unstated is not None and not self.table.has(key):
            return unstated
        cents, one = self._stated(key, _money)
        return Fee(key, one.label, cents, one.clause, one.text, one.text, one.in_source)

    def _stated(self, key: str, read: ValueReader[Value]) -> tuple[Value, Figure]:
        row = self.table.table(key)
        value, words = read(row, self.symbol)
        figure = self.state(row, key, words)
        row.close()
        return value, figure
