"""How a line of the log is written: JSON or plain, in UTC. Nothing in it opens anything or names anybody: mail
addresses and secrets are taken out of every text.
"""

import logging
import re
import time

import structlog
from structlog.typing import EventDict, Processor

MAIL_ADDRESS = re.compile(r"[^\s<>\"(),:;=/]+@[^\s<>\"'(),:;/]+\.[A-Za-z]{2,}")
SECRETS = re.compile(r"\b(?:sk|rk|whsec)_\w+|\bAGE-SECRET-KEY-\w+|(?<=://)[^\s/@]*:[^\s/@]*(?=@)")
NAMES_A_PATH = ("django.request", "django.security")  # their text ends with the path that was asked for
NAMES_A_HOST = "django.security.DisallowedHost"  # but for this one
# What a line may say beside its text; whatever else a library attaches, such as a request, stays out.
SAID = ["method", "route", "status", "milliseconds", "user", "verb", "subject", "reason"]


def redact_text(text: str) -> str:
    """Return `text` without mail addresses, keys and passwords in URLs."""
    return MAIL_ADDRESS.sub("[address]", SECRETS.sub("[secret]", text))


def json_formatter() -> logging.Formatter:
    """Return a formatter that makes one line of JSON of each record, whatever library wrote it."""
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(allow=SAID),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.format_exc_info,
        _redact,
    ]
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=first, processors=last)


class MildLine(logging.Filter):
    """A filter that makes one line, a warning, of what Django logs as an error with its traceback: anybody may ask for
    a host that is not ours, and operators must see which, but nothing has failed.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record, and let it pass."""
        record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
        return True


class LineFormatter(logging.Formatter):
    """A formatter for people: moment, level, logger and text."""

    converter = time.gmtime  # type: ignore[assignment]  # a function in either case
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line with the record's text and its further values, redacted."""
        beside = [
            f"{name}={getattr(record, name)}" for name in SAID if getattr(record, name, None) is not None
        ]
        return redact_text(" ".join([super().format(record), *beside]))


def _redact(logger: object, name: str, event: EventDict) -> EventDict:
    logger_name = str(event.get("logger", ""))
    if logger_name.startswith(NAMES_A_PATH) and logger_name != NAMES_A_HOST:
        event["event"] = str(event["event"]).partition(":")[0]
    return {key: redact_text(value) if isinstance(value, str) else value for key, value in event.items()}
