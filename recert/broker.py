"""The embedded broker: kombu's folder of messages, changed so that it survives reading a message
that is still being written.
"""

from queue import Empty

from kombu.transport import TRANSPORT_ALIASES
from kombu.transport.filesystem import Channel, Transport


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
