"""Says in one sentence that a port is taken, before anything slow begins: check_port.py PORT

Standard library only: it runs before the packages are installed.
"""

import contextlib
import socket
import sys


def is_free(port, host="127.0.0.1"):
    with contextlib.closing(socket.socket()) as listener:
        # As the web server does: a port whose last connections are still closing is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except socket.error:
            return False
    return True


def main(argument):
    if not argument.isdigit() or not 0 < int(argument) < 65536:
        sys.exit("PORT=%s is not a port; give a number from 1 to 65535." % argument)
    if not is_free(int(argument)):
        sys.exit(
            "Port %s is taken by another program. End that one, or choose another: make run PORT=%d"
            % (argument, int(argument) + 1)
        )


if __name__ == "__main__":
    main(sys.argv[1])
