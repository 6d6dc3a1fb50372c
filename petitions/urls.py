"""The pages of a trainer's petitions."""

from django.urls import path

from petitions.views import following, writing

app_name = "petitions"
urlpatterns = [
    path("petitions/", writing.petitions, name="list"),
    path("petitions/new/", writing.new, name="new"),
    path("petitions/<str:ref>/", following.petition, name="petition"),
    path("petitions/<str:ref>/change/", writing.change, name="change"),
    path("petitions/<str:ref>/check/", writing.check, name="check"),
    path("petitions/<str:ref>/send/", writing.send, name="send"),
    path("petitions/<str:ref>/pay/", writing.pay, name="pay"),
    path("petitions/<str:ref>/pay/return/", writing.pay_return, name="pay_return"),
    path("petitions/<str:ref>/answer/", following.answer, name="answer"),
    path("petitions/<str:ref>/more-time/", following.more_time, name="more_time"),
    path("petitions/<str:ref>/another-look/", following.another_look, name="another_look"),
    path("petitions/<str:ref>/withdraw/", following.withdraw, name="withdraw"),
]
