"""The daemon under test: its configuration file, its process, its log, its admin server.

The program is $WIREDESK, else build/release/wiredesk.
"""
import copy
import os
import pathlib
import signal
import subprocess
import time
import urllib.error
import urllib.request

import yaml

from broker import ROOT, free_ports

PROGRAM = pathlib.Path(os.environ.get("WIREDESK", ROOT / "build" / "release" / "wiredesk")).resolve()


def merged(base, changes):
    """base with changes laid over it, mapping by mapping."""
    result = copy.deepcopy(base)
    for key, value in changes.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else value
    return result


class Daemon:
    def __init__(self, directory, name, config):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.name = name
        self.log = self.directory / f"{name}.log"
        self.config_file = self.directory / f"{name}.yaml"
        self.admin = f"127.0.0.1:{free_ports(1)[0]}"
        self.config = merged({"admin": {"listen": self.admin}}, config)
        self.config_file.write_text(yaml.safe_dump(self.config, sort_keys=False))
        self.process = None
        self.exit_status = None  # of the last run: negative is the signal
        self.usage = None        # rusage of the last run

    def start(self):
        with open(self.log, "ab") as log:
            # setpriv: a test run that is killed takes its daemons with it.
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", str(PROGRAM), "run", "-c", str(self.config_file)],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        return self

    def running(self):
        if self.process is None:
            return False
        pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
        if pid:
            self._ended(status, usage)
        return not pid

    def wait_ready(self, timeout=30):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            assert self.running(), f"{self.name} ended with {self.exit_status} before it was ready: {self.tail()}"
            if self.get("/readyz")[0] == 200:
                return self
            time.sleep(0.05)
        raise TimeoutError(f"{self.name} was not ready within {timeout} s: {self.get('/readyz')} {self.tail()}")

    def get(self, path):
        """(status, text) of the admin server; (0, reason) while nothing answers."""
        try:
            with urllib.request.urlopen(f"http://{self.admin}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError as error:
            return 0, str(error)

    def kill(self):
        if self.running():
            self.process.send_signal(signal.SIGKILL)
            self._ended(*os.wait4(self.process.pid, 0)[1:])

    def terminate(self, timeout=20):
        """SIGTERM, then the exit status; beyond the time-out it is killed and the test fails."""
        if self.running():
            self.process.send_signal(signal.SIGTERM)
        return self.wait(timeout)

    def wait(self, timeout):
        deadline = time.monotonic() + timeout
        while self.running():
            if time.monotonic() > deadline:
                self.kill()
                raise TimeoutError(f"{self.name} was still there after {timeout} s: {self.tail()}")
            time.sleep(0.02)
        return self.exit_status

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def tail(self, lines=25):
        if not self.log.exists():
            return "(no log)"
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def _ended(self, status, usage):
        self.exit_status = os.waitstatus_to_exitcode(status)
        self.usage = usage
        self.process.returncode = self.exit_status  # or Popen would warn of a child that it still waits for
        self.process = None


def process_records(lines, config_file, *options):
    """`wiredesk process --records` over kcat's lines: the finished subprocess."""
    return subprocess.run([str(PROGRAM), "process", "-c", str(config_file), "--records", *options, "-"], input=lines,
                          capture_output=True, timeout=120)
