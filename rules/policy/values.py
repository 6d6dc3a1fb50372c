"""How each figure of petitions, audits and payments is read from the file and put in words."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from rules.policy.model import Fee
from rules.policy.table import Table
from rules.units import money_in_words

ValueReader = Callable[[Table, str], tuple[Any, str]]
_RATE = re.compile(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?", re.ASCII)


def _whole(noun: str) -> ValueReader:
    def read(table: Table, symbol: str) -> tuple[int, str]:
        value = table.whole("value")
        return value, f"{value} {noun}{'' if value == 1 else 's'}"

    return read


def _hours(table: Table, symbol: str) -> tuple[tuple[int, ...], str]:
    hours = table.wholes("value")
    words = [f"{one} hour{'' if one == 1 else 's'}" for one in hours]
    return hours, " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]])) or "never"


def _choice(*choices: str) -> ValueReader:
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


FEES = ("petition_fee", "course_request_fee")  # read as a Fee, a line of a charge

VALUES: dict[str, ValueReader] = {
    "petition_fee": _money,
    "course_request_fee": _money,
    "petition_question_days": _whole("day"),
    "pay_within_days": _whole("day"),
    "correction_days": _whole("day"),
    "correction_days_least": _whole("day"),
    "another_look_days": _whole("day"),
    "audit_rate": _rate,
    "audit_days": _whole("day"),
    "audit_notice_days": _whole("day"),
    "draw_period": _choice("month", "quarter", "half_year", "year"),
    "promised_answer_business_days": _whole("business day"),
    "decision_hold_minutes": _whole("minute"),
    "refund_second_person_above_cents": _money,
    "renewal_refundable_until": _choice("never", "review", "approval"),
    "free_name_changes": _whole("time"),
    "mail_copy_years": _whole("year"),
    "refused_upload_days": _whole("day"),
    "evidence_cycles": _whole("cycle"),
    "session_days": _whole("day"),
    "data_file_days": _whole("day"),
    "reported_answers_audit": _flag,
    "auto_approve": _flag,
    "unpaid_reminder_hours": _hours,
}

NO_REQUEST_FEE = Fee("course_request_fee", "Fee for a provider's request", 0, "", "", "", in_source=False)

# The values for a file that does not state these figures. They were added after the first release, and
# files that bodies wrote for it stay valid.
UNSTATED: dict[str, Any] = {
    "course_request_fee": NO_REQUEST_FEE,
    "correction_days_least": 3,
    "another_look_days": 30,
    "free_name_changes": 3,
    "mail_copy_years": 3,
    "refused_upload_days": 1,
    "evidence_cycles": 2,
    "session_days": 14,
    "data_file_days": 7,
    "reported_answers_audit": True,
}
