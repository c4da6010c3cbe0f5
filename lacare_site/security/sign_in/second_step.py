"""The second step of signing in: a code from an app (RFC 6238), or one of ten recovery codes, each good for one sign-in."""

import time
from base64 import b32encode
from binascii import unhexlify
from urllib.parse import quote, urlencode

import django_otp
import segno
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex
from wagtail.log_actions import log

RECOVERY_CODES = 10
DIGITS = 6


def new_key() -> str:
    """A fresh key for an app, in hexadecimal."""
    return random_hex(20)


def typed_key(key: str) -> str:
    """The key as people type it into an app that reads no QR code: groups of four."""
    text = b32encode(unhexlify(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def qr_code(user, key: str) -> str:
    """The key as a picture for the app, as a `data:` address."""
    issuer = settings.WAGTAIL_SITE_NAME
    values = urlencode({"secret": typed_key(key).replace(" ", ""), "issuer": issuer}, quote_via=quote)
    label = quote(f"{issuer}:{user.get_username()}")
    return segno.make(f"otpauth://totp/{label}?{values}", micro=False).svg_data_uri(scale=5, light="#fff")


def is_set_up(user) -> bool:
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def set_up(user, key: str, code: str, replaces: bool = False) -> TOTPDevice | None:
    """Gives `user` the app that holds `key`, if `code` is what it shows now; else None.

    Without `replaces` it is None, too, for whoever has an app by now: of two who know the password, one comes first.
    """
    totp = TOTP(unhexlify(key), digits=DIGITS)
    totp.time = time.time()
    code = _plain(code)
    if not (len(code) == DIGITS and code.isdecimal() and totp.verify(int(code), tolerance=1)):
        return None
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)
        if is_set_up(user) and not replaces:
            return None
        TOTPDevice.objects.filter(user=user).delete()
        # The code that was just used is not good for another sign-in.
        device = TOTPDevice.objects.create(user=user, name="app", key=key, last_t=totp.t(), drift=totp.drift)
        log(user, "security.second_step_set_up", user=user)
    return device


def new_recovery_codes(user) -> list[str]:
    """Ten fresh codes in place of those that `user` had."""
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery codes")
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
        log(user, "security.recovery_codes", user=user)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def recovery_codes_left(user) -> int:
    return StaticToken.objects.filter(device__user=user, device__confirmed=True).count()


def check(user, code: str) -> TOTPDevice | StaticDevice | None:
    """What has accepted the code, which is used up by that; None for a wrong one."""
    code = _plain(code)
    model = TOTPDevice if len(code) == DIGITS and code.isdecimal() else StaticDevice
    for device in model.objects.devices_for_user(user, confirmed=True):
        if accepted := django_otp.verify_token(user, device.persistent_id, code):
            if model is StaticDevice:
                log(user, "security.recovery_code_used", user=user)
            return accepted
    return None


def reset(user, by) -> None:
    """Takes the app and the codes away: every session of `user` ends with them. `by` is the administrator, None for the console."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        log(user, "security.second_step_reset", user=by)


def _plain(code: str) -> str:
    """As people type codes: with blanks and hyphens, in either case."""
    return "".join(character for character in code if character.isalnum()).lower()
