"""Says in one sentence that a port cannot be had, before anything slow begins: check_port.py PORT

Standard library only: it runs before the packages are installed.
"""

import contextlib
import errno
import socket
import sys


def why_not(port, host="127.0.0.1"):
    """Why no web server can listen there, or an empty text."""
    with contextlib.closing(socket.socket()) as listener:
        # As the web server does: a port whose last connections are still closing is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except socket.error as error:
            if error.errno == errno.EACCES:
                return "Port %s is the administrator's alone on this machine. Choose another: make run PORT=8000" % port
            return "Port %s is taken by another program. End that one, or choose another: make run PORT=%d" % (port, port + 1)
    return ""


def main(argument):
    if not argument.isdigit() or not 0 < int(argument) < 65536:
        sys.exit("PORT=%s is not a port; give a number from 1 to 65535." % argument)
    refusal = why_not(int(argument))
    if refusal:
        sys.exit(refusal)


if __name__ == "__main__":
    main(sys.argv[1])
