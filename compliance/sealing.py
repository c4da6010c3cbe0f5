"""Encryption of reports: what is sealed here, only those who hold the private key, or the receipt, can open.

libsodium does the work, by PyNaCl: XSalsa20-Poly1305 for texts and files, XChaCha20-Poly1305 for streams of them, X25519 sealed boxes for
their keys, Argon2id for what people remember or write down. Nothing in here knows the database.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from nacl import bindings, exceptions, pwhash, utils
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

KEY = SecretBox.KEY_SIZE  # bytes of every key here
SALT = pwhash.argon2id.SALTBYTES
LENGTH = 4  # bytes in which the length of what is sealed stands before it
STEP = 1024  # bytes: all lengths are rounded up to this, so that they tell less; large ones further, to one of four between two powers of 2
PART = 64 * STEP  # bytes of each part of a stream, before it is encrypted; only the last one may be shorter
# A receipt has 130 random bits: nobody tries them all, and no two are alike. So it needs no salt of its own, by which it would have to
# be found first.
RECEIPT_SALT = hashlib.sha256(b"compliance receipt").digest()[:SALT]


class Unopened(Exception):
    """This key does not open it, or it was changed."""


@dataclass(frozen=True)
class Pair:
    private: bytes
    public: bytes


@dataclass(frozen=True)
class ReceiptKeys:
    """What follows from a receipt. `lookup` is what its report is found by; `pair` opens what is sealed for the reporter."""

    lookup: bytes
    pair: Pair


def new_key() -> bytes:
    return utils.random(KEY)


def new_pair() -> Pair:
    return _pair(PrivateKey.generate())


def public_of(private: bytes) -> bytes:
    """The public half. Raises ValueError for what is no private key."""
    if len(private) != KEY:
        raise ValueError("A private key has 32 bytes.")
    return _pair(PrivateKey(private)).public


def encrypt(key: bytes, content: bytes) -> bytes:
    """`content` under a symmetric key, with its length rounded up."""
    return SecretBox(key).encrypt(_padded(content))


def decrypt(key: bytes, sealed: bytes) -> bytes:
    """What `encrypt` was given. Raises Unopened."""
    try:
        padded = SecretBox(key).decrypt(bytes(sealed))
    except (exceptions.CryptoError, ValueError) as error:
        raise Unopened from error
    return _without_padding(padded)


def encrypt_stream(key: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same for what is too large to be held at once: of `pieces`, it holds one, and a part of PART bytes."""
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    yield bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    held, room = bytearray(), PART - LENGTH
    for piece in pieces:
        held += piece
        while len(held) > room:
            yield bindings.crypto_secretstream_xchacha20poly1305_push(state, _padded(bytes(held[:room])))
            del held[:room]
    end = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
    yield bindings.crypto_secretstream_xchacha20poly1305_push(state, _padded(bytes(held)), tag=end)


def decrypt_stream(key: bytes, sealed: BinaryIO) -> Iterator[bytes]:
    """What `encrypt_stream` was given, in parts. Raises Unopened as soon as it finds a change: only whoever came to the end has it all."""
    state, tag = bindings.crypto_secretstream_xchacha20poly1305_state(), None
    try:
        head = sealed.read(bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES)
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, head, key)
        while tag != bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL:
            part = sealed.read(PART + bindings.crypto_secretstream_xchacha20poly1305_ABYTES)
            padded, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, part)
            yield _without_padding(padded)
    except (exceptions.CryptoError, ValueError) as error:
        raise Unopened from error
    if sealed.read(1):
        raise Unopened


def encrypt_values(key: bytes, values: dict) -> bytes:
    return encrypt(key, json.dumps(values, ensure_ascii=False).encode())


def decrypt_values(key: bytes, sealed: bytes) -> dict:
    """Raises Unopened."""
    return json.loads(decrypt(key, sealed))


def seal(public: bytes, key: bytes) -> bytes:
    """A key, so that only the holder of the private half of `public` can open it."""
    return SealedBox(PublicKey(bytes(public))).encrypt(key)


def unseal(private: bytes, sealed: bytes) -> bytes:
    """Raises Unopened."""
    try:
        return SealedBox(PrivateKey(private)).decrypt(bytes(sealed))
    except (exceptions.CryptoError, ValueError) as error:
        raise Unopened from error


def wrap(private: bytes, passphrase: str) -> bytes:
    """A private key under a passphrase; how slow that is, and the salt, stand before it."""
    operations, memory = settings.COMPLIANCE_SLOWNESS["passphrase"]
    salt = utils.random(SALT)
    head = operations.to_bytes(4, "big") + memory.to_bytes(8, "big") + salt
    return head + SecretBox(_slow(passphrase, salt, KEY, operations, memory)).encrypt(private)


def unwrap(wrapped: bytes, passphrase: str) -> bytes:
    """The private key. Raises Unopened for another passphrase."""
    wrapped = bytes(wrapped)
    operations, memory = int.from_bytes(wrapped[:4], "big"), int.from_bytes(wrapped[4:12], "big")
    salt, sealed = wrapped[12 : 12 + SALT], wrapped[12 + SALT :]
    try:
        return SecretBox(_slow(passphrase, salt, KEY, operations, memory)).decrypt(sealed)
    except (exceptions.CryptoError, ValueError) as error:
        raise Unopened from error


def receipt_keys(receipt: str) -> ReceiptKeys:
    """What follows from a receipt in its written form. Equally slow for a right and for a wrong one."""
    operations, memory = settings.COMPLIANCE_SLOWNESS["receipt"]
    derived = _slow(receipt, RECEIPT_SALT, 2 * KEY, operations, memory)
    return ReceiptKeys(hashlib.sha256(derived[:KEY]).digest(), _pair(PrivateKey(derived[KEY:])))


def _padded(content: bytes) -> bytes:
    length = LENGTH + len(content)
    padding = -length % max(STEP, 1 << max(0, (length - 1).bit_length() - 3))
    return len(content).to_bytes(LENGTH, "big") + content + bytes(padding)


def _without_padding(padded: bytes) -> bytes:
    return padded[LENGTH : LENGTH + int.from_bytes(padded[:LENGTH], "big")]


def _slow(secret: str, salt: bytes, size: int, operations: int, memory: int) -> bytes:
    return pwhash.argon2id.kdf(size, secret.encode(), salt, opslimit=operations, memlimit=memory)


def _pair(private: PrivateKey) -> Pair:
    return Pair(private.encode(), private.public_key.encode())
