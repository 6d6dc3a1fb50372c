"""The pages of a provider's side."""

from django.urls import path

from providers.views import api_docs, batches, home, joining, keys, paying, reporting, requesting, xapi

app_name = "providers"
urlpatterns = [
    path("provider/", home.home, name="home"),
    path("provider/join/<str:token>/", joining.join, name="join"),
    path("provider/report/", reporting.typed, name="report"),
    path("provider/report/file/", reporting.by_file, name="report_file"),
    path("provider/reports/", batches.batches, name="batches"),
    path("provider/reports/<str:ref>/", batches.batch, name="batch"),
    path("provider/reports/<str:ref>/withdraw/", batches.withdraw, name="withdraw"),
    path("provider/completions/<int:pk>/correct/", batches.correct, name="correct"),
    path("provider/completions/<int:pk>/take-back/", batches.take_back, name="take_back"),
    path("provider/requests/", requesting.requests, name="requests"),
    path("provider/requests/new/", requesting.ask, name="ask"),
    path("provider/requests/<str:ref>/pay/", paying.pay_request, name="pay_request"),
    path("provider/requests/<str:ref>/paid/", paying.pay_return, name="pay_return"),
    path("provider/requests/<str:ref>/withdraw/", requesting.withdraw_request, name="withdraw_request"),
    path("provider/keys/", keys.keys, name="keys"),
    path("provider/keys/<int:pk>/replace/", keys.rotate, name="rotate_key"),
    path("provider/keys/<int:pk>/revoke/", keys.revoke, name="revoke_key"),
    path("api/xapi/about", xapi.about, name="xapi_about"),
    path("api/xapi/statements", xapi.statements, name="xapi"),
    path("api/docs/", api_docs.docs, name="api_docs"),
    path("provider/courses/<slug:slug>/longer/", requesting.longer, name="longer"),
]
