"""The way of a practice from draft to publication, and what comes after."""
