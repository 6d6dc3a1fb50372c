"""The usual words for the trainer when a petition is denied, granted with other CEUs, or asked
about, by the reason's code.

The label for staff is in `Decision.Reason`. Reviewers may change the words.
"""

from petitions.models import Decision

Reason = Decision.Reason

TO_DECLINE = {
    Reason.ENTRY_LEVEL: "The course does not go beyond the level at which you were certified.",
    Reason.OFF_TOPIC: "The course is not about the work that your certification is for.",
    Reason.NOT_SHOWN: "The documents do not show enough of what was taught.",
    Reason.NOT_COMPLETED: "The documents do not show that you completed the course.",
    Reason.COUNTED: "The same course counts for you already.",
    Reason.PROMOTION: "The course sells a product more than it teaches.",
    Reason.OTHER: "",
}
TO_GRANT_OTHERWISE = {
    Reason.FEWER: "Your documents show fewer contact hours.",
    Reason.MORE: "Your documents show more contact hours.",
    Reason.OTHER: "",
}
TO_ASK = {
    Reason.TAUGHT: "What was taught, and for how long? Please send the full agenda.",
    Reason.HOURS: "Your documents show other hours than you wrote. How many did you spend in class?",
    Reason.TEACHER: "Who taught the course, and what qualifies them to teach it?",
    Reason.COMPLETED: "Please send the certificate that shows that you completed the course.",
}
