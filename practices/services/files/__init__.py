"""Files that people send: looked through before they are kept."""
