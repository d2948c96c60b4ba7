"""Municipalities that are comparable with one."""
