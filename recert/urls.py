"""Every route of the portal. Each view declares who may use it; `core.access` does so for routes of
other packages.
"""

from allauth.account import views as account_views
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from core.access import public
from outbox import bounces
from providers.api import api
from recert import branding, health, metrics, views
from staff.people import joining

pages = [
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("unsent/", views.unsent, name="unsent"),
    path("privacy/", views.privacy, name="privacy"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("organisation.css", branding.stylesheet, name="organisation_css"),
    path("organisation/icon.svg", branding.icon, name="organisation_icon"),
    path("organisation/logo.png", branding.logo, name="organisation_logo"),
]
urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("staff/login/", views.staff_login, name="staff_login"),
    path("staff/logout/", public(account_views.logout), name="staff_logout"),
    path("staff/join/<str:token>/", joining.join_page, name="staff_join"),
    path("staff/", admin.site.urls),
    path("", include((pages, "pages"))),
    path("", include("trainers.urls")),
    path("", include("names.urls")),
    path("", include("hardship.urls")),
    path("account/", include("allauth.urls")),
    path("", include("documents.urls")),
    path("", include("payments.urls")),
    path("", include("ceus.urls")),
    path("", include("petitions.urls")),
    path("", include("providers.urls")),
    path("api/v1/", api.urls),
    path("", include("audits.urls")),
    path("", include("renewals.urls")),
]
if settings.EMAIL_PROVIDER:
    urlpatterns.append(path("mail/events/", bounces.provider_view(), name="mail_events"))

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
