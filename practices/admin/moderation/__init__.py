"""The queue, the review and the archive, as editors see them."""
