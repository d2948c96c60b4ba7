"""Municipalities that merge: prepared, carried out on a date, undoable until it is made final.

The page of an old municipality stays in the tree, not public; the municipality itself stays in its
register, with `merged_into`. Nothing else is derived from it but what stands here.
"""
