"""Mails of the site: made, kept in the database until a server has them, and sent by a thread."""
