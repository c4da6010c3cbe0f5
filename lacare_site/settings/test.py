"""Settings of `make test`: the production settings on the test's own database and folders."""

from .production import *  # noqa: F403

SECRET_KEY = "a key for tests alone"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
# Fast sign-in, and no worker to wait for.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
