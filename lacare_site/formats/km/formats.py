"""Dates in full, with the words that Khmer puts before day, month and hour; Django's own format lacks some of them."""

DATE_FORMAT = "ថ្ងៃទី j ខែF ឆ្នាំ Y"
DATETIME_FORMAT = "ថ្ងៃទី j ខែF ឆ្នាំ Y ម៉ោង G:i"
TIME_FORMAT = "ម៉ោង G:i"
