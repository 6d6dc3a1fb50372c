"""Routes of the first visit, the account and the messages. The routes for signing in are allauth's,
also below /account/.
"""

from django.urls import path

from trainers.views import account, new_address, own_data

app_name = "trainers"
urlpatterns = [
    path("claim/", account.claim, name="claim"),
    path("claim/done/", account.claimed, name="claimed"),
    path("account/", account.account, name="account"),
    path("account/time-zone/", account.change_time_zone, name="change_time_zone"),
    path("account/reminders/", account.reminders, name="reminders"),
    path("reminders/stop/<str:token>/", account.unsubscribe, name="unsubscribe"),
    path("account/data/", own_data.page, name="data"),
    path("account/data/ask/", own_data.ask, name="ask_for_data"),
    path("account/data/file/", own_data.download, name="data_file"),
    path("account/erase/", own_data.erase, name="erase"),
    path("account/erase/confirm/", own_data.confirm, name="confirm_erasure"),
    path("account/erased/", own_data.erased, name="erased"),
    path("account/new-address/<str:token>/", new_address.new_address, name="new_address"),
    path("messages/", account.messages, name="messages"),
    path("messages/<int:pk>/", account.message, name="message"),
]
