from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        from webhooks.events import register_event

        register_event("journal.entry", "A renewal or money: a new row of the journal")
