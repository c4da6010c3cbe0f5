"""All question paths of the site."""

from . import help_me_choose, medi_cal, pasc_seiu, which_line

PATHS = {path.key: path for path in (which_line.PATH, help_me_choose.PATH, medi_cal.PATH, pasc_seiu.PATH)}


def lines_named() -> set[str]:
    """The keys of all telephone lines that an answer names."""
    return {line for path in PATHS.values() for rule in path.rules for line in rule.answer.lines}
