"""What a trainer reads about their payments."""

from collections.abc import Iterator

from core.my_data import Entry, Section
from core.templatetags.words import at, money
from payments.pages.account_statement import StatementRow, account_statement
from trainers.models import Trainer


def sections_of(person: Trainer) -> Iterator[Section]:
    """Yield the account statement of a person."""
    rows = account_statement(person)
    yield Section(60, "Payments", [_row(one, person.time_zone) for one in rows])


def _row(row: StatementRow, zone: str) -> Entry:
    entry = row.entry
    return Entry(
        f"{entry.get_kind_display()}: {entry.charge.description}",
        (
            ("When", at(entry.at, zone)),
            # The row's kind tells the direction, so the amount has no sign.
            ("Amount", money(abs(entry.amount_cents))),
            ("Reason", entry.reason),
            ("Reference", entry.reference),
        ),
    )
