"""Asks clamd about a file (INSTREAM: pieces with their lengths before them, a zero at the end, one line of answer).

The scanner away, busy, or of the opinion that the file is too long: the file is not scanned, and is asked about again later.
"""

import logging
import socket
from typing import BinaryIO

from django.conf import settings

from .models import Attachment

logger = logging.getLogger(__name__)

PIECE = 64 * 1024
TIMEOUT = 30  # seconds


class Away(Exception):
    """The scanner does not answer, whatever it is asked about."""


def is_there() -> bool:
    return bool(settings.CLAMD_ADDRESS)


def scan(file: BinaryIO) -> Attachment.State:
    """Reads the file from its start, and gives what the scanner says of it."""
    try:
        return ask(file) if is_there() else Attachment.State.NOT_SCANNED
    except Away:
        return Attachment.State.NOT_SCANNED


def ask(file: BinaryIO) -> Attachment.State:
    """As `scan`, where the site has a scanner; what is not scanned then is the file's own fault. Raises Away."""
    try:
        connection = _connect()
    except OSError as error:
        raise _away(error) from error
    with connection:
        try:
            answer = _conversation(connection, file)
        except TimeoutError as error:
            raise _away(error) from error
        except OSError as error:  # as where the file is longer than it takes
            answer = type(error).__name__.encode()
    if answer.endswith(b" FOUND"):
        return Attachment.State.INFECTED
    if answer.endswith(b": OK"):
        return Attachment.State.CLEAN
    logger.error("The virus scanner answers: %s", answer[:100].decode("ascii", "replace"))
    return Attachment.State.NOT_SCANNED


def _away(error: OSError) -> Away:
    logger.error("The virus scanner does not answer (%s).", type(error).__name__)
    return Away()


def _conversation(connection: socket.socket, file: BinaryIO) -> bytes:
    connection.sendall(b"zINSTREAM\0")
    file.seek(0)
    while piece := file.read(PIECE):
        connection.sendall(len(piece).to_bytes(4, "big") + piece)
    connection.sendall(bytes(4))
    return _answer(connection)


def _connect() -> socket.socket:
    host, _, port = settings.CLAMD_ADDRESS.rpartition(":")
    if port.isdecimal():
        return socket.create_connection((host, int(port)), timeout=TIMEOUT)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(TIMEOUT)
    try:
        connection.connect(settings.CLAMD_ADDRESS)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096 and (piece := connection.recv(4096)):
        answer += piece
    return answer.rstrip(b"\0\n ")
