"""The portal's settings with test doubles for what is slow or outside: hashing, mail, files, cache."""

import atexit
import os
import shutil
import tempfile

_var = tempfile.mkdtemp(prefix="portal-test-")
atexit.register(shutil.rmtree, _var, ignore_errors=True)
os.environ["PORTAL_VAR"] = _var
for _name in ("FILES_DIR", "EMAIL_URL", "PORTAL_TODAY", "PORTAL_ENV"):
    os.environ.pop(_name, None)

from recert.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
POLICY_DRAFTS = False  # a test that needs them reads them itself: none asks one query more than another
WHITENOISE_AUTOREFRESH = True  # looked up when asked for: each test client would read every static file anew
