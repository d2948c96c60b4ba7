"""Trainer pairs: two expertises that two trainers of one practice brought together."""
