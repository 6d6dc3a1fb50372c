"""The usual words for the trainer when an audit is not passed, or a document must be replaced or is
refused, by the code of the reason. Reviewers may change the words.

The documents that an audit asks for are those of S13.
"""

from audits.models import Decision

Reason = Decision.Reason

TO_FAIL = {
    Reason.MISSING: "Not all of the documents that we asked for came.",
    Reason.NOT_PROVEN: "Your documents do not show that you completed the courses that you claimed.",
    Reason.NOT_THEIRS: "A document carries the name of somebody else, and nothing shows that it is yours.",
    Reason.ALTERED: "A document is not as it was issued.",
    Reason.NOT_ENOUGH: "Without the documents that we could not accept, you do not have what a renewal needs.",
    Reason.OTHER: "",
}
TO_REPLACE = {
    "unreadable": ("It cannot be read", "We cannot read this document. Send a new photo or scan of it."),
    "cut_off": ("A part is missing", "A part of this document is cut off. Send all of it."),
    "no_name": ("The name is not on it", "We do not see your name on this document. Send one that shows it."),
    "no_day": ("The day is not on it", "We do not see on which day you finished. Send a document that shows it."),
}  # fmt: skip
TO_REFUSE = {
    "other_course": ("It is for another course", "This document is for another course."),
    "not_done": ("It does not show completion", "This document does not show that you completed the course."),
    "not_theirs": ("It is somebody else's", "This document carries the name of somebody else."),
    "other_day": ("The day is another one", "The day on this document is not the day that you gave us."),
}
