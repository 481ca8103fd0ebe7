"""What the tests do with a broker: topics, producing to exact partitions, reading to the end."""
import dataclasses
import time

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic


QUIET = {"log_level": 0}  # a restarting broker is no news here


@dataclasses.dataclass(frozen=True)
class Record:
    """One record to produce; value None is a tombstone, timestamp None is now."""
    value: bytes | None
    partition: int = 0
    key: bytes | None = None
    headers: tuple = ()
    timestamp: int | None = None


@dataclasses.dataclass(frozen=True)
class Received:
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: dict
    timestamp: int


def patiently(ask, timeout=30):
    """The answer, asked again while the broker restarts or its coordinators load."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            return ask()
        except KafkaException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


class Cluster:
    def __init__(self, bootstrap):
        self.bootstrap = bootstrap
        self._admin = AdminClient({"bootstrap.servers": bootstrap, **QUIET})
        self._watchers = {}

    def create(self, topic, partitions=1, **config):
        settings = {name.replace("_", "."): str(value) for name, value in config.items()}
        self._admin.create_topics([NewTopic(topic, partitions, 1, config=settings)])[topic].result(20)
        # The answer says "done" before every handler of the broker knows the leaders.
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            found = self.topics().get(topic)
            if found and len(found.partitions) == partitions and all(p.leader >= 0 for p in found.partitions.values()):
                return
            time.sleep(0.05)
        raise TimeoutError(f"topic {topic} has no leaders")

    def topics(self):
        return patiently(lambda: self._admin.list_topics(timeout=10)).topics

    def topic_config(self, topic):
        resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
        return {name: entry.value for name, entry in
                self._admin.describe_configs([resource])[resource].result(10).items()}

    def group(self, group_id):
        """(state, number of members) of a consumer group."""
        found = patiently(lambda: self._admin.list_groups(group_id, timeout=10))
        return (found[0].state, len(found[0].members)) if found else ("", 0)

    def delete(self, *topics):
        for answer in self._admin.delete_topics(list(topics), operation_timeout=20).values():
            answer.result(30)

    def produce(self, topic, records, **config):
        failures = []
        producer = Producer({"bootstrap.servers": self.bootstrap, **QUIET, "linger.ms": 20, "acks": "all",
                             "enable.idempotence": True, "queue.buffering.max.messages": 1_000_000,
                             "queue.buffering.max.kbytes": 1 << 20, "message.max.bytes": 20_000_000,
                             "compression.type": "lz4", **config})

        def delivered(error, _):
            if error:
                failures.append(error)

        for record in records:
            extra = {} if record.timestamp is None else {"timestamp": record.timestamp}
            while True:
                try:
                    producer.produce(topic, value=record.value, key=record.key, partition=record.partition,
                                     headers=list(record.headers), on_delivery=delivered, **extra)
                    break
                except BufferError:
                    producer.poll(0.1)
            producer.poll(0)
        producer.flush(60)
        if failures:
            raise KafkaException(failures[0])

    def read(self, topic, isolation="read_committed", timeout=60):
        """Every record of the topic up to the end, in order in each partition."""
        return [_received(message) for message in self._messages(topic, isolation, timeout)]

    def count(self, topic, isolation="read_committed", timeout=300):
        return sum(1 for _ in self._messages(topic, isolation, timeout))

    def _messages(self, topic, isolation, timeout):
        partitions = list(self.topics()[topic].partitions)
        consumer = Consumer({"bootstrap.servers": self.bootstrap, **QUIET, "group.id": "reader-that-never-joins",
                             "enable.auto.commit": False, "isolation.level": isolation, "enable.partition.eof": True,
                             "auto.offset.reset": "earliest", "fetch.message.max.bytes": 20_000_000,
                             "fetch.wait.max.ms": 10})
        consumer.assign([TopicPartition(topic, p, OFFSET_BEGINNING) for p in partitions])
        open_ends, deadline = set(partitions), time.monotonic() + timeout
        try:
            while open_ends:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{topic}: no end of partitions {open_ends} within {timeout} s")
                for message in consumer.consume(5000, 0.05):
                    if message.error() is None:
                        yield message
                    elif message.error().code() == KafkaError._PARTITION_EOF:
                        open_ends.discard(message.partition())
                    else:
                        raise KafkaException(message.error())
        finally:
            consumer.close()

    def committed(self, group_id, topic, partitions):
        """The group's committed offset of each partition, 0 where there is none."""
        wanted = [TopicPartition(topic, p) for p in range(partitions)]
        answer = patiently(lambda: self._watcher(group_id).committed(wanted, timeout=10))
        for entry in answer:
            if entry.error:
                raise KafkaException(entry.error)
        return [max(entry.offset, 0) for entry in answer]

    def ends(self, topic, partitions, isolation="read_uncommitted"):
        """The high watermark of each partition, or the last stable offset if read_committed."""
        watcher = self._watcher("reader-that-never-joins", isolation)
        return [patiently(lambda p=p: watcher.get_watermark_offsets(TopicPartition(topic, p), timeout=10)[1])
                for p in range(partitions)]

    def close(self):
        for watcher in self._watchers.values():
            watcher.close()

    def _watcher(self, group_id, isolation="read_uncommitted"):
        """A consumer that asks and never joins, kept since tests ask every few milliseconds."""
        known = self._watchers.get((group_id, isolation))
        if known is None:
            known = Consumer({"bootstrap.servers": self.bootstrap, **QUIET, "group.id": group_id,
                              "isolation.level": isolation, "enable.auto.commit": False,
                              "socket.nagle.disable": True})
            self._watchers[group_id, isolation] = known
        return known


def _received(message):
    headers = {name: value for name, value in message.headers() or []}
    return Received(message.partition(), message.offset(), message.key(), message.value(), headers,
                    message.timestamp()[1])
