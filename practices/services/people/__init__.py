"""Who writes here: invitations, accounts, and what officials get to see of the admin."""
