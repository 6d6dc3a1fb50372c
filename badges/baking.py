"""Put a signed badge into a picture, and read it from one."""


def bake_into_png(picture: bytes, text: str) -> bytes:
    """Return the PNG picture with the signed badge in it."""
    from openbadgeslib import baking  # here: it takes a third of a second, and few need it

    return bytes(baking.bake_png(picture, text, keyword=baking.ITXT_KEYWORD_OB3))


def bake_into_svg(picture: bytes, text: str) -> bytes:
    """Return the SVG picture with the signed badge in it."""
    from openbadgeslib import baking  # as above

    return bytes(
        baking.bake_svg(
            picture,
            text,
            element=baking.SVG_ELEMENT_OB3,
            namespace=baking.SVG_NS_OB3,
            as_text=True,
        )
    )
