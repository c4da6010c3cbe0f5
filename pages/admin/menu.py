"""What Wagtail's admin shows and this site does not need: its pages use drawings of their own, no uploaded pictures."""

from wagtail.images.wagtail_hooks import ImagesSummaryItem


def without_images(request, menu_items: list) -> None:
    menu_items[:] = [item for item in menu_items if item.name != "images"]


def without_image_count(request, summary_items: list) -> None:
    summary_items[:] = [item for item in summary_items if not isinstance(item, ImagesSummaryItem)]
