"""One Apache Kafka node (KRaft, broker and controller in one) on loopback, for tests and benches.

    with Broker(directory) as broker: ... broker.bootstrap ...

Needs the jars that tests/kafka/run puts into build/kafka/libs and Java 17 on the PATH. stop(), kill()
and start() again keep data and ports, as a restarted broker does.
"""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIBS = ROOT / "build" / "kafka" / "libs"
POM = pathlib.Path(__file__).resolve().parent / "broker" / "pom.xml"
LOGGING = POM.with_name("log4j2.properties")

# One node has one replica of everything; the rest makes groups and aborted transactions settle at once.
SETTINGS = {
    "auto.create.topics.enable": "false",
    "num.partitions": 1,
    "default.replication.factor": 1,
    "offsets.topic.num.partitions": 4,
    "offsets.topic.replication.factor": 1,
    "transaction.state.log.num.partitions": 4,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": 1000,
    "broker.session.timeout.ms": 3000,
    "broker.heartbeat.interval.ms": 500,
    "share.coordinator.state.topic.replication.factor": 1,
    "share.coordinator.state.topic.min.isr": 1,
    "group.initial.rebalance.delay.ms": 0,
    "log.retention.ms": 3_600_000,
    "log.segment.delete.delay.ms": 1000,
    "log.segment.bytes": 256 << 20,
}


class BrokerError(Exception):
    pass


def fetch_jars():
    """Downloads Kafka from Maven Central once; later calls find the stamp and do nothing."""
    stamp = LIBS / ".complete"
    wanted = POM.read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    shutil.rmtree(LIBS, ignore_errors=True)
    subprocess.run(["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-Dlibs={LIBS}"],
                   check=True)
    stamp.write_text(wanted)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


class Broker:
    def __init__(self, directory, heap="512m", settings=None):
        self.directory = pathlib.Path(directory)
        self.log = self.directory / "broker.log"
        self._heap = heap
        self._settings = settings or {}
        self._process = None
        port, controller = free_ports(2)
        self.bootstrap = f"127.0.0.1:{port}"
        self._write_properties(port, controller)
        self._java("kafka.tools.StorageTool", "format", "--standalone", "--cluster-id", "d2lyZWRlc2stdGVzdHMtMQ",
                   "--config", str(self._properties), wait=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    @property
    def pid(self):
        return self._process.pid

    def start(self, timeout=60):
        self._process = self._java("kafka.Kafka", str(self._properties))
        admin = AdminClient({"bootstrap.servers": self.bootstrap, "log_level": 0})
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise BrokerError(f"the broker ended with status {self._process.returncode}: see {self.log}")
            try:
                if admin.list_topics(timeout=1).brokers:
                    return self
            except KafkaException:
                pass
            time.sleep(0.1)
        self.kill()
        raise BrokerError(f"the broker was not ready within {timeout} s: see {self.log}")

    def stop(self, timeout=30):
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self):
        self._process.kill()
        self._process.wait()
        self._process = None

    def restart(self):
        self.stop()
        self.start()

    def cpu_seconds(self):
        """User and system time of the broker's process so far."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _write_properties(self, port, controller):
        self.directory.mkdir(parents=True, exist_ok=True)
        self._properties = self.directory / "broker.properties"
        lines = {
            "process.roles": "broker,controller",
            "node.id": 1,
            "listeners": f"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{port}",
            "controller.listener.names": "CONTROLLER",
            "controller.quorum.bootstrap.servers": f"127.0.0.1:{controller}",
            "log.dirs": str(self.directory / "data"),
            **SETTINGS,
            **self._settings,
        }
        self._properties.write_text("".join(f"{key}={value}\n" for key, value in lines.items()))

    def _java(self, main, *arguments, wait=False):
        if not LIBS.is_dir():
            raise BrokerError(f"no Kafka in {LIBS}: run tests/kafka/run, which fetches it")
        # setpriv: a test run that is killed takes its broker with it.
        command = ["setpriv", "--pdeathsig", "KILL", "java", f"-Xmx{self._heap}", "-XX:+UseG1GC",
                   f"-Dlog4j2.configurationFile={LOGGING}", "-cp", f"{LIBS}/*", main, *arguments]
        with open(self.log, "ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                       start_new_session=True)
        if wait and process.wait() != 0:
            raise BrokerError(f"{main} failed with status {process.returncode}: see {self.log}")
        return process
