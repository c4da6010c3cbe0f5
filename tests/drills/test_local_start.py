"""The local start loses one of its parts: the rest ends too, and says so."""

import os
import signal
import socket

import pytest

from tests.harness.local_start import children, is_running, read_until, starting
from tests.harness.production import wait_for

pytestmark = pytest.mark.drill


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.mark.parametrize("part", ["worker", "web server"])
def test_a_killed_part_ends_the_other(data, port, part):
    with starting(data, port) as process:
        assert "Sign in as: admin" in read_until(process, "Ctrl-C ends it")
        parts = children(process)
        os.kill(parts[part], signal.SIGKILL)
        assert f"The {part} ended by itself (exit code -9)" in process.stdout.read()
        assert process.wait() == 1
        assert not any(is_running(pid) for pid in parts.values())


def test_a_killed_start_leaves_nothing_running(data, port):
    with starting(data, port) as process:
        read_until(process, "Ctrl-C ends it")
        parts = children(process)
        assert set(parts) == {"web server", "worker"}
        process.kill()
        process.wait()
        process.stdout.read()  # ends when the last of them has let go of it
        wait_for(lambda: not any(is_running(pid) for pid in parts.values()))
