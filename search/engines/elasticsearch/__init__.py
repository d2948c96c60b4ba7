"""The engine of a grown site: a cluster that many machines share."""
