"""Several machines of one installation on this one: PostgreSQL, Redis, web servers, workers.

    with Cluster(folder) as cluster:
        cluster.kill("web-1")
        cluster.start("web-1")

Each is a process of its own that may be killed and started again. Everything lies in a temporary
folder, listens on free ports of this machine only, and is gone at the end, whatever happened.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from tools.throwaway_postgres import (
    SERVER_SETTINGS,
    choose_free_port,
    choose_server_user,
    find_server_programs,
    start_cluster,
    stop_cluster,
    wait_until_ready,
)

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 900
LOOK_SECONDS = 0.1
PROGRAMS = Path(sys.executable).parent
# What was committed survives the end of the server: only then may nothing be lost. The disk of a
# machine that never loses its power needs no fsync.
DURABLE = {**SERVER_SETTINGS, "synchronous_commit": "on"}


def find_redis() -> str:
    """The program of the Redis server."""
    found = shutil.which("redis-server")
    if found is None:
        sys.exit("No Redis server is installed (Debian: apt-get install redis-server).")
    return found


class Cluster:
    """PostgreSQL and Redis, ``web-1`` and ``web-2`` with two processes each, two workers."""

    def __init__(self, folder: Path, environment: dict[str, str], source: Path = ROOT) -> None:
        self.folder = folder
        self.source = {"web-1": ROOT, "web-2": source, "work-1": ROOT, "work-2": source}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        names = ("postgres", "redis", "web-1", "web-2")
        self.ports = {name: choose_free_port() for name in names}
        self.environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith("PLACET_")},
            "PLACET_DATABASE_URL": f"postgresql://placet@127.0.0.1:{self.ports['postgres']}/placet",
            "PLACET_REDIS_URL": f"redis://127.0.0.1:{self.ports['redis']}/0",
            "PLACET_STATE": str(folder / "state"),
            "PLACET_WEB_THREADS": "4",
            "DJANGO_SETTINGS_MODULE": "placet.project.settings",
            **environment,
        }

    def __enter__(self) -> "Cluster":
        (self.folder / "state").mkdir(parents=True)
        try:
            self.start("redis")
            place = self.folder / "postgres"
            place.mkdir()
            self.folder.chmod(0o755)
            self._running["postgres"] = start_cluster(place, self.ports["postgres"], DURABLE)
            wait_until_ready(self._running["postgres"], place, self.ports["postgres"])
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for name in [name for name in self._running if name != "postgres"]:
            self.kill(name)
        server = self._running.pop("postgres", None)
        if server is not None:
            stop_cluster(server)

    def addresses(self) -> list[str]:
        """Where the web servers listen."""
        return [f"http://127.0.0.1:{self.ports[name]}" for name in ("web-1", "web-2")]

    def run(self, *arguments: str, source: Path = ROOT) -> str:
        """What a command of the installation says; raises when it fails."""
        ended = subprocess.run(
            [sys.executable, *arguments],
            cwd=source,
            env=self._environment(source),
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            raise RuntimeError(
                f"{arguments} ended with {ended.returncode}:\n{ended.stderr[-3000:]}"
            )
        return ended.stdout

    def start(self, *names: str) -> None:
        """Start processes side by side, and return once all of them answer."""
        for name in names:
            if name != "postgres":
                self._launch(name)
        for name in names:
            if name == "postgres":
                self._restart_postgres()
            elif name == "redis":
                wait_for(self._redis_answers, "redis to answer")
            else:
                wait_for(lambda name=name: self._is_up(name), f"{name} to be ready")

    def _launch(self, name: str) -> None:
        source = self.source.get(name, ROOT)
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                self._command(name),
                cwd=self.folder if name == "redis" else source,
                env=self._environment(source),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """Kill the process with all its children, as when its machine loses its power."""
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def crash_postgres(self) -> None:
        """End the server in the middle of everything; it recovers when it is started again."""
        server = self._running.pop("postgres")
        server.send_signal(signal.SIGQUIT)
        server.wait()

    def log_of(self, name: str) -> str:
        """What a process said."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def _environment(self, source: Path) -> dict[str, str]:
        return {**self.environment, "PYTHONPATH": f"{source / 'src'}{os.pathsep}{source}"}

    def _command(self, name: str) -> Sequence[str]:
        if name == "redis":
            options = ["--port", str(self.ports["redis"]), "--bind", "127.0.0.1"]
            return [find_redis(), *options, "--save", "", "--appendonly", "no"]
        if name.startswith("work"):
            return [sys.executable, "-m", "django", "work"]
        bind = f"127.0.0.1:{self.ports[name]}"
        server = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        return [*server, "--bind", bind, "placet.project.wsgi"]

    def _restart_postgres(self) -> None:
        folder = self.folder / "postgres"
        programs = find_server_programs()
        # initdb made the cluster; the server starts with the settings that it had.
        port = str(self.ports["postgres"])
        server = [str(programs / "postgres"), "-D", str(folder / "cluster")]
        server += ["-k", str(folder), "-p", port]
        for setting, value in DURABLE.items():
            server += ["-c", f"{setting}={value}"]
        user = choose_server_user()
        assert pwd.getpwnam(user)
        with (folder / "log").open("ab") as log:
            self._running["postgres"] = subprocess.Popen(
                server,
                cwd=folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=user if os.geteuid() == 0 else None,
            )
        ready = [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", port, "--quiet"]
        wait_for(
            lambda: subprocess.run(ready, cwd=folder, check=False).returncode == 0,
            "postgres to answer",
        )

    def _is_up(self, name: str) -> bool:
        """Whether a web server is ready; a worker has nothing that could be asked."""
        if name.startswith("work"):
            return True
        try:
            address = f"http://127.0.0.1:{self.ports[name]}/readyz/"
            with urllib.request.urlopen(address, timeout=10) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            if name in self._running and self._running[name].poll() is not None:
                raise RuntimeError(f"{name} ended:\n{self.log_of(name)[-3000:]}") from None
            return False

    def _redis_answers(self) -> bool:
        from redis import Redis
        from redis.exceptions import RedisError

        try:
            return bool(Redis(port=self.ports["redis"], socket_timeout=1).ping())
        except RedisError:
            return False


def wait_for(holds, what: str) -> None:  # type: ignore[no-untyped-def]
    """Look until it holds; the deadline is far, since a machine may be slow."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > give_up_at:
            raise RuntimeError(f"waited in vain for {what}")
        time.sleep(LOOK_SECONDS)
