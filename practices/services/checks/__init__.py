"""What is said of a practice while it is written: pure rules, and the panel that shows them.

`facts` turns a page into plain values; `completeness`, `contradictions` and `identifiability` read
those and ask nothing else. Nothing here blocks a draft.
"""
