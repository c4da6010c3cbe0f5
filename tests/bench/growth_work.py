"""What growth.py has done in a process under Django, on a site of its own: one view at a time is asked for, and timed.

A line of input names the view; the answer is a line with [seconds, queries, rows that the database looked at]. An empty name asks for the
megabytes that the process has held at most.
"""

import json
import sys

import django


def main() -> None:
    django.setup()
    from tests.bench.roster_work import peak
    from tests.pages import growth

    views = growth.views()
    print(json.dumps(list(views)), flush=True)
    for line in sys.stdin:
        if name := line.strip():
            asked, seconds = growth.ask(views[name])
            print(json.dumps([seconds, asked.queries, asked.looked_at]), flush=True)
        else:
            print(json.dumps(peak()), flush=True)


if __name__ == "__main__":
    main()
