"""The pages of the catalogue and of a trainer's own courses."""

from django.urls import path

from ceus.views import card, catalogue, held_cards, logging, records

app_name = "ceus"
urlpatterns = [
    path("courses/", catalogue.list_courses, name="courses"),
    path("courses/<slug:slug>/", catalogue.course_page, name="course"),
    path("providers/", catalogue.list_providers, name="providers"),
    path("providers/<slug:slug>/", catalogue.provider_page, name="provider"),
    path("my-courses/", records.my_courses, name="my_courses"),
    path("my-courses/add/", logging.log_page, name="find"),
    path("my-courses/add/<slug:slug>/", logging.log_page, name="log"),
    path("my-courses/<int:pk>/", records.record_page, name="record"),
    path("my-courses/<int:pk>/change/", records.change_page, name="change"),
    path("my-courses/<int:pk>/remove/", records.remove_page, name="remove"),
    path("cards/", held_cards.list_cards, name="cards"),
    path("cards/add/", held_cards.add_card, name="add_card"),
    path("cards/<int:pk>/remove/", held_cards.remove_held_card, name="remove_card"),
    path("card/", card.card_page, name="card"),
    path("cpr/", card.card_moved, name="card_before"),
]
