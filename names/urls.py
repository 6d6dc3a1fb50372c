"""Routes for changing one's own name, below the account."""

from django.urls import path

from names import views

app_name = "names"
urlpatterns = [
    path("account/name/", views.change_name, name="change"),
    path("account/name/withdraw/", views.withdraw_page, name="withdraw"),
]
