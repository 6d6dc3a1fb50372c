from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "History"

    def ready(self) -> None:
        from core import prefixes, triggers  # prefixes registers its lookup

        pre_migrate.connect(triggers.make_way, sender=self)
        # An AlterField on SQLite silently drops the table's triggers (F3), so every migration run ends with this.
        post_migrate.connect(triggers.ensure_installed, sender=self)
