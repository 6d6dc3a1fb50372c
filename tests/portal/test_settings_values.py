"""A setting whose value cannot be meant is refused at the start, by name and with what it must be."""

import pytest

from tests.deployed import environment_of
from tests.forked import refusal_of

AGE = "age1s429qrg4x4hmdgjdgyejs80fmualtdza0fujl9q80rkgh0p5me9qvar4ut"  # nobody has the other half
WRONG = [
    ("DATABASE_URL", "postgres://portal:p#s@127.0.0.1:5432/portal", "%23"),
    ("DATABASE_URL", "postgres://portal:p/s@127.0.0.1:5432/portal", "%2F"),
    ("DATABASE_URL", "postgres://127.0.0.1:5432", "/name"),
    ("EMAIL_URL", "smtp+tls://portal:p#s@mail.example.org:587", "%23"),
    ("REDIS_URL", "127.0.0.1:6379", "rediss://"),
    ("REDIS_URL", "http://127.0.0.1:6379", "rediss://"),
    ("LOG_LEVEL", "LOUD", "WARNING"),
    ("DEFAULT_FROM_EMAIL", "Recertification", "<mail@example.org>"),
    ("CONTACT_EMAIL", "the office", "email address"),
    ("FONTS_DIR", "/dev/null/fonts", "/dev/null/fonts"),
    ("BACKUP_KEYS", "age1nonsense", "age1nonsense is not an age public key"),
    ("MAIL_DRAINS", "0", "at least 1"),
    ("PARSERS_AT_ONCE", "0", "at least 1"),
    ("SEARCHES_PER_MINUTE", "-1", "at least 1"),
    ("UPLOADS_PER_HOUR", "0", "at least 1"),
]


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_a_value_that_cannot_be_meant_is_refused_with_what_it_must_be(name, value, words, tmp_path):
    refusal = refusal_of({"PORTAL_VAR": str(tmp_path), name: value})
    assert refusal.startswith(f"Refusing to start: {name} must ")
    assert words in refusal


def test_a_refusal_ends_with_one_full_stop_whoever_found_it(tmp_path):
    (tmp_path / "other.toml").write_text('code = "else"\n')
    refusal = refusal_of({"PORTAL_VAR": str(tmp_path), "PORTAL_POLICIES": str(tmp_path)})
    assert refusal.startswith("Refusing to start: PORTAL_POLICIES has a file that cannot be used")
    assert not refusal.endswith("..")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://portal:p%23s%2Fx@127.0.0.1:5432/portal"),
        ("DATABASE_URL", "postgres:///portal"),
        ("REDIS_URL", "unix:///run/redis.sock"),
        ("DEFAULT_FROM_EMAIL", "portal@example.org"),
        ("BACKUP_KEYS", AGE),
    ],
)
def test_a_value_as_the_page_says_it_is_taken(name, value, tmp_path):
    assert refusal_of({"PORTAL_VAR": str(tmp_path), name: value}) == ""


@pytest.mark.parametrize("name", ["DEFAULT_FROM_EMAIL", "CONTACT_EMAIL"])
def test_production_without_an_address_of_its_own_refuses_to_start(name, tmp_path):
    env = {**environment_of("web"), "PORTAL_VAR": str(tmp_path)}
    del env[name]
    assert refusal_of(env) == f"Refusing to start: {name} must be set."


def test_production_without_the_address_of_the_payment_service_asks_the_real_one(tmp_path):
    env = {**environment_of("web"), "PORTAL_VAR": str(tmp_path)}
    del env["STRIPE_API_BASE"]
    assert refusal_of(env) == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "replace-this-by-64-random-hex-digits-made-with-openssl-rand-hex-32"),
        ("STRIPE_API_KEY", "sk_test_replace_this_by_your_own"),
        ("STRIPE_WEBHOOK_SECRETS", "whsec_replace_this_by_your_own"),
        ("EMAIL_URL", "smtp+tls://portal:replace-this-by-its-password@mail.example.org:587"),
        ("DATABASE_URL", "postgres://portal:replace-this-by-random-hex-digits@127.0.0.1/portal"),
    ],
)
def test_production_refuses_the_secrets_that_stand_in_the_sample(name, value, tmp_path):
    refusal = refusal_of({**environment_of("web"), "PORTAL_VAR": str(tmp_path), name: value})
    assert refusal == f"Refusing to start: {name} must not be the sample's: put your own in its place."


def test_the_samples_key_may_still_read_what_it_sealed_but_not_seal(tmp_path):
    sample = "replace-this-by-64-random-hex-digits-made-with-openssl-rand-hex-32"
    env = {**environment_of("web"), "PORTAL_VAR": str(tmp_path)}
    assert refusal_of({**env, "SEALING_KEYS": f"{'5eed' * 16},{sample}"}) == ""
    assert "SEALING_KEYS must not be the sample's" in refusal_of({**env, "SEALING_KEYS": sample})
    assert "SECRET_KEY_FALLBACKS must not be" in refusal_of({**env, "SECRET_KEY_FALLBACKS": sample})


def test_production_refuses_an_address_in_mails_to_which_it_would_not_answer(tmp_path):
    env = {**environment_of("web"), "PORTAL_VAR": str(tmp_path)}
    refusal = refusal_of({**env, "PORTAL_URL": "https://renew.example.org"})
    assert refusal == (
        "Refusing to start: ALLOWED_HOSTS must name renew.example.org, the host of PORTAL_URL."
    )
    assert (
        refusal_of({**env, "PORTAL_URL": "https://renew.example.org", "ALLOWED_HOSTS": ".example.org"}) == ""
    )
