"""What the apps above this one add to the starting content. Each says so when it starts, in its AppConfig."""

from collections.abc import Callable

page_types: dict[str, type] = {}  # by the name that content files give the type
data_loaders: list[Callable] = []  # each is called with the run's Records, once all pages stand
