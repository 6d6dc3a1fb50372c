"""The sweep of reminders at 1,000,000 credentials of which 20,000 are due, as ratios to the same work in plain SQL and SMTP.

Goals: finding ≤ 1.5 × the raw SQL; at 1,000,000 against 20,000 rows ≤ 1.2 ×; the whole with its mails
≤ 6 × the floors together; again on the same day ≤ 0.25 × and no mail; memory under 300 MB.
"""

import multiprocessing
import os
import resource
import smtplib
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

from tests.bench.load import progress, settle
from tests.bench.sink import Sink
from tests.throwaway import Throwaway

DUE, FEW, MANY = 20_000, 20_000, 1_000_000
TODAY = date(2027, 2, 12)  # 30 days before the cycles that are due end
DUE_E, OTHER_E = date(2027, 3, 14), date(2028, 5, 20)
ROUNDS, BATCH = 5, 20_000
DRAINS = 2
FOUR_KB = 4000
PEOPLE = (
    """INSERT INTO trainers_trainer (id, password, is_superuser, email, name, time_zone, is_active, is_staff, joined_at,
        wants_reminders, mail_trouble, feed_nonce)""",
    """SELECT n, '!', FALSE, 't' || CAST(n AS text) || '@example.org', 'Trainer ' || CAST(n AS text), 'America/Phoenix', TRUE,
        FALSE, %s, TRUE, '', '' FROM series""",
)
CREDENTIALS = (
    "INSERT INTO trainers_credential (id, trainer_id, number, policy_code, awarded_on, state)",
    "SELECT n, n, CAST(10000000 + n AS text), 'nasm-cpt', CAST(%s AS date), 'in_force' FROM series",
)
CYCLES = (
    """INSERT INTO trainers_cycle (id, credential_id, draw_id, starts_on, expires_on, opens_on, completion_deadline,
        last_day_to_apply, remind_on)""",
    """SELECT n, n, CAST(n AS text), CAST(%s AS date), CAST(%s AS date), CAST(%s AS date), CAST(%s AS date), CAST(%s AS date),
        CAST(%s AS date) FROM series""",
)


def run(database: Throwaway) -> bool:
    """Runs itself inside the database's own settings, so that what is measured is this process and its children."""
    done = database.start("-m", "tests.bench.sweep", env={"LOG_LEVEL": "ERROR"}).wait()
    return done == 0


def main() -> int:
    import django

    django.setup()
    engine = add_people(FEW, "first the small table")
    small = statistics.median(_rounds(_find))
    add_people(MANY - FEW, "then the large one")
    print(f"sweep, on {engine}, {MANY:,} credentials, {DUE:,} due")
    results = [*_detection(small), *_whole(), _memory()]
    for words, value, goal, unit in results:
        print(f"{words}: {value:.2f} {unit} (goal ≤ {goal})")
    return 0 if all(value <= goal for _words, value, goal, _unit in results) else 1


# --- data ---


def add_people(count: int, what: str, *, due: int = DUE) -> str:
    """`count` trainers, credentials and cycles more; the first `due` of all are due on the day."""
    from django.db import connection
    from django.db.models import Max

    from rules.policy.load import load_policy
    from trainers.models import Trainer
    from trainers.services import cycle_dates

    first = (Trainer.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    series = "WITH RECURSIVE series(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM series WHERE n < %s)"
    for start in range(first, first + count, BATCH):
        last = min(start + BATCH, first + count) - 1
        expires_on, remind_on = (DUE_E, TODAY) if last <= due else (OTHER_E, date(2027, 5, 21))
        awarded_on = expires_on.replace(year=expires_on.year - 6)
        days = cycle_dates(load_policy("nasm-cpt"), awarded_on, expires_on)
        with connection.cursor() as cursor:
            cursor.execute(f"{PEOPLE[0]} {series} {PEOPLE[1]}", [start, last, now()])
            cursor.execute(f"{CREDENTIALS[0]} {series} {CREDENTIALS[1]}", [start, last, awarded_on])
            cursor.execute(f"{CYCLES[0]} {series} {CYCLES[1]}", [start, last, *days, remind_on])
        progress(f"{what}: {last:,}")
    progress("")
    return settle()


def _again() -> None:
    """As before the sweep."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM outbox_notice")
        cursor.execute("UPDATE trainers_cycle SET remind_on = %s WHERE expires_on = %s", [TODAY, DUE_E])
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE outbox_notice")
            cursor.execute("VACUUM ANALYZE trainers_cycle")


# --- finding ---


def _find() -> float:
    from renewals.services import plan_cycle_reminders

    began = time.perf_counter()
    count = plan_cycle_reminders(now())
    assert count == DUE, count
    return time.perf_counter() - began


def _raw() -> float:
    """The same rows by hand: who is due, their notices, their next day."""
    from django.db import connection, transaction

    sql = """INSERT INTO outbox_notice (kind, subject, event, trainer_id, payload, private, urgency, send_at, state,
            attempts, last_error, message_id, to_address, title, text, html)
        SELECT 'renewals.reminder', 'trainers.cycle:' || c.id, 'before_30:2027-03-14', r.trainer_id, '{}', FALSE, 'early',
            %s, 'due', 0, '', '<' || c.id || '@example.org>', '', '', '', ''
        FROM trainers_cycle c JOIN trainers_credential r ON r.id = c.credential_id
        WHERE c.remind_on <= %s AND r.state = 'in_force' ON CONFLICT DO NOTHING"""
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [now(), TODAY])
        assert cursor.rowcount == DUE, cursor.rowcount
        cursor.execute(
            "UPDATE trainers_cycle SET remind_on = %s WHERE remind_on <= %s", ["2027-02-28", TODAY]
        )
    return time.perf_counter() - began


def _rounds(measure: Callable[[], float]) -> list[float]:
    found = []
    for _ in range(ROUNDS):
        _again()
        found.append(measure())
    return found


def _detection(small: float) -> list[tuple[str, float, float, str]]:
    ours, raws, repeats = [], [], []
    for number in range(1, ROUNDS + 1):
        _again()
        raws.append(_raw())
        _again()
        ours.append(_find())
        began = time.perf_counter()
        from renewals.services import plan_cycle_reminders

        assert plan_cycle_reminders(now()) == 0
        repeats.append(time.perf_counter() - began)
        progress(f"finding: round {number} of {ROUNDS}")
    progress("")
    found, raw = statistics.median(ours), statistics.median(raws)
    spread = (max(raws) - min(raws)) / raw
    print(
        f"finding {found:.2f} s, raw SQL {raw:.2f} s (its spread {spread:.0%}), with {FEW:,} rows {small:.2f} s"
    )
    return [
        ("finding what is due", found / raw, 1.5, "× raw SQL"),
        ("the same at 1,000,000 against 20,000 rows", found / small, 1.2, "×"),
        ("looking again on the same day", statistics.median(repeats) / raw, 0.25, "× raw SQL"),
    ]


# --- sending ---


def _whole() -> list[tuple[str, float, float, str]]:
    """Finding and sending with two drains, against raw SQL and one SMTP connection for the same number of mails."""
    with Sink() as sink:
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        _again()
        floor = _raw() + smtp_floor(sink.port)
        _again()
        began = time.perf_counter()
        _find()
        _drain(sink.port)
        took = time.perf_counter() - began
        sent = _count("sent")
    print(f"whole {took:.1f} s for {sent:,} mails ({sent / took:.0f}/s), floors together {floor:.2f} s")
    assert sent == DUE, sent
    return [("the whole sweep with its mails, two drains", took / floor, 6, "× the floors")]


def smtp_floor(port: int, mails: int = DUE) -> float:
    """Seconds for so many mails over one connection."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Floor"
    message.set_content("x" * 70 + "\n" * 1 + ("y" * 70 + "\n") * (FOUR_KB // 71))
    words = message.as_bytes()
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _ in range(mails):
            server.sendmail("a@example.org", ["b@example.org"], words)
    return time.perf_counter() - began


def _drain(port: int) -> None:
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("spawn")
    drains = [context.Process(target=send, args=(port, later().isoformat())) for _ in range(DRAINS)]
    for one in drains:
        one.start()
    for one in drains:
        one.join()
        if one.exitcode:
            sys.exit(f"a drain ended with {one.exitcode}")


def send(port: int, moment: str) -> None:
    """Run one send task in a process of its own."""
    import django

    django.setup()
    from core import clock
    from core.smtp import EmailBackend
    from outbox import sender

    with clock.moved_to(datetime.fromisoformat(moment)):
        sender.send_due(connection=EmailBackend(host="127.0.0.1", port=port, timeout=10))


def _count(state: str) -> int:
    from outbox.models import Notice

    return Notice.objects.filter(state=state).count()


def _memory() -> tuple[str, float, float, str]:
    """Return the most memory that this process or a send task ever used."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return ("memory", most / 1024, 300, "MB")


def now() -> datetime:
    return datetime(2027, 2, 12, 7, 5, tzinfo=UTC)


def later() -> datetime:
    return now() + timedelta(hours=12)


if __name__ == "__main__":
    sys.exit(main())
