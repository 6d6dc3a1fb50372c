"""A provider's file of any length, brought in by an operator: in parts, with an answer for each row, and once."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ceus.models import CeuRecord
from providers.models import Batch
from providers.services import importing
from providers.services.correcting import correct_completion
from tests.providers.scenes import AT, TODAY, harbor, outcomes, row

HEAD = "number,name,course,completed_on,ceus\n"
LINES = (
    "11934482,Jordan Rivera,balance,2026-05-03,\n"
    "20000001,Sam Stranger,balance,2026-05-03,0.2\n"
    "11934482,Somebody Else,balance,2026-05-04,\n"
    "99999999,Nobody,balance,2026-05-03,\n"
    "20000001,Sam Stranger,balance,2026-05-03,0.2\n"
    "=1+1,Jordan Rivera,balance,yesterday,\n"
)
EVERY = ["taken", "taken", "name_differs", "unknown_number", "duplicate", "invalid"]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch, jordan, stranger, clock_at):
    """Parts of two rows, so that six rows are three reports."""
    clock_at("2026-06-01 12:00")
    harbor()
    monkeypatch.setattr(importing, "MOST_ROWS", 2)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "may.csv"
    path.write_text(HEAD + LINES)
    return path


def run(file, *options: str, provider: str = "harbor") -> str:
    out = StringIO()
    call_command("import_completions", provider, str(file), *options, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def answers(path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def test_a_long_file_is_reported_in_parts_with_an_answer_for_each_row(file, lead, tmp_path):
    said = run(file, "--apply", "--by", lead.email, "--answers", str(tmp_path / "answers.csv"))
    assert said == (
        "6 rows: 2 taken, 1 reported before, 1 unknown number, 1 name differs, 1 cannot be read. Reported."
    )
    told = answers(tmp_path / "answers.csv")
    assert [one["outcome"] for one in told] == EVERY
    assert [one["line"] for one in told] == ["2", "3", "4", "5", "6", "7"]
    assert all(one["words"] for one in told[2:])
    parts = Batch.objects.order_by("pk")
    assert [outcomes(part) for part in parts] == [EVERY[:2], EVERY[2:4], EVERY[4:]]
    assert [one["report"] for one in told] == [part.reference for part in parts for _ in range(2)]
    assert {part.sent_by for part in parts} == {lead}
    assert CeuRecord.objects.filter(reported_by_provider=True).count() == 2


def test_a_dry_run_tells_the_same_and_writes_nothing(file, tmp_path):
    said = run(file, "--answers", str(tmp_path / "answers.csv"))
    assert said.startswith(
        "6 rows: 3 taken"
    )  # a repetition in another part is found once the first is stored
    assert said.endswith("Nothing was written: add --apply to report it.")
    assert [one["outcome"] for one in answers(tmp_path / "answers.csv")][:4] == EVERY[:4]
    assert not Batch.objects.exists()


def test_an_import_that_stopped_half_way_continues_and_reports_nothing_twice(file, lead, monkeypatch):
    whole, reported = importing.report_completions, []

    def stops(*args, **options):
        if len(reported) == 2:
            raise OSError("the machine went down")
        reported.append(whole(*args, **options))
        return reported[-1]

    monkeypatch.setattr(importing, "report_completions", stops)
    with pytest.raises(CommandError, match="went down"):
        run(file, "--apply", "--by", lead.email)
    assert Batch.objects.count() == 2
    monkeypatch.setattr(importing, "report_completions", whole)
    said = [run(file, "--apply", "--by", lead.email) for _ in range(2)]
    assert said[0] == said[1]
    assert (Batch.objects.count(), CeuRecord.objects.count()) == (3, 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "The file is empty."),
        ("number,name\n1,a\n", "the column course is missing"),
        ("PK\x03\x04", "A file of this length must be CSV."),
    ],
)
def test_a_file_that_is_no_table_of_ours_is_refused_with_a_sentence(file, lead, content, words):
    file.write_text(content)
    with pytest.raises(CommandError, match=words):
        run(file, "--apply", "--by", lead.email)
    assert not Batch.objects.exists()


def test_an_import_names_its_provider_and_the_colleague_who_does_it(file, jordan):
    with pytest.raises(CommandError, match="No provider has the address elsewhere"):
        run(file, provider="elsewhere")
    for options in ((), ("--by", jordan.email)):
        with pytest.raises(CommandError, match="Say who does this"):
            run(file, "--apply", *options)


def test_an_import_that_runs_again_after_a_row_was_corrected_tells_the_answers_of_the_file(
    file, lead, tmp_path
):
    run(file, "--apply", "--by", lead.email)
    first = Batch.objects.order_by("pk")[0]
    told = {"by": lead, "at": AT, "latest_day": TODAY, "reason": "Half of it."}
    correct_completion(first.completions.get(line=2), row=row(ceus="0.2"), **told)
    run(file, "--apply", "--by", lead.email, "--answers", str(tmp_path / "answers.csv"))
    assert [one["outcome"] for one in answers(tmp_path / "answers.csv")] == EVERY
