"""The embedded broker: kombu's folder of messages, read so that one taken while it is being written stops nobody."""

from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES
from kombu.transport.filesystem import Channel, Transport


class PatientChannel(Channel):  # type: ignore[misc]
    """A worker that meets half a message would end, and the portal with it; a lost message costs one interval (F8)."""

    def _get(self, queue: str) -> Any:
        try:
            return super()._get(queue)
        except ValueError:
            raise Empty from None


class PatientTransport(Transport):  # type: ignore[misc]
    Channel = PatientChannel


def use_patient_transport() -> None:
    """From now on `filesystem://` means this one."""
    TRANSPORT_ALIASES["filesystem"] = "recert.broker:PatientTransport"
