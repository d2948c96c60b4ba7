"""Figures for editors, and the searches without results that they need."""
