"""Settings of the test suite: fast hashing, mails in memory, nothing leaves the machine."""

import os

from placet.project.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PLACET_WEBHOOK_PRIVATE_ADDRESSES = True
PLACET_DEMO = bool(os.environ.get("PLACET_DEMO"))
PLACET_PULSE = ""
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
