"""The log lines of gunicorn itself, in the portal's format. Nothing here loads the settings (gunicorn.conf.py says why)."""

from gunicorn.glogging import Logger

from recert.log_format import LineFormatter, json_formatter


class PortalLog(Logger):
    """gunicorn's log. Its access log stays off: it holds whole paths, and `recert.logs` writes the requests."""

    is_json = False

    def setup(self, cfg: object) -> None:
        """Write starts, stops and errors in the format of LOG_FORMAT."""
        super().setup(cfg)
        formatter = json_formatter() if self.is_json else LineFormatter()
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter)
