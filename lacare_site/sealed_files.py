"""Files that stand encrypted on the disk: a copy of the disk alone tells nothing of them. Read from any place, without the whole in memory.

A file is a head (MARK, and bytes of its own by chance) and frames of the same length, the last of which may be shorter: each is sealed by
XChaCha20-Poly1305 under the first of settings.FIELD_SECRETS, as fields are (sealed_fields.py). The nonce is the chance of the head and the
frame's number; sealed along with it are the file's place, and whether the frame is the last. So no frame can be exchanged, left out or
cut off, and no file put into another's place. A file without MARK is plain: one of the time before files were sealed.
"""

import errno
import io
import os
from typing import BinaryIO

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from .sealed_fields import boxes

MARK = b"\x93sealed\1"  # no file begins so that is taken from anybody
CHANCE = 16  # bytes
FRAME = 64 * 1024  # bytes, plain
SEAL = Aead.MACBYTES
HEAD = len(MARK) + CHANCE
NUMBER = Aead.NONCE_SIZE - CHANCE


def write(source: BinaryIO, target: BinaryIO, place: str) -> None:
    """Seals all of `source`, from its start, into `target`. `place` is the name under which it will be opened."""
    box, chance = boxes()[0], os.urandom(CHANCE)
    target.write(MARK + chance)
    source.seek(0)
    number, frame = 0, source.read(FRAME)
    while True:
        following = source.read(FRAME)
        sealed = box.encrypt(frame, _about(place, is_last=not following), _nonce(chance, number))
        target.write(sealed.ciphertext)
        if not following:
            return
        number, frame = number + 1, following


def opened(file: BinaryIO, place: str) -> BinaryIO:
    """What was sealed into `file`, to be read and sought in; a plain file as it is. Closing it closes the file. Raises CryptoError where no
    secret opens it, and the file is closed; reading raises OSError (EIO) where the file was changed."""
    if file.read(len(MARK)) != MARK:
        file.seek(0)
        return file
    try:
        return io.BufferedReader(_Opened(file, place), FRAME)
    except BaseException:
        file.close()
        raise


class _Opened(io.RawIOBase):
    def __init__(self, file: BinaryIO, place: str):
        self._file, self._place = file, place
        self._chance = file.read(CHANCE)
        sealed = file.seek(0, io.SEEK_END) - HEAD
        self._frames = -(-sealed // (FRAME + SEAL))
        self._size = sealed - self._frames * SEAL
        self._position = 0
        self._box, self._number, self._frame = None, 0, b""
        for box in boxes():
            try:
                self._number, self._frame = 0, self._open(box, 0)
            except CryptoError:
                continue
            self._box = box
            return
        raise CryptoError("No secret opens this file.")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("There is nothing before the start of a file.")
        self._position = start + offset
        return self._position

    def readinto(self, buffer) -> int:
        if self._position >= self._size:
            return 0
        number, start = divmod(self._position, FRAME)
        if number != self._number:
            try:
                self._frame = self._open(self._box, number)
            except CryptoError as error:
                raise OSError(errno.EIO, "A sealed file was changed.") from error
            self._number = number
        piece = self._frame[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _open(self, box: Aead, number: int) -> bytes:
        self._file.seek(HEAD + number * (FRAME + SEAL))
        sealed = self._file.read(FRAME + SEAL)
        if len(sealed) < SEAL:
            raise CryptoError("The frame is not whole.")
        return box.decrypt(sealed, _about(self._place, is_last=number == self._frames - 1), _nonce(self._chance, number))


def _about(place: str, *, is_last: bool) -> bytes:
    return f"file {place} {'last' if is_last else 'more'}".encode()


def _nonce(chance: bytes, number: int) -> bytes:
    return chance + number.to_bytes(NUMBER, "big")
