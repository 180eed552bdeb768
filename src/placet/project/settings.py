"""Settings, all from the environment; the defaults run a demo on one machine.

``docs/operate`` lists the variables. Start-up checks refuse an unsafe production installation.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from placet.project.database import CACHE_TABLE, database_from_url
from placet.project.logs import logging_of

ROOT = Path(__file__).resolve().parents[3]
STATE = Path(os.environ.get("PLACET_STATE", ROOT / "var"))


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


PLACET_PRODUCTION = _flag("PLACET_PRODUCTION")
LOGGING = logging_of(is_production=PLACET_PRODUCTION)
PLACET_DEMO = _flag("PLACET_DEMO")
PLACET_UNSAFE_SECRET = "not-a-secret-only-for-demo-and-development"  # noqa: S105
PLACET_BASE_URL = os.environ.get("PLACET_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
# Decisions made on a page may be undone for this long; mail and API decide at once.
# For how many days deliveries that arrived or were given up are kept; events are kept for good.
PLACET_DELIVERY_DAYS = max(1, int(os.environ.get("PLACET_DELIVERY_DAYS", "90")))
PLACET_UNDO_SECONDS = int(os.environ.get("PLACET_UNDO_SECONDS", "10"))
# Private addresses are refused for webhooks, except where a demo or a test talks to itself.
PLACET_WEBHOOK_PRIVATE_ADDRESSES = _flag("PLACET_WEBHOOK_PRIVATE_ADDRESSES")

# Who may read the figures of /metrics/; nobody may where it is not set.
PLACET_METRICS_TOKEN = os.environ.get("PLACET_METRICS_TOKEN", "")

DEBUG = _flag("PLACET_DEBUG")
SECRET_KEY = os.environ.get("PLACET_SECRET", PLACET_UNSAFE_SECRET)
ALLOWED_HOSTS = os.environ.get("PLACET_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [PLACET_BASE_URL]

INSTALLED_APPS = [
    # Before allauth, so that its pages are dressed by ours.
    "placet.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "lucide",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "placet.core",
    "placet.events",
    "placet.runs",
    "placet.companies",
    "placet.threads",
    "placet.catalog",
    "placet.rulebooks",
    "placet.carts",
    "placet.budgets",
    "placet.orders",
    "placet.plans",
    "placet.requisitions",
    "placet.imports",
    "placet.quotes",
    "placet.webhooks",
    "placet.calls",
    "placet.notices",
    "placet.api",
    "placet.jobs",
    "placet.demo",
]

MIDDLEWARE = [
    "placet.project.operating.tracing.traced",
    "placet.project.operating.measures.measured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "placet.web.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "placet.web.middleware.clock",
    "placet.web.middleware.errors_as_pages",
]

ROOT_URLCONF = "placet.project.urls"
WSGI_APPLICATION = "placet.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "placet.web.context.ui",
                "placet.demo.context.demo_bar",
                "placet.project.operating.holding.installation_hold",
            ],
        },
    }
]

DATABASES = {
    "default": database_from_url(
        os.environ.get("PLACET_DATABASE_URL", f"sqlite:///{STATE / 'placet.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Where a worker notes how far the database was, so that it knows a backup that was restored.
PLACET_PULSE = str(STATE / "pulse")
# What several machines share beside the database: counters, and the bell that wakes a worker.
PLACET_REDIS_URL = os.environ.get("PLACET_REDIS_URL", "")
PLACET_QUEUE = os.environ.get("PLACET_QUEUE", PLACET_REDIS_URL or str(STATE / "queue.sqlite3"))

AUTH_USER_MODEL = "companies.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "placet.web.account.adapter.InvitationOnly"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    # Strangers who apply or sign up: each sends one mail.
    "apply": "10/h/ip,5/d/key",
    "sign_up": "10/h/ip,5/d/key",
    # Whoever holds a link: mails that confirm an address, comments of one guest.
    "link_guest": "10/h/ip,5/d/key",
    "link_comment": "30/h/key",
}
# A second factor: codes of an app, passkeys and security keys, codes for when the phone is gone.
MFA_ADAPTER = "placet.web.account.second_factor.EncryptedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
# Browsers allow passkeys on plain http for localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PLACET_BASE_URL.startswith("https://")
# Addresses come from invitations, which are mailed; nobody types their own here.
MFA_ALLOW_UNVERIFIED_EMAIL = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "placet.project.shared_cache.SharedCache",
        "LOCATION": PLACET_REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    if PLACET_REDIS_URL
    else CACHE_TABLE,
    # Serves while Redis is away; `createcachetable` makes it by this entry.
    "table": CACHE_TABLE,
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("pl", "polski")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PLACET_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PLACET_PRODUCTION

EMAIL_HOST = os.environ.get("PLACET_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("PLACET_SMTP_PORT", "1025"))
EMAIL_HOST_USER = os.environ.get("PLACET_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PLACET_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _flag("PLACET_SMTP_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("PLACET_MAIL_FROM", "Placet <no-reply@localhost>")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PLACET_BASE_URL.startswith("https://")
SECURE_HSTS_SECONDS = 31_536_000 if PLACET_PRODUCTION else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_HANDLERS = [
    "placet.web.threads.sending.Cap",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
SILENCED_SYSTEM_CHECKS: list[str] = []
