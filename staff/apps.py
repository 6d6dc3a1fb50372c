"""The app configurations of the staff side: its admin site, and the app that loads its rooms."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class StaffSiteConfig(AdminConfig):
    default_site = "staff.site.StaffSite"


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "Staff"

    def ready(self) -> None:
        from staff import digest, mentions, roles
        from staff.reports import weekly

        # Django sends it only for apps that have models, and this one has none.
        post_migrate.connect(roles.ensure_groups, sender=apps.get_app_config("renewals"))
