"""The usual words for the trainer when a renewal is returned or denied, by the code of the reason.
The label for staff is in `Decision.Reason`. Reviewers may change the words.
"""

from core.policy_words import in_policy_words
from renewals.models import Decision

Reason = Decision.Reason

TO_RETURN = {
    Reason.CERTIFICATE: "We cannot read one of your certificates. Send a new photo or scan of it.",
    Reason.COURSE: "One of your certificates is for another course. Send the one for the course that you logged.",
    Reason.DATE: "The day that you gave for a course is not the day on its certificate. Correct the day.",
    Reason.CARD: in_policy_words("We cannot read your {card}. Send a new photo of its front and back."),
    Reason.OTHER: "",
}
TO_DENY = {
    Reason.DOCUMENTS: "Documents that we asked for are missing.",
    Reason.NOT_MET: "You do not have what a renewal needs.",
    Reason.UNTRUE: "What you told us about your courses is not true.",
    Reason.OTHER: "",
}
