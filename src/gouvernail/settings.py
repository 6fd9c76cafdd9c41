"""Django's settings. What an installation chooses is in `environment`; the rest is decided here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from gouvernail import environment
from gouvernail.common import logs

HERE = Path(__file__).resolve().parent
ENVIRONMENT = environment.read()

DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
SECRET_KEY = ENVIRONMENT.secret_key  # empty: Django refuses at the first use
#: Seals the journal's heads; kept outside of the database, and of its backups.
JOURNAL_KEY = ENVIRONMENT.journal_key
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.trusted_origins)
DATABASES = {"default": ENVIRONMENT.database}
#: The role that migrations let serve the pages, "" when it is the owner of the tables itself.
DATABASE_SERVING_ROLE = ENVIRONMENT.serving_role
DATA_DIR = ENVIRONMENT.data
SHARES_DIR = ENVIRONMENT.shares or DATA_DIR / ("demo-shares" if DEMO else "shares")
#: What each examination has done so far, with the key of its hashes: never in a backup.
EXAMINATIONS_DIR = DATA_DIR / ("demo-examinations" if DEMO else "examinations")
DOCUMENTS_DIR = DATA_DIR / ("demo-documents" if DEMO else "documents")

#: The pages, from the last steps of the way to the first, then what they all stand on.
STEPS = (
    "home",
    "administration",
    "network",
    "roadmap",
    "learning",
    "dialogue",
    "selection",
    "obligations",
    "portfolio",
    "protection",
    "authority",
    "steering",
    "facts",
    "files",
    "accounts",
    "messaging",
    "journal",
    "jobs",
)
INSTALLED_APPS = [
    *(f"gouvernail.apps.{step}" for step in STEPS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "gouvernail.common",
]
MIDDLEWARE = [
    "gouvernail.common.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gouvernail.apps.accounts.middleware.ActorMiddleware",
    "gouvernail.apps.accounts.sessions.SessionMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "gouvernail.urls"
WSGI_APPLICATION = "gouvernail.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "gouvernail.apps.accounts.context.actor",
                "gouvernail.apps.home.context.frame",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_RESET_TIMEOUT = 60 * 60
OIDC = ENVIRONMENT.oidc
REQUIRE_MFA = ENVIRONMENT.require_mfa
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies

# allauth lends its second factors and its list of sessions; its own pages are not served.
ACCOUNT_ADAPTER = "gouvernail.apps.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "gouvernail.apps.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Gouvernail"
MFA_TOTP_TOLERANCE = 1  # half-minutes: a clock, or a hand, a little late
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
#: A challenge is answered at either door: none is made that a touch alone would satisfy.
MFA_WEBAUTHN_USER_VERIFICATION = "required"

# Failures: by name and address, then by address alone, which a whole town hall may share.
AXES_HANDLER = "gouvernail.apps.accounts.lockout.Handler"
AXES_FAILURE_LIMIT = 5
AXES_ADDRESS_LIMIT = 50
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_LOCKOUT_CALLABLE = "gouvernail.apps.accounts.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "gouvernail.apps.accounts.sessions.origin_of"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "password", "code", "credential"]
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_NAME = "gouvernail"

#: Where a form may lead besides this site: signing out at the provider, linking one's account.
PROVIDER = [f"{urlsplit(OIDC.issuer).scheme}://{urlsplit(OIDC.issuer).netloc}"] if OIDC else []

# The browser: nothing from elsewhere, nothing written in the page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *PROVIDER],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.https and ENVIRONMENT.hsts != "host"
SECURE_HSTS_PRELOAD = ENVIRONMENT.https and ENVIRONMENT.hsts == "preload"
# To enter the browsers' own list is the domain owner's choice, hard to take back.
SILENCED_SYSTEM_CHECKS = [] if SECURE_HSTS_PRELOAD else ["security.W021"]
# A header anybody may write is believed only behind a relay that rewrites it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = bool(ENVIRONMENT.https and TRUSTED_PROXIES)
SECURE_REDIRECT_EXEMPT = [r"^sante"]
CSRF_FAILURE_VIEW = "gouvernail.common.errors.csrf_refused"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# E-mail; without a host nothing leaves
EMAIL_HOST = ENVIRONMENT.mail.host if ENVIRONMENT.mail else ""
EMAIL_PORT = ENVIRONMENT.mail.port if ENVIRONMENT.mail else 25
EMAIL_HOST_USER = ENVIRONMENT.mail.user if ENVIRONMENT.mail else ""
EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.password if ENVIRONMENT.mail else ""
EMAIL_USE_TLS = bool(ENVIRONMENT.mail and ENVIRONMENT.mail.tls == "starttls")
EMAIL_USE_SSL = bool(ENVIRONMENT.mail and ENVIRONMENT.mail.tls == "ssl")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
#: What the identifiers of letters end with.
EMAIL_DOMAIN = ENVIRONMENT.mail_from.rpartition("@")[2].rstrip("> ")
PUBLIC_ADDRESS = ENVIRONMENT.address

# Words
LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "langue"
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "files"
FILE_LIMIT = ENVIRONMENT.file_limit
FILE_QUOTA = ENVIRONMENT.file_quota

# What takes time is done by the worker, a second process on the same database.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
#: The function that computes the plan of rows; a name, so that a test can give a quick one.
STEERING_RUN = "gouvernail.steering_run.compute"
#: The function that writes the documents of a plan.
DOCUMENTS_WRITER = "gouvernail.documents.write_all"

LOGGING = logs.configuration(ENVIRONMENT.log, ENVIRONMENT.log_level)
LOGGING_CONFIG = "logging.config.dictConfig"
