"""Routes of the first visit, the account and the messages. The routes for signing in are allauth's,
also below /account/.
"""

from django.urls import path

from trainers.views import account, facts, new_address, oidc, own_data

app_name = "trainers"
urlpatterns = [
    path("claim/", account.claim_account, name="claim"),
    path("claim/done/", account.first_password_page, name="claimed"),
    path("account/", account.account_page, name="account"),
    path("account/oidc/", oidc.start_oidc, name="oidc_start"),
    path("account/oidc/callback/", oidc.oidc_callback, name="oidc_callback"),
    path("account/oidc/signed-out/", oidc.oidc_signed_out, name="oidc_signed_out"),
    path("account/time-zone/", account.change_time_zone, name="change_time_zone"),
    path("account/facts/", facts.facts_page, name="facts"),
    path("account/reminders/", account.reminder_wishes, name="reminders"),
    path("reminders/stop/<str:token>/", account.stop_reminders, name="unsubscribe"),
    path("account/data/", own_data.own_data_page, name="data"),
    path("account/data/ask/", own_data.ask_for_own_data, name="ask_for_data"),
    path("account/data/file/", own_data.download_own_data, name="data_file"),
    path("account/erase/", own_data.ask_for_erasure, name="erase"),
    path("account/erase/confirm/", own_data.confirm_erasure, name="confirm_erasure"),
    path("account/erased/", own_data.erased_page, name="erased"),
    path("account/new-address/<str:token>/", new_address.new_address, name="new_address"),
    path("messages/", account.list_messages, name="messages"),
    path("messages/<int:pk>/", account.message_page, name="message"),
]
