"""What answers look like; the texts are English here, and Dutch in what is served.

Fields have the names of the parameters that search by them.
"""
