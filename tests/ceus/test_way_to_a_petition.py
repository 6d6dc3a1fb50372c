"""Whoever does not find a course finds how to have it counted, and what that costs (S9, S10)."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/courses/", "/petitions/new/"),
        ("/courses/?q=zzzz+%26+more", "/petitions/new/?title=zzzz%20%26%20more"),
        ("/providers/?q=zzzz", "/petitions/new/"),
        ("/help/", "/petitions/new/"),
    ],
)
def test_a_petition_is_found_with_its_price_from_the_catalogue_an_empty_search_and_help(client, path, link):
    html = client.get(path).content.decode()
    assert f'href="{link}"' in html
    assert "It costs $25." in html
