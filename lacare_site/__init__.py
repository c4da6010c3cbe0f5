"""The site: settings, routes, and what all apps stand on."""

import gc

# Django and Wagtail make many objects that stay: looking through all of them time and again takes a tenth of the time of a start.
gc.set_threshold(50_000, 20, 100)
