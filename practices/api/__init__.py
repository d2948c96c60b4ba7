"""The API: practices, lessons, municipalities, vocabularies and WegWijzers, to read only.

Why it is as it is: decision 0046.
"""

VERSION = "1.0.0"
"""By semantic versioning; raised when an answer gets other fields, so that no ETag outlives it."""
ROOT = "/api/v1/"
