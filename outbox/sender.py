"""The sender of the outbox: it leases notices, checks that each is still due, sends it and sets its
final state (I9, I10).
"""

import logging
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from itertools import chain, groupby
from operator import attrgetter

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError
from django.db import connection as database

from core import clock, mail
from core.faults import faultpoint
from outbox.distance import Distances
from outbox.leases import ATTEMPTS, DIED, Lease, lease_rows
from outbox.models import Notice
from outbox.notices import kind_of, notice_kinds
from outbox.postbox import Answer, Outcome, Postbox, error_words
from outbox.recipients import is_unwanted, mark_refused, recipient_answers

log = logging.getLogger(__name__)
BATCH = 200
# Pauses after a refusal of this message; when the attempt after the last one fails too, the notice has failed.
BACKOFF = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6)]
PAUSE = timedelta(minutes=1)  # while the server has accepted no message at all
PATIENCE = timedelta(days=3)  # after that an answer of "later" counts as an attempt in any case
SERVER_TRIES = 3  # after so many messages in a row without a final answer, the fault is the server's
DATABASE_PAUSES = (1, 2, 4, 8, 16)  # seconds; together well within a lease
State = Notice.State
OPTIONAL = Notice.Urgency.OPTIONAL


def send_due(
    limit: int = BATCH, connection: BaseEmailBackend | None = None, *, seconds: float = math.inf
) -> Counter[str]:
    """Send what is due, batch after batch; return how many notices ended in which way.

    It stops when nothing is due, when the server accepts no mail, or after so many `seconds`, and
    releases its leases on the rest. It uses the configured mail server unless another `connection`
    is given.
    """
    tally: Counter[str] = Counter()
    until = time.monotonic() + seconds
    with Postbox(connection) as postbox:
        while True:
            lease = lease_rows(Notice.objects.select_related("trainer"), limit)
            if not lease.leased:
                return tally
            faultpoint("sender.claimed")
            goes_on = _Round(lease, postbox, tally, until).run()
            if not goes_on:
                faultpoint("sender.releasing")
                tally["released"] += lease.release()
                return tally


class _Round:
    """The work on one leased batch, until each of its notices has ended or is left for later."""

    def __init__(self, lease: Lease[Notice], postbox: Postbox, tally: Counter[str], until: float) -> None:
        self.lease = lease
        self.postbox = postbox
        self.tally = tally
        self.until = until  # by the monotonic clock

    def run(self) -> bool:
        """Send the batch; return False when the server accepts no mail, the lease is lost or time is up."""
        contexts = self._still_due()
        faultpoint("sender.checked")
        self.distances = Distances(notice for notice in self.lease.leased if notice.pk in contexts)
        for notice in self.lease.leased:
            if notice.pk not in contexts or self._postpone_for_distance(notice):
                continue
            if not self._attempt(notice, contexts[notice.pk]):
                return False
            if time.monotonic() > self.until:
                return False
        return time.monotonic() <= self.until

    def _still_due(self) -> dict[int, Mapping[str, object]]:
        """Return the context of each notice that is to be sent; every other notice of the batch
        gets its final state here.
        """
        contexts: dict[int, Mapping[str, object]] = {}
        sendable = [notice for notice in self.lease.leased if self._is_sendable(notice)]
        for code, group in groupby(sorted(sendable, key=attrgetter("kind")), key=attrgetter("kind")):
            for notice, answer in _contexts_of_group(code, list(group)):
                if isinstance(answer, Exception):
                    self._own_fault(notice, answer)
                elif answer is None:
                    faultpoint("sender.superseding")
                    self._end(notice, State.SUPERSEDED)
                else:
                    contexts[notice.pk] = answer
        return contexts

    def _is_sendable(self, notice: Notice) -> bool:
        if notice.attempts >= ATTEMPTS:
            self._end(notice, State.FAILED, last_error=DIED)
        elif not _may_hear(notice) or is_unwanted(notice):
            self._end(notice, State.SUPPRESSED)
        else:
            return True
        return False

    def _postpone_for_distance(self, notice: Notice) -> bool:
        """Postpone a notice that comes too soon after another reminder; return whether it was
        postponed.

        It waits for a later day, when `still_due` is asked again; or a minute, while another sender
        has leased a reminder to the same trainer.
        """
        if self.distances.is_leased_elsewhere(notice):
            self._put_off(notice, notice.attempts, PAUSE, notice.last_error)
            return True
        wait_until = self.distances.wait_until(notice)
        if wait_until:
            self.lease.write(notice, send_at=wait_until, retry_at=None, leased_until=None)
            self.tally["too soon"] += 1
        return wait_until is not None

    def _attempt(self, notice: Notice, context: Mapping[str, object]) -> bool:
        """Send one notice; return False when no more of this batch may be sent."""
        to = notice.to_address or notice.trainer.email
        try:
            stop = recipient_answers().unsubscribe_link(notice.trainer) if notice.urgency == OPTIONAL else ""
            template = kind_of(notice.kind).template
            written = mail.render_mail(template, context, unsubscribe_link=stop)
            message = mail.build_message(
                written, to=to, message_id=notice.message_id, at=clock.now(), unsubscribe_link=stop
            )
            outcome = self._deliver(notice, message)
        except (OperationalError, InterfaceError):
            raise  # the database is gone, which is no fault of this message
        except Exception as error:  # noqa: BLE001 (whatever is wrong with one message, the others go on)
            self._own_fault(notice, error)
            return True
        copy = {"to_address": to, "title": written.title, "text": written.text, "html": written.html}
        return outcome is not None and self._conclude(notice, outcome, copy)

    def _deliver(self, notice: Notice, message: EmailMessage) -> Outcome | None:
        """Give the message to the server and return its answer; None when the server cannot be
        reached or the lease is lost.
        """
        closed = self.postbox.open()
        if closed:
            log.warning("the mail server cannot be reached: %s", closed.words)
            return None
        faultpoint("sender.opened")
        return self.postbox.send(message) if self.lease.keep_lease(notice) else None

    def _conclude(self, notice: Notice, outcome: Outcome, copy: dict[str, str]) -> bool:
        """Record what became of a notice; return False when the server accepts no mail."""
        if outcome.answer is Answer.ACCEPTED:
            faultpoint("sender.accepted")
            self._end(notice, State.SENT, last_error="", **copy)
            faultpoint("sender.ended")
            self.distances.remember(notice)
            recipient_answers().unmark_if_sent_again(notice, address=copy["to_address"], at=clock.now())
        elif outcome.answer is Answer.REFUSED:
            faultpoint("sender.refused")
            if outcome.no_mailbox:
                words = outcome.no_mailbox[:3] if notice.private else outcome.no_mailbox
                mark_refused(notice, address=copy["to_address"], words=words, at=clock.now())
                faultpoint("sender.marked")
            self._end(notice, State.FAILED, last_error=outcome.words, **copy)
        else:
            self._later(notice, outcome, copy)
            return outcome.answer is Answer.LATER and self.postbox.in_vain < SERVER_TRIES
        return True

    def _later(self, notice: Notice, outcome: Outcome, copy: dict[str, str]) -> None:
        """Postpone a notice. The attempt counts only when another message was delivered, so that a
        notice never fails because the server was down.
        """
        log.warning("notice %s: %s", notice.pk, outcome.words)
        faultpoint("sender.delayed")
        lasting = outcome.answer is Answer.LATER and clock.now() - notice.send_at > PATIENCE
        if self.postbox.has_delivered or lasting:
            self._count(notice, outcome.words, copy)
        else:
            self._put_off(notice, notice.attempts, PAUSE, outcome.words)

    def _own_fault(self, notice: Notice, error: Exception) -> None:
        log.error("notice %s cannot be written", notice.pk, exc_info=error)
        self._count(notice, error_words(error), {})

    def _count(self, notice: Notice, words: str, copy: dict[str, str]) -> None:
        attempts = notice.attempts + 1
        if attempts >= ATTEMPTS:
            self._end(notice, State.FAILED, attempts=attempts, last_error=words, **copy)
        else:
            self._put_off(notice, attempts, BACKOFF[notice.attempts - self.lease.died], words)

    def _put_off(self, notice: Notice, attempts: int, pause: timedelta, words: str) -> None:
        waiting = {"attempts": attempts, "retry_at": clock.now() + pause, "last_error": words}
        self.lease.write(notice, **waiting, leased_until=None)
        self.tally["put off"] += 1

    def _end(self, notice: Notice, state: str, **changes: object) -> None:
        changes |= {"state": state, "ended_at": clock.now(), "leased_until": None, "retry_at": None}
        if notice.private:
            changes |= {"payload": {}, "title": "", "text": "", "html": ""}
        asked_at = time.monotonic()
        ended = _insist(lambda: self.lease.write(notice, **changes))
        if ended:
            # The row was still leased by us, so the lease need not be checked again.
            self.lease.asked_at = asked_at
        self.tally[state if ended else "lost"] += 1


def _may_hear(notice: Notice) -> bool:
    """Return whether the notice may be sent: the account is open, or its kind is a `last_word`."""
    return notice.trainer.is_active or any(
        kind.kind == notice.kind and kind.last_word for kind in notice_kinds()
    )


def _contexts_of_group(
    code: str, group: list[Notice]
) -> Iterable[tuple[Notice, Mapping[str, object] | Exception | None]]:
    """Yield each notice with its context, with None when it is no longer due, or with the exception
    that its kind raised.

    The kind is asked once for the whole group. When that raises, it is asked for each notice alone,
    so that one bad row stops only its own notice.
    """
    try:
        found = kind_of(code).contexts_due(group)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 (a kind of any app may fail in any way)
        if len(group) == 1:
            return [(group[0], error)]
        return chain.from_iterable(_contexts_of_group(code, [notice]) for notice in group)
    return [(notice, found.get(notice.pk)) for notice in group]


def _insist(write: Callable[[], int]) -> int:
    """Repeat a write until the database accepts it: the mail has been sent, and only its row can
    record that.
    """
    for pause in DATABASE_PAUSES:
        try:
            return write()
        except (OperationalError, InterfaceError) as error:
            log.warning("the database is away: %s", error)
            database.close()
            time.sleep(pause)
    return write()
