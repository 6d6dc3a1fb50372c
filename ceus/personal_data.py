"""What CEU records hold about people; the catalogue is about nobody."""

from core.personal_data import CODE, ERASED, OF_NOBODY, OfRow, PersonalTable

TABLES = [
    PersonalTable("ceus.AffectedRecord", "record__credential__trainer"),
    PersonalTable(
        "ceus.CeuRecord",
        "credential__trainer",
        empties={"title": OfRow("[erased {}]")},
        keeps=dict.fromkeys(("category", "state", "provider_code", "topics", "format"), CODE),
    ),
    PersonalTable(
        "ceus.Correction",
        "record__credential__trainer",
        empties={"title_before": ERASED, "title_after": ERASED, "reason": ERASED},
    ),
    PersonalTable(
        "ceus.HeldCard",
        "trainer",
        empties={"words": ERASED},
        keeps=dict.fromkeys(("kind", "format", "state"), CODE),
    ),
    PersonalTable("ceus.RecordDocument", "record__credential__trainer", keeps={"part": CODE}),
    PersonalTable("ceus.Provider", keeps=dict.fromkeys(("name", "slug", "about", "link", "code"), OF_NOBODY)),
    PersonalTable("ceus.CatalogueChange", keeps={"records": CODE, "reason": OF_NOBODY}),
    PersonalTable("ceus.WordKey", keeps=dict.fromkeys(("key", "word"), OF_NOBODY)),
    PersonalTable("ceus.Topic", keeps=dict.fromkeys(("name", "slug"), OF_NOBODY)),
    PersonalTable(
        "ceus.Course",
        keeps=dict.fromkeys(
            ("title", "slug", "category", "format", "about", "link", "search_text"), OF_NOBODY
        ),
    ),
]
