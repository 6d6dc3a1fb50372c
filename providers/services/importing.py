"""Report a file with far more completions than one report may have: in parts of one report each, so
that memory stays the same, and a file that stopped half-way goes on where it stopped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from ceus.models import Provider
from providers.judging import JudgedRow, judge_rows
from providers.models import Batch
from providers.models.batch import MOST_ROWS
from providers.rows import ReadRow
from providers.services.reporting import report_completions
from trainers.models import Trainer


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one row of the file: `outcome` is one of `Completion.Outcome`."""

    row: ReadRow
    outcome: str
    words: str
    reference: str = ""  # of the report that it is in


def report_long_file(
    provider: Provider,
    rows: Iterable[ReadRow],
    *,
    fingerprint: str,
    by: Trainer,
    at: datetime,
    latest_day: date,
    file_name: str,
) -> Iterator[list[Answer]]:
    """Report the rows, and yield the answers of each part once it is stored. Idempotent: of a file
    with the same `fingerprint` each part is reported once.
    """
    for number, part in enumerate(_parts(rows), 1):
        batch = report_completions(
            provider,
            rows=part,
            source=Batch.Source.FILE,
            idempotency_key=f"import:{fingerprint}:{number}",
            by=by,
            at=at,
            latest_day=latest_day,
            file_name=file_name,
        )
        told = batch.completions.as_sent().order_by("line").values_list("outcome", "words")
        pairs = zip(part, told, strict=True)
        yield [Answer(row, outcome, words, batch.reference) for row, (outcome, words) in pairs]


def judge_completions(
    provider: Provider, rows: Iterable[ReadRow], *, latest_day: date
) -> Iterator[list[Answer]]:
    """Yield what would become of the rows, in parts; nothing is written. Repetitions are found within
    a part and among what was reported before.
    """
    for part in _parts(rows):
        yield [_answer(one) for one in judge_rows(provider, part, latest_day=latest_day)]


def _answer(judged: JudgedRow) -> Answer:
    return Answer(judged.row, judged.outcome, judged.words)


def _parts(rows: Iterable[ReadRow]) -> Iterator[list[ReadRow]]:
    walked = iter(rows)
    while part := list(islice(walked, MOST_ROWS)):
        yield part
