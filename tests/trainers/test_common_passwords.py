"""Nobody can choose a password that many people use."""

import pytest

from core.organisation import forget_organisation
from tests.trainers.scenes import PASSWORD
from trainers.passwords import CommonPassword

SENTENCE = "Many people use this password, so it is guessed first."


@pytest.mark.parametrize(
    "common", ["1234567890", "Password123", "football2024!", "!!sunshine!!", "footballfootball", "QWERTYUIOP"]
)
def test_a_common_password_is_refused_also_with_digits_or_signs_around_it(signed_in, jordan, common):
    typed = {"oldpassword": PASSWORD, "password1": common, "password2": common}
    answer = signed_in(jordan).post("/account/password/change/", typed)
    assert answer.status_code == 422
    assert SENTENCE in answer.content.decode()
    jordan.refresh_from_db()
    assert jordan.check_password(PASSWORD)


@pytest.mark.parametrize("own", ["three quiet otters", "blue-kettle-91", "correct horse battery"])
def test_a_password_of_several_words_is_accepted(own, db):
    CommonPassword().validate(own)


@pytest.mark.parametrize(
    "ours", ["Recertification2027", "Mesa Board of Fitness", "fitness!!2027", "1234-Portal-5678"]
)
def test_a_password_that_is_mostly_a_word_of_the_organisation_is_refused(settings, db, ours):
    settings.ORGANISATION = {**settings.ORGANISATION, "name": "Mesa Board of Fitness"}
    forget_organisation()
    with pytest.raises(Exception, match="This is mostly a word of ours"):
        CommonPassword().validate(ours)
    CommonPassword().validate("fitness kettle otters")


def test_a_password_in_the_file_that_the_settings_name_is_refused_like_one_in_djangos_list(tmp_path, db):
    listed = tmp_path / "listed.txt"
    listed.write_text("three quiet otters\n")
    validator = CommonPassword(path=str(listed))
    for refused in ("Three Quiet Otters 7", "football2024!"):
        with pytest.raises(Exception, match=SENTENCE):
            validator.validate(refused)
