"""What of practices is searched: documents, facets, lessons, likeness, pairs."""
