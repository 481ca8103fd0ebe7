"""One test's own corner of the broker: its topics, its consumer group, its daemons.

Also the questions that every delivery test asks: is the input drained, what was published, and is
that the same as an uninterrupted run of `wiredesk process` says?
"""
import json
import subprocess
import time

from cluster import Record
from daemon import Daemon, merged, process_records


class Workspace:
    def __init__(self, cluster, name, directory, partitions=4):
        self.cluster = cluster
        self.directory = directory
        self.partitions = partitions
        self.raw, self.enriched, self.dead, self.state = (
            f"{name}.{kind}" for kind in ("raw", "enriched", "dead", "state"))
        self.group = f"{name}.group"
        self.daemons = []
        self.counts = [0] * partitions  # records produced to each partition of the input

    # --- set-up

    def create_input(self, **config):
        # Articles of any date must stay and be taken: the tests send 1987 and 2100.
        self.cluster.create(self.raw, self.partitions, retention_ms=-1, max_message_bytes=20_000_000,
                            message_timestamp_after_max_ms=(1 << 63) - 1, **config)

    def config(self, **changes):
        return merged({
            "kafka": {"common": {"bootstrap.servers": self.cluster.bootstrap}, "consumer": {"group.id": self.group}},
            "input": {"topics": [self.raw]},
            "output": {"topic": self.enriched},
            "dead_letters": {"topic": self.dead},
            "state": {"topic": self.state, "partitions": 2},
        }, changes)

    def daemon(self, name="daemon", **changes):
        daemon = Daemon(self.directory, name, self.config(**changes))
        self.daemons.append(daemon)
        return daemon

    def produce(self, records):
        records = list(records)
        self.cluster.produce(self.raw, records)
        for record in records:
            self.counts[record.partition] += 1

    def produce_articles(self, articles, place):
        """place(number, article) is the partition. Returns the article of each (partition, offset)."""
        at, records = {}, []
        ends = list(self.counts)
        for number, article in enumerate(articles):
            partition = place(number, article) % self.partitions
            at[partition, ends[partition]] = article
            ends[partition] += 1
            records.append(Record(article.text.encode(), partition, key=str(article.story).encode()))
        self.produce(records)
        return at

    def close(self):
        for daemon in self.daemons:
            daemon.kill()

    # --- progress

    def progress(self):
        """Input records whose processing is committed."""
        return sum(self.cluster.committed(self.group, self.raw, self.partitions))

    def wait_progress(self, wanted, daemons, timeout=60, poll=0.005):
        deadline = time.monotonic() + timeout
        while (done := self.progress()) < wanted:
            for daemon in daemons:
                assert daemon.running(), f"{daemon.name} ended with {daemon.exit_status}: {daemon.tail()}"
            if time.monotonic() > deadline:
                raise TimeoutError(f"{done} of {wanted} records were done after {timeout} s: {daemons[0].tail()}")
            time.sleep(poll)

    def has_open_transaction(self):
        """Whether records of the output topic stand beyond the last stable offset."""
        partitions = len(self.cluster.topics()[self.enriched].partitions)
        stable = self.cluster.ends(self.enriched, partitions, "read_committed")
        return sum(stable) < sum(self.cluster.ends(self.enriched, partitions))

    def wait_open_transaction(self, timeout):
        """Whether one was seen open within so many seconds."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self.has_open_transaction():
                return True
        return False

    def wait_drained(self, *daemons, timeout=60):
        self.wait_progress(sum(self.counts), daemons, timeout, poll=0.05)

    def run_to_end(self, timeout=60, **changes):
        """One daemon from start to SIGTERM over all that was produced."""
        daemon = self.daemon(**changes).start()
        self.wait_drained(daemon, timeout=timeout)
        assert daemon.terminate() == 0, daemon.tail()
        return daemon

    # --- results

    def published(self, isolation="read_committed"):
        """[(source position, message, record)] of the output topic."""
        found = []
        for record in self.cluster.read(self.enriched, isolation):
            message = json.loads(record.value)
            found.append((position(message), message, record))
        return found

    def published_once(self):
        """{source position: message}; fails if a position comes twice."""
        result = {}
        for at, message, record in self.published():
            assert at not in result, f"{at} was published twice, again at {record.partition}:{record.offset}"
            result[at] = message
        return result

    def dead_letters(self):
        return self.cluster.read(self.dead)

    def aborted_records(self):
        """How many records of the output topic belong to aborted transactions."""
        return len(self.cluster.read(self.enriched, "read_uncommitted")) - len(self.cluster.read(self.enriched))

    def uninterrupted(self, config_file, partition):
        """What `wiredesk process` makes of one partition: a message for each offset, dropped ones marked."""
        lines = kcat("-C", "-b", self.cluster.bootstrap, "-t", self.raw, "-p", str(partition), "-o", "beginning", "-e",
                     "-q", "-J")
        done = process_records(lines, config_file, "--keep-dropped")
        assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
        messages = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(messages) == self.counts[partition]
        return messages


def spread(number, _):
    """Places article after article on the next partition."""
    return number


def by_story(_, article):
    """Places the articles of a story on one partition."""
    return article.story


def kcat(*arguments, **options):
    return subprocess.run(["kcat", *arguments], check=True, capture_output=True, timeout=120, **options).stdout


def position(message):
    source = message["wire"]["source"]
    return source["partition"], source["offset"]


def essence(message):
    """The message without what may differ from run to run: where it stood, and how long it took."""
    wire = {key: value for key, value in message["wire"].items() if key not in ("source", "processing", "dropped")}
    return {"item": message["item"], "wire": wire}
