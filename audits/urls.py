"""The pages of a trainer's audits and the public pages of the draw."""

from django.urls import path

from audits.views import answering, draws

app_name = "audits"
urlpatterns = [
    path("audits/draws/", draws.list_draws, name="draws"),
    path("audits/draws/<str:code>.jsonl", draws.draw_file, name="draw_file"),
    path("audit/<str:ref>/", answering.audit_page, name="audit"),
    path("audit/<str:ref>/send/", answering.send_page, name="send"),
    path("audit/<str:ref>/more-time/", answering.more_time, name="more_time"),
    path("audit/<str:ref>/documents/<int:pk>/", answering.document_page, name="document"),
    path("audit/<str:ref>/documents/<int:pk>/unavailable/", answering.unavailable_page, name="unavailable"),
]
