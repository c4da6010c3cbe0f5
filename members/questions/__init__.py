"""Short question paths: three questions at most, and an answer that names the line to call, what to have ready and what to read next.

- The rules are data: `tables.py` says what they consist of, a module for each path holds its own, `paths.py` lists them, and `checks.py`
  refuses one that leads nowhere.
- All questions of a path stand on one page, which is the same for everybody and kept ready (lacare_site/page_cache/). The answer comes to
  a POST, under one address for all answers: what somebody chose is in no address, no log, no cookie and no table, is never stored by a
  cache, and is sent as the choices' numbers alone. A page for each question could not do that without a cookie: its address would hold
  the choice, or "Back" would meet a POST, which the browser asks to send again. So "Back" leads from the answer to the questions as they
  were chosen. Only where a question had been left open, a POST lies between them, and may be sent again: nothing comes of it.
- Whoever goes on from an answer and comes back to it is asked by the browser to send it again, which gives the same. A browser could show it
  at once only out of its cache, which lies on the disk, also of a library's computer, and would tell the next one what was chosen.
- The title of an answer says nothing of it either, since browsers keep titles in their history. The page itself holds all that is worth
  printing: the answer, its lines, and what was chosen.
"""
