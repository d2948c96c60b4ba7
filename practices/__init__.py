"""The plugin: municipalities, vocabularies, practice pages and WegWijzers."""
