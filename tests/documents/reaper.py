"""The first process of a machine: takes leave of whatever ended, until it is killed."""

import os
import signal

signal.signal(signal.SIGCHLD, lambda *_: None)
os.write(1, b"ready\n")
while True:
    try:
        os.waitpid(-1, 0)
    except ChildProcessError:
        signal.sigtimedwait([signal.SIGCHLD], 1)
