from django.apps import AppConfig
from django.conf import settings


class OutboxConfig(AppConfig):
    name = "outbox"
    verbose_name = "Messages"

    def ready(self) -> None:
        from outbox import letters, resending

        if settings.EMAIL_PROVIDER:
            from outbox import bounces

            bounces.connect_provider()
        if settings.EMAIL_BY_PROVIDER:
            from outbox import provider

            provider.check_provider()
