"""The pages of a trainer's petitions."""

from django.urls import path

from petitions.views import following, writing

app_name = "petitions"
urlpatterns = [
    path("petitions/", writing.list_petitions, name="list"),
    path("petitions/new/", writing.write_petition, name="new"),
    path("petitions/<str:ref>/", following.petition_page, name="petition"),
    path("petitions/<str:ref>/change/", writing.change_petition, name="change"),
    path("petitions/<str:ref>/check/", writing.check_petition, name="check"),
    path("petitions/<str:ref>/send/", writing.send_page, name="send"),
    path("petitions/<str:ref>/pay/", writing.pay_petition, name="pay"),
    path("petitions/<str:ref>/pay/return/", writing.pay_return, name="pay_return"),
    path("petitions/<str:ref>/answer/", following.answer_page, name="answer"),
    path("petitions/<str:ref>/more-time/", following.more_time, name="more_time"),
    path("petitions/<str:ref>/another-look/", following.another_look, name="another_look"),
    path("petitions/<str:ref>/withdraw/", following.withdraw_page, name="withdraw"),
]
