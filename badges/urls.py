"""The address at which everybody finds the portal's public keys."""

from django.urls import path

from badges import views

app_name = "badges"
urlpatterns = [path(".well-known/did.json", views.did_page, name="did")]
