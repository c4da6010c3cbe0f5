"""Dates in full, so that a case ending may follow the day ("2024 թ. մայիսի 5-ի"); Django has no formats for Armenian."""

DATE_FORMAT = "Y թ. E j"
DATETIME_FORMAT = "Y թ. E j, H:i"
TIME_FORMAT = "H:i"
