"""All settings. Those that the environment may set come first; every value has a safe default for
development.
"""

import os
from pathlib import Path

from recert.settings_checks import (
    DEFAULT_SECRET_KEY,
    Environment,
    made_folder,
    refuse_unfit,
    session_seconds,
)
from recert.settings_services import database_settings, logging_settings, storage_settings
from recert.settings_sign_in import *  # noqa: F403 (who may come in)

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

# --- What the environment may say (docs/deploy.md explains each) -------------------------------------------------

PORTAL_ENV = env.str("PORTAL_ENV", "development")
PRODUCTION = PORTAL_ENV == "production"
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", DEFAULT_SECRET_KEY)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SEALING_KEYS = env.list("SEALING_KEYS", default=[])  # the newest first (core/sealing.py)
PORTAL_URL = env.str("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", int(PRODUCTION))  # between the visitors and gunicorn: 0, 1 or 2
VAR_DIR = Path(env.str("PORTAL_VAR", str(BASE_DIR / "var")))
DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR}/portal.sqlite3")
REDIS_URL = env.str("REDIS_URL", "")
BROKER_URL = env.str("BROKER_URL", "") or REDIS_URL or "filesystem://"
EMAIL_URL = env.str("EMAIL_URL", f"filemail:///{str(VAR_DIR / 'mail').lstrip('/')}")
DEFAULT_FROM_EMAIL = env.example("DEFAULT_FROM_EMAIL", "Recertification <recertification@example.org>")
MAIL_DRAINS = env.int("MAIL_DRAINS", 1)
EMAIL_PROVIDER = env.str("EMAIL_PROVIDER", "")  # whose reports on deliveries are accepted; empty: nobody's
EMAIL_BY_PROVIDER = env.bool("EMAIL_BY_PROVIDER", False)  # mail goes out by its API, not by EMAIL_URL
EMAIL_PROVIDER_WEBHOOK_SECRET = env.str("EMAIL_PROVIDER_WEBHOOK_SECRET", "")
EMAIL_PROVIDER_SETTINGS = env.dict("EMAIL_PROVIDER_SETTINGS", default={})
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")  # of /.well-known/security.txt; empty: CONTACT_EMAIL
SECURITY_POLICY_URL = env.str("SECURITY_POLICY_URL", "")
CONTACT_EMAIL = env.example("CONTACT_EMAIL", "help@example.org")
ORGANISATION = {  # each overrides what leads save at /staff/organisation/
    "name": env.str("ORGANISATION_NAME", ""),
    "short_name": env.str("ORGANISATION_SHORT_NAME", ""),
    "accent": env.str("ORGANISATION_ACCENT", ""),
    "accent_dark": env.str("ORGANISATION_ACCENT_DARK", ""),
    "postal_address": env.str("ORGANISATION_ADDRESS", "").replace("|", "\n"),
    "support_email": env.str("CONTACT_EMAIL", ""),
    "signer_name": env.str("ORGANISATION_SIGNER", ""),
    "signer_title": env.str("ORGANISATION_SIGNER_TITLE", ""),
    "conduct_url": env.str("ORGANISATION_CONDUCT_URL", ""),
    "privacy_url": env.str("ORGANISATION_PRIVACY_URL", ""),
}
FILES_DIR = Path(env.str("FILES_DIR", str(VAR_DIR / "files")))
FILES_S3 = env.str("FILES_S3", "")  # like s3://bucket/folder; empty: FILES_DIR
S3_ENDPOINT_URL = env.str("S3_ENDPOINT_URL", "")  # empty: Amazon's
S3_REGION = env.str("S3_REGION", "")
S3_ACCESS_KEY_ID = env.str("S3_ACCESS_KEY_ID", "")
S3_SECRET_ACCESS_KEY = env.str("S3_SECRET_ACCESS_KEY", "")
FONTS_DIR = env.str("FONTS_DIR", "")  # where papers find letters that Open Sans lacks; empty: nowhere
PAPER_SIZE = env.str("PAPER_SIZE", "letter")  # of the PDFs that are offered first: letter or a4
BACKUP_KEYS = env.list("BACKUP_KEYS", default=[])  # public keys that backups are encrypted to
PARSERS_AT_ONCE = env.int("PARSERS_AT_ONCE", max(1, (os.cpu_count() or 2) // 2))  # of uploads, here
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", 30)  # without a page, until staff are signed out
COMMON_PASSWORDS_FILE = env.str("COMMON_PASSWORDS_FILE", "")  # refused beside Django's own list
SEARCHES_PER_MINUTE = env.int("SEARCHES_PER_MINUTE", 120)  # of one account
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 60)  # of one key of a program
PROVIDER_NUMBERS_PER_DAY = env.int("PROVIDER_NUMBERS_PER_DAY", 5000)  # that one provider looks up
EMPLOYER_CHECKS_PER_DAY = env.int("EMPLOYER_CHECKS_PER_DAY", 1000)  # numbers that one employer checks
WEBHOOK_NETWORKS = env.list("WEBHOOK_NETWORKS", default=[])  # of our own that webhooks may reach
UPLOADS_PER_HOUR = env.int("UPLOADS_PER_HOUR", 60)  # files of one account, refused ones included
PORTAL_TODAY = env.str("PORTAL_TODAY", "")  # the demo's clock; refused in production
PORTAL_POLICIES = env.str("PORTAL_POLICIES", "")  # a folder of policy files beside ours; empty: none
PORTAL_POLICY = env.str("PORTAL_POLICY", "nasm-cpt")
DRAW_PUBLIC_VALUE = env.str("DRAW_PUBLIC_VALUE", "")  # the name of what staff enter for the seed of a draw
STRIPE_API_KEY = env.str("STRIPE_API_KEY", "sk_test_local_stand_in")
STRIPE_API_BASE = env.example("STRIPE_API_BASE", "http://127.0.0.1:8001")  # empty: the real service
STRIPE_WEBHOOK_SECRETS = env.list("STRIPE_WEBHOOK_SECRETS", default=["whsec_local_stand_in"])
PAYMENTS_LIVE = env.bool("PAYMENTS_LIVE", False)
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
PLAIN_HOSTS = env.list("PLAIN_HOSTS", default=[])  # reached without TLS: the network between is ours
METRICS_TOKEN = env.str("METRICS_TOKEN", "")  # who sends it may read /metrics; empty: nobody
LOG_FORMAT = env.str("LOG_FORMAT", "json" if PRODUCTION else "line")
SENTRY_DSN = env.str("SENTRY_DSN", "")  # where errors are reported; empty: nowhere
TRACES_URL = env.str("TRACES_URL", "")  # an OpenTelemetry collector; empty: no traces
TRACES_SHARE = env.float("TRACES_SHARE", 0.1)  # of the requests and tasks
RELEASE = env.str("RELEASE", "")  # the name of what runs, for reports of errors and traces
HASHED_STATIC = env.bool("HASHED_STATIC", PRODUCTION)  # static files under names that carry their hash
vars().update(oidc_settings(env))  # noqa: F405 (of settings_sign_in.py)

refuse_unfit(vars())

# --- The frame ---------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "staff.apps.StaffSiteConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # so that our own templates draw its widgets
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "django_htmx",  # its copy of htmx, which a page loads that searches as one types
    "recert",
    "core",
    "outbox",
    "badges",
    "webhooks",
    "trainers",
    "cases",
    "documents",
    "names",
    "payments",
    "hardship",
    "ceus",
    "petitions",
    "providers",
    "audits",
    "renewals",
    "employers",
    "journal",
    "staff.apps.StaffConfig",
    "demo",
]
MIDDLEWARE = [
    "recert.health.AnyHost",
    "recert.middleware.ClientAddress",
    "recert.logs.RequestLog",
    "recert.middleware.ReceiptTime",
    "recert.only_https.OnlyHttps",
    "django.middleware.security.SecurityMiddleware",
    "recert.middleware.Compression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "recert.middleware.LastPerson",
    "recert.middleware.PrivatePages",
    "recert.idle.StaffIdle",
    "recert.middleware.StaffSecondFactor",
    "recert.searches.SearchesOfAccount",
    "recert.middleware.RefusedForms",
    "recert.middleware.PlainInput",
    "documents.uploads.BodyCap",
    "recert.outages.StorageOutage",
    "recert.policies.ApprovedPolicies",
    "recert.certifications.NamedCertification",
    "recert.looking.LookAsTrainer",  # last: it runs the view itself
]
if TRACES_URL:
    MIDDLEWARE.insert(0, "recert.traces.Traces")  # around RequestLog, whose id it names
ROOT_URLCONF = "recert.urls"
WSGI_APPLICATION = "recert.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "recert.context.portal_words",
            ],
            "builtins": [f"core.templatetags.{name}" for name in ("words", "svg", "kept")],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-us"
TIME_ZONE = "America/Phoenix"  # replaced per policy wherever a deadline is computed; this one is for logs and the admin
USE_TZ = True
USE_I18N = False
FORMAT_MODULE_PATH = "recert.formats"
FORMS_URLFIELD_ASSUME_HTTPS = True  # Django 6's own reading of a link without a scheme

# --- Database (no ATOMIC_REQUESTS) ---------------------------------------------------------------------------------

made_folder(VAR_DIR, named_by="PORTAL_VAR")
DATABASES = {"default": database_settings(env, DATABASE_URL)}

# --- Cache, broker, mail, files ----------------------------------------------------------------------------------

# Rate limits live in the cache, so every web process must share it: a file cache embedded, Redis in production.
CACHES = {
    "default": {"BACKEND": "recert.cache.SharedCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "recert.cache.FileCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # above this number, counts are dropped; Django's default is 300
    }
}
CELERY_BROKER_URL = BROKER_URL
if BROKER_URL.startswith("filesystem"):
    _queue = made_folder(VAR_DIR / "broker", named_by="PORTAL_VAR")
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str | int] = {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),
        "control_folder": str(_queue),
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
EMAIL_CONFIG = env.email_url_config(EMAIL_URL)
vars().update({k: v for k, v in EMAIL_CONFIG.items() if k.startswith("EMAIL_") and v is not None})
if EMAIL_URL.startswith("smtp"):
    EMAIL_BACKEND = "core.smtp.EmailBackend"
if EMAIL_URL.startswith("filemail"):
    EMAIL_FILE_PATH = "/" + EMAIL_URL.removeprefix("filemail:").lstrip("/")
EMAIL_TIMEOUT = 10
if EMAIL_PROVIDER:
    INSTALLED_APPS.append("anymail")
    ANYMAIL = {"WEBHOOK_SECRET": EMAIL_PROVIDER_WEBHOOK_SECRET, **EMAIL_PROVIDER_SETTINGS}
    ANYMAIL.setdefault("REQUESTS_TIMEOUT", EMAIL_TIMEOUT)
if EMAIL_BY_PROVIDER:
    EMAIL_BACKEND = f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"
FILE_UPLOAD_HANDLERS = ["documents.uploads.CappedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # text of a form; files have their own cap in documents/
DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 1000, 4
PARSER_SLOTS_DIR = VAR_DIR / "parsers"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": storage_settings(vars()),
    "staticfiles": {"BACKEND": f"recert.static_files.{'HashedFiles' if HASHED_STATIC else 'PlainFiles'}"},
}
WHITENOISE_USE_FINDERS, WHITENOISE_AUTOREFRESH = not PRODUCTION, DEBUG

# --- Who may come in: the rest is in settings_sign_in.py -----------------------------------------------------------
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
AUTH_PASSWORD_VALIDATORS = [
    *AUTH_PASSWORD_VALIDATORS,  # noqa: F405 (of settings_sign_in.py)
    {"NAME": "trainers.passwords.CommonPassword", "OPTIONS": {"path": COMMON_PASSWORDS_FILE}},
]

# --- Headers -----------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-sessionid" if PRODUCTION else "sessionid"  # as core/cookies.py names ours
CSRF_COOKIE_NAME = "__Host-csrftoken" if PRODUCTION else "csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True  # forms carry their token; no script asks for it
MESSAGE_STORAGE = "core.cookies.Sentences"
SESSION_COOKIE_AGE = session_seconds(PORTAL_POLICY)  # what the libraries take that do not ask the store
CSRF_FAILURE_VIEW = "recert.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        # Chromium applies this to a form's redirects too: hosted checkout must be named.
        "form-action": ["'self'", STRIPE_API_BASE or "https://checkout.stripe.com"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
LOGGING = logging_settings(LOG_LEVEL, LOG_FORMAT)
