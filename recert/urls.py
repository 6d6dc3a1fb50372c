"""Every route of the portal. Each view declares who may use it; `core.access` does so for routes of
other packages.
"""

from allauth.account import views as account_views
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from api.views import api_docs_page
from core.access import public
from outbox import bounces
from recert import branding, health, metrics, views
from recert.api import portal_api
from staff.people import joining

pages = [
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility_page, name="accessibility"),
    path("unsent/", views.unsent_answers, name="unsent"),
    path("privacy/", views.privacy_page, name="privacy"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("api/docs/", api_docs_page, name="api_docs"),
    path("organisation.css", branding.organisation_stylesheet, name="organisation_css"),
    path("organisation/icon.svg", branding.organisation_icon, name="organisation_icon"),
    path("organisation/logo.png", branding.organisation_logo, name="organisation_logo"),
]
urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics_page, name="metrics"),
    path("favicon.ico", views.favicon_redirect, name="favicon"),
    path("staff/login/", views.staff_login, name="staff_login"),
    path("staff/logout/", public(account_views.logout), name="staff_logout"),
    path("staff/join/<str:token>/", joining.join_page, name="staff_join"),
    path("staff/", admin.site.urls),
    path("", include((pages, "pages"))),
    path("", include("badges.urls")),
    path("", include("trainers.urls")),
    path("", include("names.urls")),
    path("", include("hardship.urls")),
    # Not allauth.urls: staff sign in at their organisation by our pages (trainers/views/oidc.py) and no others.
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("", include("documents.urls")),
    path("", include("payments.urls")),
    path("", include("ceus.urls")),
    path("", include("petitions.urls")),
    path("", include("providers.urls")),
    path("api/v1/", portal_api.urls),
    path("", include("audits.urls")),
    path("", include("renewals.urls")),
    path("", include("journal.urls")),
    path("", include("employers.urls")),
]
if settings.EMAIL_PROVIDER:
    urlpatterns.append(path("mail/events/", bounces.provider_view(), name="mail_events"))

handler400 = views.bad_request
handler403 = views.forbidden_page
handler404 = views.not_found
handler500 = views.server_error
