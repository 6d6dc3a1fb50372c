"""The pages of Home, renewing, certificate, calendar feed and verification."""

from django.urls import path

from renewals.views import certificate, checking, correcting, feed, past, public, renewing, transcript

app_name = "renewals"
urlpatterns = [
    path("", public.front, name="front"),
    path("home/", renewing.home, name="home"),
    path("renew/", past.page, name="past"),
    path("renew/check/", renewing.check, name="check"),
    path("renew/start/", renewing.start, name="start"),
    path("renew/submit/", renewing.submit, name="submit"),
    path("renew/pay/return/", renewing.pay_return, name="pay_return"),
    path("renew/<str:reference>/", renewing.application, name="application"),
    path("renew/<str:reference>/pay/", renewing.pay, name="pay"),
    path("renew/<str:reference>/another-look/", renewing.another_look, name="another_look"),
    path("renew/<str:reference>/withdraw/", renewing.withdraw, name="withdraw"),
    path("renew/<str:reference>/correct/", correcting.correct, name="correct"),
    path("certificate/", certificate.page, name="certificate"),
    path("certificate.pdf", certificate.pdf, name="certificate_pdf"),
    path("certificate/<int:cycle>/", certificate.page_of_cycle, name="certificate_of_cycle"),
    path("certificate/<int:cycle>.pdf", certificate.pdf_of_cycle, name="certificate_of_cycle_pdf"),
    path("transcript/", transcript.page, name="transcript"),
    path("transcript.pdf", transcript.pdf, name="transcript_pdf"),
    path("transcript.csv", transcript.table, name="transcript_csv"),
    path("account/calendar/", feed.page, name="calendar"),
    path("account/calendar/dates.ics", feed.download, name="calendar_file"),
    path("account/calendar/new-address/", feed.replace, name="calendar_replace"),
    path("account/calendar/remove/", feed.remove, name="calendar_remove"),
    path("calendar/<str:token>.ics", feed.feed, name="feed"),
    path("verify/", checking.verify, name="verify"),
    path("verify/list/", checking.verify_list, name="verify_list"),
    path("verify/<str:number>/", checking.verified, name="verified"),
    path("v/<str:number>/", checking.verified, name="verify_short"),
    path("c/<str:code>/", checking.verified_by_code, name="verify_code"),
    path("calculator/", public.calculator, name="calculator"),
    path("start-again/", public.start_again, name="start_again"),
    path("how-renewal-works/", public.how, name="how"),
    path("how-renewal-works/all-rules/", public.rules, name="rules"),
]
