"""The pages that every site has, put in the place of what Wagtail brings."""
