"""The address at which programs read the journal."""

from django.urls import path

from journal import views

app_name = "journal"
urlpatterns = [path("api/journal/entries", views.entries, name="entries")]
