"""The embedded broker: kombu's folder of messages, changed so that it survives reading a message
that is still being written; and how its worker ends.
"""

import os
from queue import Empty
from time import sleep

from kombu.transport import TRANSPORT_ALIASES
from kombu.transport.filesystem import Channel, Transport

LOOK_AGAIN = 0.02  # seconds


class PatientChannel(Channel):
    """A channel that treats a half-written message as no message; otherwise the worker would end.

    A lost message costs one interval of the schedule (F8).
    """

    def _get(self, queue: str, timeout: float | None = None) -> object:
        try:
            return super()._get(queue)  # type: ignore[no-untyped-call]  # kombu has no types
        except ValueError:
            raise Empty from None


class PatientTransport(Transport):
    Channel = PatientChannel


def use_patient_transport() -> None:
    """Register the patient transport for `filesystem://`."""
    TRANSPORT_ALIASES["filesystem"] = "recert.broker:PatientTransport"


def end_when_idle() -> None:
    """End this worker, which is to stop, once no task runs.

    Celery's own loop, beat, pool and timer wait one after the other before they look whether they are to
    stop, six seconds in all. A message that is lost costs one interval of the schedule (F8).
    """
    from celery.worker import state  # here: web processes know the broker, too, and need no worker

    while state.reserved_requests:  # those that run are among them
        sleep(LOOK_AGAIN)
    os._exit(0)
