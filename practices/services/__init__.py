"""What happens and who is told: writes, jobs, mails, permissions. Knows no request."""
