"""The settings of the tests: the platform’s own, without anything of this machine, and quick.

SQLite in memory, unless ``GV_TEST_DATABASE=postgres`` gives a database by
``GOUVERNAIL_DATABASE_URL`` (see ``tests/services/postgres.py``, which sets both).
"""

import os
from pathlib import Path

ON_POSTGRES = os.environ.get("GV_TEST_DATABASE") == "postgres"
GIVEN = {name for name in os.environ if name.startswith("GOUVERNAIL_")}
if ON_POSTGRES and "GOUVERNAIL_DATABASE_URL" not in GIVEN:
    raise RuntimeError(
        "GV_TEST_DATABASE=postgres needs a server: put "
        "`.venv/bin/python tests/services/postgres.py` before the command"
    )
DATABASE = {"GOUVERNAIL_DATABASE_URL", "GOUVERNAIL_DATABASE_OWNER_URL"}
for _name in GIVEN - (DATABASE if ON_POSTGRES else set()):
    del os.environ[_name]  # what a developer set for the real thing must not reach the tests
os.environ["GOUVERNAIL_SECRET_KEY"] = "signs nothing outside of the tests, and is no secret"
os.environ["GOUVERNAIL_JOURNAL_KEY"] = "seals nothing outside of the tests, and is no secret"
os.environ["GOUVERNAIL_DATA"] = str(Path(__file__).parents[1] / "var" / "tests" / "data")
# Playwright keeps an event loop in the thread of the test, where Django would refuse its queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["GOUVERNAIL_EMAIL_URL"] = "smtp://localhost:2525"  # what leaves stays in memory
os.environ["GOUVERNAIL_HTTPS"] = "0"  # the browser's tests speak to a local server

from gouvernail.settings import *  # noqa: E402, F403
from gouvernail.settings import STATIC_ROOT  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is not there

# Argon2 is slow on purpose: half a second for each login of a test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # The platform's own storage reads a manifest that only `collectstatic` writes.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
