"""What a drill has shown, in figures: counted in the database and in the mailbox, not by those who sent."""

from collections import Counter
from dataclasses import asdict, dataclass
from email import message_from_bytes

from tests.drills.plant import Plant
from tests.drills.senders import Applicant, Asker, Sender

OF_A_CASE = """
    SELECT c.reference, c.received_at, (SELECT count(*) FROM casework_caseevent e WHERE e.case_id = c.id AND e.kind = 'received')
    FROM casework_case c LEFT JOIN providers_informationrequest r ON r.case_id = c.id
"""


@dataclass
class Figures:
    """`halves`: what was stored without all its files. `again`: tries that brought no page and were repeated. `from_store`: receipts of
    what an earlier try had sent already. `mails_again`: arrivals beyond the first of a mail, which their Message-ID makes one to whoever
    receives them."""

    sent: int
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
        assert (self.lost, self.duplicates, self.halves, self.mails_lost) == (0, 0, 0, 0), asdict(self)


def count(plant: Plant, senders: list[Sender], kills: int = 0) -> Figures:
    """Waits until the mails are out, and counts."""
    plant.wait(lambda: not plant.unsent(), "all mail is sent")
    lost = duplicates = from_store = 0
    keys = []
    for sender in senders:
        found = _cases_of(plant, sender)
        lost += not found
        duplicates += max(0, len(found) - 1) + sum(events - 1 for _reference, _at, events in found)
        if found:
            assert sender.reference == found[0][0], "The receipt names another case."
            from_store += found[0][1] < sender.last_try_at
            keys += [f"{sender.reference} received", f"{sender.reference} new"]
    ids = [row[0] for row in plant.rows("SELECT message_id FROM outbox_message WHERE key = ANY(%s)", keys)]
    arrived = Counter(message_from_bytes(mail.content)["Message-ID"].strip() for mail in list(plant.mailbox.mails))
    return Figures(
        sent=len(senders),
        lost=lost,
        duplicates=duplicates,
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
    assert isinstance(sender, Applicant)
    return plant.rows(f"{OF_A_CASE} WHERE c.code_hash = %s", sender.code_hash)
