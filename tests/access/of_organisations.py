"""The parts of the addresses of an organisation's side."""

TOKENS = ("url", "staff_join.token", "providers:join.token", "employers:join.token", "employers:share.token")
# What Jordan has nothing of: an organisation's own rows, which are absent for everybody here.
OF_A_PROVIDER = {
    **{
        f"providers:{name}.ref": "B-NOTHING"
        for name in (*("batch", "withdraw"), *("withdraw_request", "pay_request", "pay_return"))
    },
    **{f"providers:{name}.pk": 0 for name in ("correct", "take_back", "rotate_key", "revoke_key", "webhook")},
    "providers:longer.slug": "no-such-course",
    **{f"employers:{name}.code": "0" * 32 for name in ("widget", "widget_svg", "widget_json")},
    **{f"employers:{name}.pk": 0 for name in ("rotate_key", "revoke_key")},
}
