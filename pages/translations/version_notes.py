"""What a version of a text says of itself beside the text: it belongs to that version alone, and to none that is made from it."""

from dataclasses import asdict, dataclass, field

KEY = "version_notes"  # among what a version holds


@dataclass
class VersionNotes:
    """`seen_english`: by language the English that its writer had before them, as texts.text_of gives it, where it is not the version's own;
    {} of one that is not known. `is_minor_edit`: it does not change what the English says.
    """

    seen_english: dict[str, dict] = field(default_factory=dict)
    is_minor_edit: bool = False

    @classmethod
    def of(cls, revision) -> "VersionNotes":
        return cls(**revision.content.get(KEY, {}))

    def as_content(self) -> dict:
        """What goes into the version: nothing where there is nothing to say."""
        return {} if self == VersionNotes() else {KEY: asdict(self)}
