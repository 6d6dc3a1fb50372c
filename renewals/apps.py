from django.apps import AppConfig


class RenewalsConfig(AppConfig):
    name = "renewals"
    verbose_name = "Renewals"

    def ready(self) -> None:
        from renewals import badge_notices, circumstances, due_notices, notices, tasks
        from renewals.reminders import notices as reminders
        from renewals.services import extending
