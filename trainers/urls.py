"""Routes of the first visit, the account and the messages. Those of signing in are allauth's, also
below /account/.
"""

from django.urls import path

from trainers import views

app_name = "trainers"
urlpatterns = [
    path("claim/", views.claim, name="claim"),
    path("claim/done/", views.claimed, name="claimed"),
    path("account/", views.account, name="account"),
    path("account/time-zone/", views.change_time_zone, name="change_time_zone"),
    path("account/reminders/", views.reminders, name="reminders"),
    path("reminders/stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("account/data/", views.download_data, name="data"),
    path("messages/", views.messages, name="messages"),
    path("messages/<int:pk>/", views.message, name="message"),
]
