"""The log lines of gunicorn itself, in the portal's format."""

from django.conf import settings
from gunicorn.glogging import Logger

from recert.log_format import LineFormatter, json_formatter


class PortalLog(Logger):
    """gunicorn's log. Its access log stays off: it holds whole paths, and `recert.logs` writes the requests."""

    def setup(self, cfg: object) -> None:
        """Write starts, stops and errors in the format of LOG_FORMAT."""
        super().setup(cfg)
        formatter = json_formatter() if settings.LOG_FORMAT == "json" else LineFormatter()
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter)
