"""What axe could not decide and a person has looked at: patterns of "rule selector", with the reason. A violation never stands here."""

REVIEWED = {
    # Seen at 1280 pixels in Arabic: every label stands alone on the white panel, in the colour of all links there.
    r"color-contrast .*(my-la-care-covered|menu-\d-\d|menu__link).* > span > span:nth-child\(2\)": (
        "Words of two directions in one label: their boxes touch, the words do not."
    ),
}
