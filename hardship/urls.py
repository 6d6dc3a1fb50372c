"""Routes of a trainer's pages for extensions and waivers."""

from django.urls import path

from hardship import views

app_name = "hardship"
urlpatterns = [
    path("more-time/", views.list_reliefs, name="reliefs"),
    path("more-time/ask/", views.ask_page, name="ask"),
    path("more-time/<int:pk>/", views.relief_page, name="relief"),
    path("more-time/<int:pk>/withdraw/", views.withdraw_page, name="withdraw"),
]
