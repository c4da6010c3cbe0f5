"""Puts load on one address of this machine for a few seconds, and counts the answers."""

import http.client
import re
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from tests.harness import programs

CONNECTIONS = 8
HEADERS = {"Accept-Encoding": "gzip"}
VISITOR_COOKIE = "_ga=GA1.2.{}"  # another one with every request, as analytics has it
SCRIPT = """
local number = 0
function request()
  number = number + 1
  wrk.headers["Cookie"] = string.gsub("{cookie}", "{}", number)
  return wrk.format()
end
"""


def install() -> None:
    """wrk, where this machine lets us."""
    if not shutil.which("wrk"):
        programs.run(programs.from_debian("wrk"))


def requests_per_second(port: int, path: str, cookie: str = "", seconds: int = 2) -> float:
    """`{}` in the cookie is another number each time."""
    return (_by_wrk if shutil.which("wrk") else _by_threads)(port, path, cookie, seconds)


def client() -> str:
    return "wrk" if shutil.which("wrk") else "Python threads (install wrk for higher figures)"


def _by_wrk(port: int, path: str, cookie: str, seconds: int) -> float:
    headers = [part for name, value in HEADERS.items() for part in ("-H", f"{name}: {value}")]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT.replace("{cookie}", cookie))
        script.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds}s",
            "-s",
            script.name,
            *headers,
            f"http://127.0.0.1:{port}{path}",
        ]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output:
        raise RuntimeError(f"{path} did not answer 200:\n{output}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", output)[1])


def _by_threads(port: int, path: str, cookie: str, seconds: int) -> float:
    begin = time.monotonic()

    def ask_again_and_again() -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        count = 0
        while time.monotonic() < begin + seconds:
            connection.request("GET", path, headers=HEADERS | {"Cookie": cookie.replace("{}", str(count))})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
            count += 1
        return count

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        counts = [pool.submit(ask_again_and_again) for _ in range(CONNECTIONS)]
    return sum(count.result() for count in counts) / (time.monotonic() - begin)
