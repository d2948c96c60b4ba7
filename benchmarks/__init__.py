"""Measures the site, beside what a Wagtail developer would write without it: `make bench`.

`__main__` prepares a site of each size (`sites`) and runs the measurements in a process of their
own on each (`measure`), which answer with figures; `report` lays those out, with what to reach.
"""
