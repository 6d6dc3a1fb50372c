"""The one kind of error that a service raises for a person: a sentence, and the field it belongs to."""


class Refusal(Exception):
    """A change that may not happen. `str(refusal)` is the sentence shown; `field` is where, `code`
    is for tests and logs.
    """

    def __init__(self, sentence: str, *, code: str = "refused", field: str | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.field = field
