"""What a drill has shown, in figures: counted in the database and in the mailbox, not by those who sent."""

from collections import Counter
from dataclasses import asdict, dataclass
from email import message_from_bytes

from tests.drills.plant import Plant
from tests.drills.senders import Asker, Drafter, Sender

OF_A_CASE = """
    SELECT c.reference, c.received_at, (SELECT count(*) FROM casework_caseevent e WHERE e.case_id = c.id AND e.kind = 'received'),
    ARRAY(SELECT DISTINCT item FROM intake_attachment a WHERE a.case_id = c.id)
    FROM casework_case c LEFT JOIN providers_informationrequest r ON r.case_id = c.id
"""


@dataclass
class Figures:
    """`of`: what was sent. `answered`: those who have its receipt. `halves`: what was stored without all its files. `again`: tries that
    brought no page and were repeated. `from_store`: receipts of what an earlier try had sent already. `mails_again`: arrivals beyond the
    first of a mail, which their Message-ID makes one to whoever receives them."""

    of: str
    sent: int
    answered: int
    lost: int
    duplicates: int
    again: int
    from_store: int
    slowest: float  # seconds
    kills: int
    halves: int = 0
    mails: int = 0
    mails_lost: int = 0
    mails_again: int = 0

    def assert_nothing_lost(self) -> None:
        assert (self.answered, self.lost, self.duplicates, self.halves, self.mails_lost) == (self.sent, 0, 0, 0, 0), asdict(self)


def count(plant: Plant, senders: list[Sender], kills: int = 0) -> list[Figures]:
    """Waits until the mails are out, and counts, by what was sent. The kills are those of all."""
    plant.wait(lambda: not plant.unsent(), "all mail is sent")
    arrived = Counter(message_from_bytes(mail.content)["Message-ID"].strip() for mail in list(plant.mailbox.mails))
    kinds = dict.fromkeys(sender.what for sender in senders)
    return [_count_of(plant, what, [sender for sender in senders if sender.what == what], kills, arrived) for what in kinds]


def _count_of(plant: Plant, what: str, senders: list[Sender], kills: int, arrived: Counter) -> Figures:
    lost = duplicates = from_store = halves = 0
    keys = []
    for sender in senders:
        found = _cases_of(plant, sender)
        lost += not found
        duplicates += max(0, len(found) - 1) + sum(events - 1 for _reference, _at, events, _items in found)
        if found:
            reference, received_at, _events, items = found[0]
            assert sender.reference == reference, "The receipt names another case."
            from_store += received_at < sender.handed_in_at
            halves += set(items) != set(sender.items)
            keys += [f"{reference} received", f"{reference} new"]
    ids = [row[0] for row in plant.rows("SELECT message_id FROM outbox_message WHERE key = ANY(%s)", keys)]
    return Figures(
        of=what,
        sent=len(senders),
        answered=sum(bool(sender.reference) for sender in senders),
        lost=lost,
        duplicates=duplicates,
        halves=halves,
        **of_the_way(senders, kills),
        from_store=from_store,
        mails=len(keys),
        mails_lost=len(keys) - sum(key in arrived for key in ids),
        mails_again=sum(max(0, arrived[key] - 1) for key in ids),
    )


def of_the_way(senders: list[Sender], kills: int) -> dict:
    """What the senders met."""
    slowest = max(max(sender.seconds) for sender in senders)
    return {"again": sum(sender.failures for sender in senders), "slowest": slowest, "kills": kills}


def table(drills: list[tuple[str, dict]]) -> str:
    """The figures of several drills, each with its name."""
    names = ["drill", *Figures.__dataclass_fields__]
    lines = [names] + [[name, *(_shown(figures[field]) for field in names[1:])] for name, figures in drills]
    widths = [max(len(line[place]) for line in lines) for place in range(len(names))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def _shown(figure: float) -> str:
    return f"{figure:.2f} s" if isinstance(figure, float) else str(figure)


def _cases_of(plant: Plant, sender: Sender) -> list[tuple]:
    if isinstance(sender, Asker):
        return plant.rows(f"{OF_A_CASE} WHERE r.message = %s", sender.mark)
    assert isinstance(sender, Drafter)
    return plant.rows(f"{OF_A_CASE} WHERE c.code_hash = %s", sender.code_hash)
