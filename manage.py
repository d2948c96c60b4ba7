#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from environs import EnvError

from cms.metrics import files

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.base")
    if sys.argv[1:2] == ["worker"]:
        # It serves no measurements itself: the web server beside it gives them.
        files.share_if_asked(Path(__file__).parent)
        files.reserve()
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EnvError) as error:
        sys.exit(f"{error}")
