"""Which address a request counts for, whatever was written into X-Forwarded-For."""

import pytest

from recert.middleware import client_address

ADDRESSES = [
    # proxies, X-Forwarded-For, the address
    (0, "203.0.113.9", "127.0.0.1"),
    (1, "192.0.2.1", "192.0.2.1"),
    (1, "203.0.113.9, 192.0.2.1", "192.0.2.1"),
    (1, "203.0.113.9,198.51.100.7 ,\t192.0.2.1", "192.0.2.1"),
    (2, "203.0.113.9, 192.0.2.1, 198.51.100.7", "192.0.2.1"),
    (2, "192.0.2.1, 198.51.100.7", "192.0.2.1"),
    (2, "192.0.2.1", "192.0.2.1"),  # it came by the inner proxy alone
    (1, "", "127.0.0.1"),
    (1, "203.0.113.9, unknown", "127.0.0.1"),
    (1, "203.0.113.9,", "127.0.0.1"),
    (1, "192.0.2.1:51234", "192.0.2.1"),
    (1, "[2001:db8::1]:51234", "2001:db8::1"),
    (1, "[2001:db8::1]", "2001:db8::1"),
    (1, "2001:DB8:0::1", "2001:db8::1"),
    (1, "::ffff:192.0.2.1", "192.0.2.1"),
    (1, "٣.0.2.1", "127.0.0.1"),
    (1, "1," * 9000 + "192.0.2.1", "192.0.2.1"),
]


@pytest.mark.parametrize(("proxies", "forwarded_for", "address"), ADDRESSES)
def test_the_client_address_is_the_entry_added_by_our_outermost_proxy(proxies, forwarded_for, address):
    assert client_address(peer="127.0.0.1", forwarded_for=forwarded_for, proxies=proxies) == address


def test_without_a_proxy_the_client_address_is_the_peer_or_localhost_on_a_unix_socket():
    assert client_address(peer="::ffff:192.0.2.1", forwarded_for="203.0.113.9", proxies=0) == "192.0.2.1"
    assert client_address(peer="", forwarded_for="", proxies=0) == "127.0.0.1"
