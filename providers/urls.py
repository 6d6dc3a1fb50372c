"""The pages of a provider's side."""

from django.urls import path

from providers.views import (
    batches,
    becoming,
    home,
    joining,
    keys,
    paying,
    reporting,
    requesting,
    webhooks,
    xapi,
)

app_name = "providers"
urlpatterns = [
    path("become-a-provider/", becoming.become_provider, name="become"),
    path("provider/", home.provider_home, name="home"),
    path("provider/join/<str:token>/", joining.join_provider, name="join"),
    path("provider/report/", reporting.report_typed_numbers, name="report"),
    path("provider/report/file/", reporting.by_file, name="report_file"),
    path("provider/reports/", batches.list_batches, name="batches"),
    path("provider/reports/<str:ref>/", batches.batch_page, name="batch"),
    path("provider/reports/<str:ref>/withdraw/", batches.withdraw_page, name="withdraw"),
    path("provider/completions/<int:pk>/correct/", batches.correct_page, name="correct"),
    path("provider/completions/<int:pk>/take-back/", batches.take_back, name="take_back"),
    path("provider/requests/", requesting.list_requests, name="requests"),
    path("provider/requests/new/", requesting.ask_for_course, name="ask"),
    path("provider/requests/<str:ref>/pay/", paying.pay_request, name="pay_request"),
    path("provider/requests/<str:ref>/paid/", paying.pay_return, name="pay_return"),
    path("provider/requests/<str:ref>/withdraw/", requesting.withdraw_request, name="withdraw_request"),
    path("provider/keys/", keys.list_keys, name="keys"),
    path("provider/keys/<int:pk>/replace/", keys.replace_key, name="rotate_key"),
    path("provider/keys/<int:pk>/revoke/", keys.revoke_page, name="revoke_key"),
    path("provider/webhooks/", webhooks.list_webhooks, name="webhooks"),
    path("provider/webhooks/<int:pk>/", webhooks.show_webhook, name="webhook"),
    path("api/xapi/about", xapi.about_xapi, name="xapi_about"),
    path("api/xapi/statements", xapi.take_statements, name="xapi"),
    path("provider/courses/<slug:slug>/longer/", requesting.ask_for_longer_approval, name="longer"),
]
