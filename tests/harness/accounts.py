"""Accounts of staff, with the second step that signing in asks for."""

from base64 import b32decode
from binascii import unhexlify

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp

# Of the app of every account that is made here, in hexadecimal.
KEY = "6c6f6e6720656e6f75676820666f722074657374"


def give_second_step(user):
    from django_otp.plugins.otp_totp.models import TOTPDevice

    return TOTPDevice.objects.get_or_create(user=user, defaults={"name": "app", "key": KEY})[0]


def code(key: str = KEY) -> str:
    """What an app with this key shows now."""
    return f"{totp(unhexlify(key)):06}"


def code_of_typed_key(typed: str) -> str:
    """The same, of a key as the page shows it to people."""
    return code(b32decode(typed.replace(" ", "")).hex())


class StaffClient(Client):
    """Whoever is signed in by force has a second step, and has taken it."""

    def force_login(self, user, backend=None):
        super().force_login(user, backend)
        session = self.session
        session[DEVICE_ID_SESSION_KEY] = give_second_step(user).persistent_id
        session.save()
