"""From nothing to a site on which people can work; what is there already stays as it is."""
