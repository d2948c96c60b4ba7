"""A Debian machine to follow a document on, literally: this one's system with a layer of its own.

What commands write lies in that layer, so nothing of this machine changes: `/etc`, `/srv` and all
the rest are those of an operator. It has its own processes, which end with it; the network is that
of this machine. systemd does not run there: `systemctl` is `systemctl.py`, which does what the unit
files say. Only root can make such a machine.
"""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.documents.blocks import Block
from tests.services import missing

HERE = Path(__file__).parent
PATH = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin"
"""Debian's programs before what else this machine has."""
PASSED_ON = (
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "PIP_INDEX_URL",
    "PIP_CONFIG_FILE",
    "SSL_CERT_FILE",
)
"""How pip and apt reach their servers from here."""

START = """
set -eu
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=/,upperdir=$LAYER,workdir=$WORK" "$ROOT"
for folder in dev sys; do mount --rbind "/$folder" "$ROOT/$folder"; done
mount -t proc proc "$ROOT/proc"
mount -t tmpfs tmpfs "$ROOT/run"
mount -t tmpfs tmpfs "$ROOT/tmp"
chmod 1777 "$ROOT/tmp"
mkdir -p "$ROOT/run/lock"
test -z "$SHARED" || mount --bind "${SHARED%:*}" "$ROOT${SHARED#*:}"
exec python3 "$HERE/reaper.py"
"""


class Machine:
    """Runs within a `with`, in a folder; begins with a copy of another's layer, if it is given one.

    A copy, because Linux stacks no layers of which one lies in another, and all lie below `/`.
    """

    def __init__(self, folder: Path, begin: Path | None = None, *, shared: str = "") -> None:
        if os.geteuid() != 0:
            missing("Only root can make a machine to follow a document on.")
        self.layer, self.root, self._work = (folder / name for name in ("layer", "root", "work"))
        for path in (self.root, self._work):
            path.mkdir(parents=True, exist_ok=True)
        if begin:
            subprocess.run(["cp", "--archive", begin, self.layer], check=True)
        self.layer.mkdir(exist_ok=True)
        self._shared = shared
        """`folder:path`: a folder of this machine that is at a path there too."""
        self.values: dict[str, str] = {}
        """The variables of the operator's shell."""
        self.said = ""
        """What the commands printed, all of them."""

    def __enter__(self) -> "Machine":
        environment = {
            **os.environ,
            "LAYER": str(self.layer),
            "WORK": str(self._work),
            "ROOT": str(self.root),
            "HERE": str(HERE),
            "SHARED": self._shared,
        }
        self._holder = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", START],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._holder.stdout
        assert self._holder.stdout.readline() == "ready\n", (
            "No machine: may layers be mounted here?"
        )
        children = Path(f"/proc/{self._holder.pid}/task/{self._holder.pid}/children").read_text()
        self._first = children.split()[0]
        self.put(HERE / "systemctl.py", "/usr/local/lib/systemctl")
        self.do("ln -sf /usr/local/lib/systemctl /usr/bin/systemctl", "chmod +x /usr/bin/systemctl")
        return self

    def __exit__(self, *_error: object) -> None:
        with self._holder:
            self._holder.kill()
        # The first process is gone when all others are: then their ports are free.
        while Path(f"/proc/{self._first}").exists():
            time.sleep(0.05)

    def put(self, source: Path, target: str) -> None:
        """A copy of a file of ours, at a path of the machine."""
        self.do(f"mkdir -p $(dirname {target})", f"cat > {target}", given=source.read_text())

    def do(self, *commands: str, given: str = "") -> str:
        """Type commands, as root; what they printed. Each must succeed."""
        done = self.run("\n".join(("set -eu", *commands)), given=given)
        assert done.returncode == 0, f"{commands}\n{done.stdout[-6000:]}"
        return done.stdout

    def follow(self, blocks: Sequence[Block], **changed: str) -> str:
        """Type what a document says, literally; what it printed.

        A block of values is read as the values that this operator has, which must be the same ones.
        """
        said = ""
        for block in blocks:
            done = self.run(f"set -eu\n{block.text}", extra=changed)
            said += done.stdout
            assert done.returncode == 0, f"{block}\n{block.text}\n{done.stdout[-6000:]}"
        return said

    def set_values(self, block: Block, values: Mapping[str, str]) -> None:
        """The operator's own values in the place of those of the document."""
        names = [line.partition("=")[0] for line in block.text.splitlines() if line.strip()]
        assert sorted(names) == sorted(values), block
        self.values |= values

    def run(
        self, script: str, *, given: str = "", extra: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run a script in bash, as root; both its outputs are one."""
        environment = {
            "HOME": "/root",
            "PATH": PATH,
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
            **self.values,
            **(extra or {}),
        }
        done = subprocess.run(
            [
                "nsenter",
                f"--target={self._first}",
                "--mount",
                "--pid",
                "--",
                "chroot",
                self.root,
                "bash",
                "-c",
                script,
            ],
            env=environment,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.said += done.stdout
        return done

    @contextmanager
    def told(self) -> Iterator[None]:
        """What goes wrong in this block comes with what services wrote."""
        try:
            yield
        except BaseException as error:
            error.add_note(self.run("tail --lines 25 /var/log/units/* /var/log/nginx/*").stdout)
            raise
