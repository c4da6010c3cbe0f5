"""Pages that were made once are given to the next visitor as bytes, without Django, and are never stale.

A view that gives everybody the same page says so (`marks.same_for_all`). Outside of Django (`layer.PageCache`) such an answer is kept in the
memory of the process, compressed, until anything changes that may stand on a page:

- The database itself tells of a change, by triggers on every table but those that never stand on a page (`triggers`), in the transaction of the
  change: whoever writes, by whatever way. On PostgreSQL each process listens; on SQLite it looks, with each request (`changes`).
- By the clock, where a notice begins or ends, and at midnight in the plan's time zone (`facts`).

Behind nginx (`PAGE_FILES` in the settings) one keeper listens for the whole machine (`keeper`), and the same bytes also stand in files, which nginx
gives without asking (`files`).

Where a process cannot know whether anything has changed, pages are made anew for each visitor: slower, not stale, not an error.
"""
