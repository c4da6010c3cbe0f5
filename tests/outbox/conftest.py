"""Mail servers: one that takes mail, one that hangs, one that is not there."""

import asyncio
import socket
import threading
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction

from lacare_site.outbox import services
from tests.harness.site import free_port


class Mailbox:
    """Keeps what it is sent; refuses addresses at "refused.example" for good, and at "busy.example" for now."""

    def __init__(self):
        self.mails = []
        self.is_slow = False  # takes the mail, and is long in saying so

    async def handle_RCPT(self, server, session, envelope, address, options):
        for domain, answer in {"refused.example": "550 no such mailbox", "busy.example": "450 try later"}.items():
            if address.endswith(domain):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        while self.is_slow:
            await asyncio.sleep(0.05)
        return "250 OK"

    def texts(self) -> list[str]:
        return [mail.content.decode() for mail in self.mails]


def _use(settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1


@pytest.fixture
def mailbox(settings):
    """A mail server that works."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    _use(settings, controller.port)
    yield box
    controller.stop()


@pytest.fixture
def server_is_down(settings):
    _use(settings, free_port())


@pytest.fixture
def server_hangs(settings):
    """Takes connections, greets, and then says nothing more."""
    with listening() as (listener, _held):
        _use(settings, listener.getsockname()[1])
        yield


@contextmanager
def listening(port: int = 0):
    """Gives the listening socket, and the list of connections that it has taken."""
    ended, held = threading.Event(), []

    def greet():
        while not ended.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                continue
            connection.sendall(b"220 here\r\n")
            held.append(connection)

    with socket.create_server(("127.0.0.1", port)) as listener:
        listener.settimeout(0.2)
        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        yield listener, held
        ended.set()
        thread.join()
        for connection in held:
            connection.close()


def write(key: str, to: str = "sender@example.org", language: str = "en", **context):
    with transaction.atomic():
        return services.write("inquiry_news", to, {"reference": key} | context, language, key)
