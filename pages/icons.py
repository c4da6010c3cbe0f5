"""The icons that editors may choose; each is a symbol of `static/icons/sprite.svg`."""

ICONS = (
    "phone doctor card renew nurse form compare globe search location calendar shield video pills printer building people heart "
    "info warning check home document money car tooth eye baby clock mail star book"
).split()


def icon_choices() -> list[tuple[str, str]]:
    return [(name, name.capitalize()) for name in ICONS]
