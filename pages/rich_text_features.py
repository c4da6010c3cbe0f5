"""What editors may use in rich text: an allow-list, the same that the starting content may use."""

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "phone"]
FEATURES_WITH_HEADINGS = ["h2", "h3", *FEATURES]
FEATURES_WITH_SUBHEADINGS = ["h3", *FEATURES]
