"""The codes of the notices about decisions in hardship."""

MORE_TIME = "hardship.more_time"
WAIVED = "hardship.waived"
DECLINED = "hardship.declined"
TAKEN_BACK = "hardship.taken_back"
