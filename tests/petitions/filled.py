"""The first page of a petition, filled in."""

from tests.ceus.filled import a_day

FACTS = {
    "title": "Kettlebell Biomechanics",
    "provider_name": "Northside Barbell Club",
    "provider_link": "www.northside.example",
    **a_day("began_on", "1/9/2027"),
    **a_day("completed_on", "1/10/2027"),
    "hours": "4.5",
    "learned": "Hip hinge mechanics, and how to load them.",
    "instructor": "Ana Lee, MS, CSCS",
}
ONLY_A_NAME = {"title": "Kettlebell Biomechanics", "provider_name": "Northside Barbell Club"}
