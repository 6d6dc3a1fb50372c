"""The pages of the catalogue and of a trainer's own courses."""

from django.urls import path

from ceus.views import card, catalogue, logging, records

app_name = "ceus"
urlpatterns = [
    path("courses/", catalogue.courses, name="courses"),
    path("courses/<slug:slug>/", catalogue.course, name="course"),
    path("providers/", catalogue.providers, name="providers"),
    path("providers/<slug:slug>/", catalogue.provider, name="provider"),
    path("my-courses/", records.my_courses, name="my_courses"),
    path("my-courses/add/", logging.log, name="find"),
    path("my-courses/add/<slug:slug>/", logging.log, name="log"),
    path("my-courses/<int:pk>/", records.record, name="record"),
    path("my-courses/<int:pk>/change/", records.change, name="change"),
    path("my-courses/<int:pk>/remove/", records.remove, name="remove"),
    path("card/", card.card, name="card"),
    path("cpr/", card.moved, name="card_before"),
]
