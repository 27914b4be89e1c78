"""Settings. Each comes from the environment and is described in docs/settings.md."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from mulin.channels.rules.mailing import hours_of, minute_of
from mulin.channels.rules.server import read_address, read_from, read_server
from mulin.config import environment as env

HOME = env.folder("MULIN_HOME", Path("var"))
MULIN_DATA = env.folder("MULIN_DATA", HOME / "data")
MULIN_KEYS = env.folder("MULIN_KEYS", HOME / "keys")
MULIN_BACKUPS = env.folder("MULIN_BACKUPS", HOME / "backups")
MULIN_DEMO = env.flag("MULIN_DEMO")
# What the house does for itself at night: a copy of the town, one at a second place, retention, a seal.
MULIN_NIGHTS = env.flag("MULIN_NIGHTS", not MULIN_DEMO)
MULIN_BACKUP_TO = env.text("MULIN_BACKUP_TO")
MULIN_BACKUP_HOUR = int(env.number("MULIN_BACKUP_HOUR", 2, low=0, high=23))
MULIN_BACKUPS_KEPT = int(env.number("MULIN_BACKUPS_KEPT", 14, low=1, high=1000))
MULIN_SEALS_TO = env.words("MULIN_SEALS_TO")
MULIN_FONTS = (
    Path(__file__).resolve().parents[1] / "look" / "fonts"
)  # of printed sheets, put there by the build
MULIN_CIPHER = env.choice("MULIN_CIPHER", "aes-256-gcm", ("aes-256-gcm", "sm4-gcm"))
# A map's picture of the ground, where there is one: an address with {z}, {x} and {y}. Chinese providers shift theirs.
MULIN_TILES = env.text("MULIN_TILES")
MULIN_TILES_KIND = env.choice("MULIN_TILES_KIND", "raster", ("raster", "vector"))
MULIN_TILES_DATUM = env.choice("MULIN_TILES_DATUM", "wgs84", ("wgs84", "gcj02"))
MULIN_TILES_ATTRIBUTION = env.text("MULIN_TILES_ATTRIBUTION")
MULIN_MICRO_CHECK_SHARE = env.number("MULIN_MICRO_CHECK_SHARE", 0.2, low=0, high=1)
# What counts as near by, when somebody is about to raise what may be known already.
# Of what was closed as solved, how much is looked at again; and after how many days reporters are asked how it went.
MULIN_RECHECK_SHARE = env.number("MULIN_RECHECK_SHARE", 0.05, low=0, high=1)
MULIN_FOLLOW_UP_DAYS = env.number("MULIN_FOLLOW_UP_DAYS", 3, low=0, high=365)
MULIN_SIMILAR_METRES = env.number("MULIN_SIMILAR_METRES", 50, low=1, high=1000)
MULIN_SIMILAR_HOURS = env.number("MULIN_SIMILAR_HOURS", 72, low=1, high=8760)
MULIN_HOLD_MESSAGES = env.flag("MULIN_HOLD_MESSAGES")
MULIN_LIST_DAYS = int(env.number("MULIN_LIST_DAYS", 90, low=1, high=365))
# On how many days of a week a cadre is asked to be in their grid, and of how many percent of them; samples.
MULIN_PRESENCE_DAYS = int(env.number("MULIN_PRESENCE_DAYS", 3, low=1, high=5))
MULIN_PRESENCE_SHARE = int(env.number("MULIN_PRESENCE_SHARE", 80, low=1, high=100))
# Rows of the registry that one person may take out alone; above it a second one agrees. A sample.
MULIN_EXPORT_ALONE = int(env.number("MULIN_EXPORT_ALONE", 500, low=0, high=1_000_000))
MULIN_REQUEST_DAYS = int(env.number("MULIN_REQUEST_DAYS", 15, low=1, high=90))
# Mail: by whom it is carried, from whom it comes, and when it does not. Without a server there is none.
MULIN_MAIL_SERVER = env.read("MULIN_MAIL_URL", read_server)
MULIN_MAIL_FROM = env.read("MULIN_MAIL_FROM", read_from, "mulin@localhost")
MULIN_MAIL_BOUNCES = env.read("MULIN_MAIL_BOUNCES", read_address)
MULIN_MAIL_CA = env.text("MULIN_MAIL_CA")
MULIN_MAIL_QUIET = env.read("MULIN_MAIL_QUIET", hours_of, "21:00-07:00")
MULIN_MAIL_DIGEST = env.read("MULIN_MAIL_DIGEST", minute_of, "08:30")
MULIN_MAIL_SECONDS = env.number("MULIN_MAIL_SECONDS", 30, low=1, high=300)
MULIN_PUBLIC_URL = env.text("MULIN_PUBLIC_URL").rstrip("/")
MULIN_WEB_WORKERS = int(env.number("MULIN_WEB_WORKERS", 2, low=1, high=64))
# Public writes, per address and in all: a neighbourhood may sit behind one address.
MULIN_PUBLIC_WRITES_PER_ADDRESS = int(env.number("MULIN_PUBLIC_WRITES_PER_ADDRESS", 60, low=1, high=1e6))
MULIN_PUBLIC_WRITES_IN_ALL = int(env.number("MULIN_PUBLIC_WRITES_IN_ALL", 1200, low=1, high=1e6))
MULIN_PUBLIC_WRITES_WINDOW = timedelta(minutes=10)
MULIN_SIGN_IN_TRIES = int(env.number("MULIN_SIGN_IN_TRIES", 10, low=1, high=1e6))
MULIN_TRUSTED_PROXIES = env.addresses("MULIN_TRUSTED_PROXIES")

DEBUG = env.flag("MULIN_DEBUG")
SECRET_KEY = env.session_secret(MULIN_KEYS)
ALLOWED_HOSTS = env.words("MULIN_ALLOWED_HOSTS", "*" if MULIN_DEMO else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [MULIN_PUBLIC_URL] if MULIN_PUBLIC_URL else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "mulin.kernel",
    "mulin.look",
    "mulin.journal",
    "mulin.places",
    "mulin.posts",
    "mulin.registry",
    "mulin.matters",
    "mulin.visits",
    "mulin.channels",
    "mulin.doors.desk",
    "mulin.doors.portal",
    "mulin.doors.api",
    "mulin.doors.publicity",
    "mulin.doors.watch",
    "mulin.demo",
    # what is behind passkeys, codes and single sign-on; its pages and addresses are not used (posts/views).
    # Last: of the words that several say, those of the first are shown.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
]

MIDDLEWARE = [
    "mulin.doors.proxies.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mulin.doors.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "mulin.doors.api.edge.ApiEdgeMiddleware",
    "mulin.doors.caching.DeskCachingMiddleware",
    "mulin.doors.unreadable.UnreadableMiddleware",
    # before anything reads a form: what is far too large is refused unread
    "mulin.doors.uploads.TooLargeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mulin.posts.context.WhoMiddleware",
    "mulin.doors.refusals.RefusalMiddleware",
    "mulin.doors.api.idempotency.IdempotencyMiddleware",
]

MULIN_METRICS_TOKEN = env.text("MULIN_METRICS_TOKEN")
if MULIN_METRICS_TOKEN:
    MIDDLEWARE.insert(0, "mulin.doors.watch.figures.MeasureMiddleware")

ROOT_URLCONF = "mulin.config.urls"
WSGI_APPLICATION = "mulin.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mulin.look.context.look",
                "mulin.doors.navigation.navigation",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL"), MULIN_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "posts.User"
LOGIN_URL = "sign-in"
CSRF_FAILURE_VIEW = "mulin.doors.refusals.form_expired"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "mulin.posts.passwords.PlaceWords"},
]
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
MULIN_IDLE_TIMEOUT = timedelta(minutes=env.number("MULIN_IDLE_MINUTES", 60, low=5, high=720))
MULIN_SESSION_LIMIT = timedelta(seconds=SESSION_COOKIE_AGE)  # whatever is done meanwhile
# Whose posts ask for a second step; never in a demo, whose people have none.
MULIN_SECOND_FACTOR = env.choices(
    "MULIN_SECOND_FACTOR", "administrators,operators", ("none", "administrators", "operators", "staff")
)
# So long a password or a second step counts as given just now, where something dangerous is asked for.
MULIN_STEP_UP = timedelta(minutes=env.number("MULIN_STEP_UP_MINUTES", 15, low=1, high=720))
MULIN_SSO_ISSUER = env.issuer("MULIN_SSO_ISSUER")
MULIN_SSO_NAME = env.text("MULIN_SSO_NAME")
MULIN_SSO_CLIENT_ID = env.text("MULIN_SSO_CLIENT_ID")
MULIN_SSO_CLIENT_SECRET = env.text("MULIN_SSO_CLIENT_SECRET")
MULIN_SSO_IS_STRONG = env.flag("MULIN_SSO_IS_STRONG")
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "mulin.posts.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "mulin.posts.single_sign_on.Adapter"

# A certificate of its own: the one that is named, or that of the local authority (`mulin tls init`).
_TLS = MULIN_KEYS / "tls"
_TLS_MADE = (_TLS / "server.pem").exists()
MULIN_TLS_CERT = env.text("MULIN_TLS_CERT") or (str(_TLS / "server.pem") if _TLS_MADE else "")
MULIN_TLS_KEY = env.text("MULIN_TLS_KEY") or (str(_TLS / "server.key") if _TLS_MADE else "")
MULIN_TLS_PORT = int(env.number("MULIN_TLS_PORT", 8443, low=1, high=65535))
MULIN_PORT = int(env.number("PORT", 8000, low=1, high=65535))
HTTPS = env.flag("MULIN_HTTPS", bool(MULIN_TLS_CERT))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:  # then browsers take them from this host alone, never from a neighbour of the same domain
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
# Not with a local authority: whoever does not trust it yet must be able to come back without it.
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS and not MULIN_TLS_CERT.startswith(str(_TLS)) else 0
# doors/proxies.py drops this header where it does not come from a proxy that is trusted.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and MULIN_TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Browsers may ask the host of the tiles, and those that are named beside it; no other.
_TILE_HOSTS = list(dict.fromkeys([*env.tile_hosts(MULIN_TILES), *env.words("MULIN_TILE_HOSTS")]))
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_TILE_HOSTS],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF, *_TILE_HOSTS],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = env.choice("MULIN_LANGUAGE", "en", ("en", "zh-hans"))  # where the browser asks for neither
LANGUAGES = [("en", _("English")), ("zh-hans", _("Chinese"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("MULIN_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
# The front end's files carry a hash in their name already; served straight from the packages, nothing to collect.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"/look/dist/.+-[\w-]{8}\.\w+$"

# A photo may have 10 MB and a report five of them; whatever is larger is refused before it is read.
MULIN_PHOTO_BYTES = 10 * 1024 * 1024
MULIN_PHOTOS_PER_REPORT = 5
MULIN_PANORAMA_BYTES = int(env.number("MULIN_PANORAMA_MB", 30, low=1, high=100)) * 1024 * 1024
# Other files of a matter: so many megabytes by kind, and so many at once.
MULIN_FILE_MB = {
    "photo": MULIN_PHOTO_BYTES // 1024**2,
    "audio": env.number("MULIN_AUDIO_MB", 50, low=1, high=10_000),
    "video": env.number("MULIN_VIDEO_MB", 200, low=1, high=10_000),
    "pdf": env.number("MULIN_PDF_MB", 50, low=1, high=10_000),
    "office": env.number("MULIN_OFFICE_MB", 50, low=1, high=10_000),
    "text": 5,
}
MULIN_FILES_AT_ONCE = 5
MULIN_FILES_PER_MATTER = int(env.number("MULIN_FILES_PER_MATTER", 100, low=1, high=10_000))
MULIN_DISK_RESERVE_MB = env.number("MULIN_DISK_RESERVE_MB", 500, low=0, high=1e6)
MULIN_CLAMAV = env.text("MULIN_CLAMAV")
MULIN_S3_BUCKET = env.text("MULIN_S3_BUCKET")
MULIN_S3_ENDPOINT = env.text("MULIN_S3_ENDPOINT")
MULIN_S3_REGION = env.text("MULIN_S3_REGION")
MULIN_S3_KEY = env.text("MULIN_S3_KEY")
MULIN_S3_SECRET = env.text("MULIN_S3_SECRET")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 * 1024 * 1024

MULIN_LOG_FILE = env.text("MULIN_LOG_FILE")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "class": "mulin.kernel.log.WordlessFormatter",  # an error's words may quote what is personal
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
        "json": {
            "()": "mulin.kernel.log.WordlessJson",
            "fmt": "{asctime}{levelname}{name}{message}",
            "style": "{",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger", "exc_info": "error"},
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env.choice("MULIN_LOG_FORMAT", "plain", ("plain", "json")),
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"mulin": {"level": "INFO"}, "django": {"handlers": []}},  # everything through the one handler
}
