"""Run a command against a PostgreSQL cluster that exists only for that command.

    python tools/throwaway_postgres.py pytest -m "not browser"

A cluster is made in a temporary folder, listens on a free port of this machine only, keeps nothing
safe (``fsync`` off: it is thrown away), and is removed at the end, whatever happened. The command
finds its address in PLACET_DATABASE_URL. As root the server runs as the user ``postgres``, since it
refuses to run as root.
"""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

READY_SECONDS = 30
SERVER_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "jit": "off",
    "shared_buffers": "256MB",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
}


def find_server_programs() -> Path:
    """Return the folder of initdb and postgres: the newest version that is installed.

    Debian keeps them off the path, one folder a version.
    """
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda program: int(program.parent.parent.name),
    )
    if versions:
        return versions[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        sys.exit("No PostgreSQL server is installed (Debian: apt-get install postgresql).")
    return Path(on_path).resolve().parent


def choose_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def choose_server_user() -> str:
    """Root may not run the server; the user of the Debian package may."""
    if os.geteuid() != 0:
        return getpass.getuser()
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return "nobody"
    return "postgres"


def start_cluster(
    folder: Path, port: int, settings: Mapping[str, str] = SERVER_SETTINGS
) -> subprocess.Popen[bytes]:
    """Make a cluster in ``folder`` and start it; the caller ends the process."""
    programs = find_server_programs()
    user = choose_server_user()
    account = pwd.getpwnam(user)
    os.chown(folder, account.pw_uid, account.pw_gid)
    cluster = folder / "cluster"
    initdb = [str(programs / "initdb"), "--pgdata", str(cluster), "--username", "placet"]
    initdb += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    runs_as = user if os.geteuid() == 0 else None
    made = subprocess.run(
        initdb, cwd=folder, capture_output=True, text=True, check=False, user=runs_as
    )
    if made.returncode != 0:
        sys.exit(f"initdb failed:\n{made.stdout}{made.stderr}")
    server = [str(programs / "postgres"), "-D", str(cluster), "-k", str(folder), "-p", str(port)]
    for name, value in settings.items():
        server += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            server, cwd=folder, stdout=log, stderr=log, start_new_session=True, user=runs_as
        )


def wait_until_ready(server: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    """Return when the server answers ``SELECT 1`` through createdb's own connection."""
    programs = find_server_programs()
    createdb = [str(programs / "createdb"), "-h", "127.0.0.1", "-p", str(port)]
    createdb += ["-U", "placet", "placet"]
    give_up_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up_at and server.poll() is None:
        if subprocess.run(createdb, cwd=folder, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.1)
    sys.exit(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')}")


def stop_cluster(server: subprocess.Popen[bytes]) -> None:
    """End the server at once: nobody will read what it holds."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def leave_on_signal(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an exception, so that the clean-up below runs."""
    sys.exit(128 + number)


def main(command: list[str]) -> int:
    """Run ``command`` with PLACET_DATABASE_URL set; return its exit status."""
    if not command:
        sys.exit(__doc__)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, leave_on_signal)
    folder = Path(tempfile.mkdtemp(prefix="placet-postgres-"))
    port = choose_free_port()
    server: subprocess.Popen[bytes] | None = None
    try:
        server = start_cluster(folder, port)
        wait_until_ready(server, folder, port)
        url = f"postgresql://placet@127.0.0.1:{port}/placet"
        environment = {**os.environ, "PLACET_DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        if server is not None:
            stop_cluster(server)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
