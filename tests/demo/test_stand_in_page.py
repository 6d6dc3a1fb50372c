"""The practice payment page: clearly practice, no card number, a button for each answer of a bank."""

from html.parser import HTMLParser

import pytest

from tests.demo.scenes import PAGE, browse


class Fields(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.inputs, self.buttons = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag in ("input", "select", "textarea"):
            self.inputs.append(dict(attrs))
        if tag == "button":
            self.buttons.append(dict(attrs)["value"])


def test_the_payment_page_says_that_it_is_for_practice_and_asks_for_no_card(stand_in, sdk):
    status, html, headers = browse(sdk.checkout.sessions.create(PAGE).url)
    fields = Fields()
    fields.feed(html)
    assert status == 200
    assert "<h1>Practice payment page — no card needed</h1>" in html
    assert "Pay $99</button>" in html
    assert fields.buttons == ["pay", "decline", "slow"]
    assert fields.inputs == []
    assert {"script", "style"} & set(fields.tags) == set()
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "form-action 'self' http://portal.example;" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("act", ["pay", "slow"])
def test_after_paying_the_browser_is_redirected_back_to_the_portal(act, page):
    status, _, headers = browse(page.url, do=act)
    assert (status, headers["Location"]) == (303, f"http://portal.example/return/?page={page.id}")


def test_after_a_declined_payment_the_page_says_so_and_can_still_be_paid(sdk, page):
    status, _, headers = browse(page.url, do="decline")
    assert (status, headers["Location"]) == (303, f"/pay/{page.id}")
    assert "The bank said no. Nothing was charged." in browse(page.url)[1]
    browse(page.url, do="pay")
    assert sdk.checkout.sessions.retrieve(page.id).payment_status == "paid"


@pytest.mark.parametrize(
    ("acts", "heading"),
    [
        (["pay"], "This is paid"),
        (["slow"], "The bank is thinking"),
        (["slow", "bank_no"], "The bank said no"),
        (["unknown"], "Practice payment page — no card needed"),
    ],
)
def test_each_state_of_the_payment_page_has_its_own_heading(acts, heading, page):
    url = page.url
    for act in acts:
        browse(url, do=act)
    assert f"<h1>{heading}</h1>" in browse(url)[1]


def test_paying_the_same_stand_in_page_twice_pays_once(stand_in, mailbox, sdk):
    url = sdk.checkout.sessions.create(PAGE).url
    browse(url, do="pay")
    browse(url, do="pay")
    stand_in.deliver_due()
    assert mailbox.kinds() == ["checkout.session.completed"]


def test_a_description_with_markup_is_escaped(sdk):
    product = {"currency": "usd", "unit_amount": 9900, "product_data": {"name": "<script>x</script>"}}
    page = sdk.checkout.sessions.create({**PAGE, "line_items": [{"price_data": product, "quantity": 1}]})
    assert "&lt;script&gt;" in browse(page.url)[1]


@pytest.mark.parametrize("path", ["/pay/cs_test_none", "/", "/favicon.ico", "/pay/"])
def test_unknown_urls_of_the_stand_in_give_404(stand_in, path):
    assert browse(f"{stand_in.base}{path}")[0] == 404
