"""The project package as an app (commands, template words, guards), and the staff side's admin site."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class RecertConfig(AppConfig):
    name = "recert"
    verbose_name = "Portal"

    def ready(self) -> None:
        from recert import groups, guards

        # An AlterField on SQLite silently drops the table's triggers (F3), so every migration run ends with this.
        # Sent for an app with models: for one without, such as this, Django never sends it.
        post_migrate.connect(guards.ensure_installed, sender=apps.get_app_config("trainers"))
        post_migrate.connect(groups.ensure_groups, sender=apps.get_app_config("renewals"))


class StaffSiteConfig(AdminConfig):
    default_site = "recert.staff.StaffSite"
