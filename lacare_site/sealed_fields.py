"""Fields that stand encrypted in the database: a copy of the database alone tells nothing of them, and no query can ask for them.

XChaCha20-Poly1305 (libsodium, by PyNaCl) under the first of settings.FIELD_SECRETS; the others still open what they once sealed. What is
sealed is bound to its table: moved into another one, it does not open. Raises nacl.exceptions.CryptoError where no secret opens it.
"""

import hashlib
import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from nacl.exceptions import CryptoError
from nacl.secret import Aead


def boxes() -> list[Aead]:
    """Of each secret, the one that seals first."""
    return [Aead(hashlib.blake2b(secret.encode(), digest_size=Aead.KEY_SIZE).digest()) for secret in settings.FIELD_SECRETS]


class SealedJSONField(models.BinaryField):
    """Takes and gives what JSON can hold; dates, decimals and UUIDs come back as texts."""

    def get_prep_value(self, value):
        if value is None:
            return None
        return bytes(boxes()[0].encrypt(json.dumps(value, cls=DjangoJSONEncoder).encode(), self._place))

    def from_db_value(self, value, expression, connection):
        if value is None:
            return None
        *others, last = boxes()
        for box in others:
            try:
                return json.loads(box.decrypt(bytes(value), self._place))
            except CryptoError:
                continue
        return json.loads(last.decrypt(bytes(value), self._place))

    def get_lookup(self, name: str):
        """What is sealed twice is never the same: whoever asks for a value has a FieldError instead of no rows."""
        return super().get_lookup(name) if name == "isnull" else None

    @property
    def _place(self) -> bytes:
        return self.model._meta.label_lower.encode()


class SealedTextField(SealedJSONField):
    """Takes and gives text, "" where there is none."""

    def __init__(self, **options):
        super().__init__(**{"default": str} | options)

    def get_default(self) -> str:
        return ""
