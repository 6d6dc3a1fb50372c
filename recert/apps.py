from django.apps import AppConfig
from django.conf import settings


class RecertConfig(AppConfig):
    name = "recert"
    verbose_name = "Portal"

    def ready(self) -> None:
        from recert import idle, logs, outages  # they register receivers

        if settings.SENTRY_DSN:
            from recert.error_reports import start_error_reports

            start_error_reports()
        if settings.TRACES_URL:
            from recert.traces import start_traces

            start_traces()
