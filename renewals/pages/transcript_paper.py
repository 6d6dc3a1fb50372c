"""The transcript as a PDF document: the words of its page, and the same bytes on the same day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from core.flowing import Flow
from core.organisation import OrganisationFacts
from core.paper import can_write
from core.templatetags.words import ceus, day
from renewals.pages.transcript import Transcript

HEAD = ("Finished on", "Course or card", "Provider")  # and the unit
WIDTHS = (0.2, 0.4, 0.28, 0.12)  # of the page


def has_transcript_pdf(transcripts: list[Transcript]) -> bool:
    """Return whether our fonts have every letter of the transcript."""
    return can_write("".join(_texts(transcripts)))


def render_transcript(transcripts: list[Transcript], *, issuer: OrganisationFacts, today: date) -> bytes:
    """Return the bytes of the PDF document, which states `today` as its date."""
    name = transcripts[0].name if transcripts else ""
    paper = Flow(
        issuer,
        title=f"Transcript of {name}",
        made_at=datetime.combine(today, time.min, tzinfo=UTC),
        words="".join(_texts(transcripts)),
        heading=name,
    )
    paper.write("Transcript", tag="H1", size=24, bold=True)
    paper.write(name, size=14, bold=True)
    paper.write(f"As of {day(today)}", size=10)
    paper.y += 4
    for one in transcripts:
        _write_credential(paper, one)
    return paper.content()


def _write_credential(paper: Flow, one: Transcript) -> None:
    paper.add_fact("Certification", one.title)
    paper.add_fact("Number", one.number)
    paper.add_fact("First awarded", day(one.awarded_on))
    widths = [share * paper.width for share in WIDTHS]
    for part in one.cycles:
        paper.y += 6
        paper.write(part.period, tag="H2", size=13, bold=True)
        if part.outcome:
            paper.write(part.outcome, size=10)
        if not part.lines:
            paper.write("No courses or cards.", size=10)
            continue
        paper.row((*HEAD, one.units), widths, head=True)
        for line in part.lines:
            title = f"{line.title}\n{line.note}" if line.note else line.title
            paper.row((day(line.on), title, line.provider, ceus(line.hundredths)), widths)
        paper.write(f"{part.total} recorded in this cycle", size=10, bold=True)


def _texts(transcripts: list[Transcript]) -> Iterator[str]:
    for one in transcripts:
        yield from (one.name, one.title)
        for part in one.cycles:
            yield from (text for line in part.lines for text in (line.title, line.provider))
