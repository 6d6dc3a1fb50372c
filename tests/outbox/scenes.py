"""A kind of notice that exists only in tests."""

from outbox.notices import NoticeKind


class PlainKind:
    """A notice is still due unless its subject is in `done`; one whose subject is in `broken` cannot be rendered."""

    def __init__(self) -> None:
        self.done: set[str] = set()
        self.broken: set[str] = set()
        self.asked = 0
        self.kind = NoticeKind("tests.plain", "Plain", "account_change", self.contexts, self.still_due)

    def still_due(self, batch):
        self.asked += 1
        return {notice.pk for notice in batch if notice.subject not in self.done}

    def contexts(self, batch):
        if any(notice.subject in self.broken for notice in batch):
            raise ValueError("this one cannot be told")
        return {notice.pk: {"heading": f"About {notice.subject}", "link": "/home/"} for notice in batch}
