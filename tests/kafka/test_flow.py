"""Articles in, enriched messages out, and what stands around it: topics, admin server, kcat."""
import json
import signal
import subprocess
import time

import pytest

import articles
from cluster import Record
from daemon import process_records
from workspace import by_story, essence, kcat, position, spread


def test_articles_in_enriched_out(workspace):
    workspace.create_input()
    sent = workspace.produce_articles(articles.distinct(40, seed=11), spread)
    workspace.run_to_end()
    published = workspace.published()
    assert {at for at, _, _ in published} == set(sent)
    assert len(published) == len(sent)
    for at, message, record in published:
        article = sent[at]
        assert message["wire"]["source"]["topic"] == workspace.raw
        assert message["item"]["uri"].startswith("urn:wiredesk:")
        assert record.key.decode() == message["item"]["uri"]
        assert record.headers["wiredesk-relation"] == b"original"
        assert record.headers["wiredesk-lifecycle"] == b"new"
        assert record.headers["content-type"].startswith(b"application/json")
        assert len(message["wire"]["captions"]) == 1
        body = next(b["value"] for b in message["item"]["bodies"] if b["role"] == "main")
        assert message["wire"]["captions"][0]["text"] not in body
        assert body.splitlines()[0] in article.text
        assert message["wire"]["entities"], "countries and cities are in every article"
    assert len(workspace.cluster.read(workspace.state)) == len(sent)
    assert workspace.dead_letters() == []


def test_decisions_equal_process_and_related_articles_are_told(workspace):
    """One partition's stream through the broker gives what `wiredesk process --records` gives."""
    workspace.create_input()
    stream = articles.stories(300, seed=12)
    sent = workspace.produce_articles(stream, by_story)
    daemon = workspace.run_to_end()
    published = workspace.published_once()
    dropped = set()
    for partition in range(workspace.partitions):
        for offset, expected in enumerate(workspace.uninterrupted(daemon.config_file, partition)):
            if expected["wire"]["dropped"]:
                dropped.add((partition, offset))
            else:
                assert essence(published[partition, offset]) == essence(expected)
    assert set(published) == set(sent) - dropped
    assert dropped == {at for at, article in sent.items() if article.kind == "resend"}
    assert len(workspace.cluster.read(workspace.state)) == len(sent)


TRACE = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_keys_headers_and_json_records(workspace):
    workspace.create_input()
    article = articles.distinct(1, seed=13)[0].text
    value = json.dumps({"id": "story 7/a", "headline": "Ferries Return", "supplier": "Norwire", "text": article})
    workspace.produce([Record(value.encode(), key=b"feed-3", headers=(
        ("x-feed", b"north"), ("secret", b"no"), ("traceparent", TRACE)))])
    workspace.run_to_end(output={"headers": {"keep": ["x-feed"]}})
    [(_, message, record)] = workspace.published()
    assert message["item"]["uri"] == "urn:wiredesk:norwire:story%207%2Fa"
    assert record.key.decode() == message["item"]["uri"]
    assert message["item"]["headlines"][0]["value"] == "Ferries Return"
    assert message["wire"]["source"]["key"] == "feed-3"
    assert record.headers["x-feed"] == b"north"
    assert record.headers["traceparent"].startswith(b"00-4bf92f3577b34da6a3ce929d0e0e4736-")
    assert "secret" not in record.headers


def test_record_key_is_the_identity_when_asked(workspace):
    workspace.create_input()
    workspace.produce([Record(articles.distinct(1, seed=14)[0].text.encode(), key=b"N-1")])
    workspace.run_to_end(identity={"key": True})
    assert workspace.published()[0][1]["item"]["uri"].endswith(":N-1")


def test_missing_topics_are_created(workspace):
    workspace.create_input()
    daemon = workspace.daemon().start().wait_ready()
    created = workspace.cluster.topics()
    assert {workspace.enriched, workspace.dead, workspace.state} <= set(created)
    assert len(created[workspace.state].partitions) == 2
    state, dead = workspace.cluster.topic_config(workspace.state), workspace.cluster.topic_config(workspace.dead)
    assert state["cleanup.policy"] == "delete"
    assert int(state["retention.ms"]) == (72 + 24) * 3_600_000
    assert state["message.timestamp.type"] == dead["message.timestamp.type"] == "LogAppendTime"
    workspace.produce([Record(articles.distinct(1, seed=15)[0].text.encode())])
    deadline = time.monotonic() + 20
    while not workspace.published() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(workspace.published()) == 1
    assert daemon.terminate() == 0


def test_missing_topics_are_named_when_they_are_not_to_be_created(workspace):
    workspace.create_input()
    daemon = workspace.daemon(topics={"create": False}).start()
    assert daemon.wait(30) != 0
    [error] = [line for line in daemon.tail().splitlines() if " ERROR " in line]
    for topic in (workspace.enriched, workspace.dead, workspace.state):
        assert topic in error
    assert workspace.raw not in error
    assert workspace.enriched not in workspace.cluster.topics()


def test_pattern_subscription_leaves_out_own_topics(workspace):
    """A pattern that fits every topic of the test must not feed the daemon its own output."""
    workspace.create_input()
    prefix = workspace.raw.removesuffix("raw")
    sent = workspace.produce_articles(articles.distinct(20, seed=16), spread)
    daemon = workspace.daemon(input={"topics": ["^" + prefix.replace(".", "\\.") + ".*"]}).start()
    workspace.wait_drained(daemon)
    time.sleep(2)
    assert daemon.terminate() == 0
    assert set(workspace.published_once()) == set(sent)
    assert workspace.dead_letters() == []


def test_admin_endpoints(workspace):
    workspace.create_input()
    daemon = workspace.daemon().start().wait_ready()
    assert daemon.get("/livez")[0] == 200
    workspace.produce_articles(articles.distinct(10, seed=17), spread)
    workspace.produce([Record(b"\xff\xfe\xfd not text")])
    workspace.wait_drained(daemon)
    status, text = daemon.get("/metrics")
    assert status == 200
    samples = dict(line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("wiredesk_"))
    assert samples["wiredesk_consumed_total"] == "11"
    assert samples["wiredesk_published_total"] == "10"
    [dead] = [value for name, value in samples.items()
              if name.startswith("wiredesk_dead_letters_total{") and 'reason="not_utf8"' in name]
    assert dead == "1"
    assert daemon.get("/nothing")[0] == 404
    assert daemon.terminate() == 0
    assert daemon.get("/livez")[0] == 0


def test_kcat_output_through_process(workspace):
    """kcat -J's lines are what process --records reads; a line that is not UTF-8 is told, not fatal."""
    workspace.create_input()
    sent = articles.distinct(5, seed=18)
    workspace.produce([*(Record(article.text.encode()) for article in sent[:3]), Record(b"bytes \xff\xfe here"),
                       *(Record(article.text.encode()) for article in sent[3:])])
    lines = kcat("-C", "-J", "-b", workspace.cluster.bootstrap, "-t", workspace.raw, "-p", "0", "-e", "-q")
    done = process_records(lines, workspace.daemon().config_file)
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    assert [message["wire"]["source"]["offset"] for message in messages] == [0, 1, 2, 4, 5]
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(told) == 1, done.stderr


def test_kcat_group_reads_the_output(workspace):
    workspace.create_input()
    sent = workspace.produce_articles(articles.distinct(25, seed=19), spread)
    workspace.run_to_end()
    reader = subprocess.Popen(
        ["kcat", "-b", workspace.cluster.bootstrap, "-G", workspace.group + ".reader", "-q", "-u", "-X",
         "auto.offset.reset=earliest", workspace.enriched], stdout=subprocess.PIPE, text=True)
    try:
        found = {position(json.loads(reader.stdout.readline())) for _ in range(len(sent))}
    finally:
        reader.send_signal(signal.SIGTERM)
        reader.wait(20)
    assert found == set(sent)


@pytest.mark.parametrize("lanes", [2, 3])
def test_lanes_share_the_partitions(workspace, lanes):
    workspace.create_input()
    sent = workspace.produce_articles(articles.distinct(400, seed=20), spread)
    workspace.run_to_end(lanes=lanes, batch={"max_records": 50})
    assert set(workspace.published_once()) == set(sent)


def test_input_compressed_with_every_codec(workspace):
    workspace.create_input()
    sent = articles.distinct(4, seed=21)
    for codec, article in zip(["none", "gzip", "snappy", "zstd"], sent):
        workspace.cluster.produce(workspace.raw, [Record(article.text.encode())], **{"compression.type": codec})
    workspace.counts[0] = 4
    workspace.run_to_end()
    assert len(workspace.published_once()) == 4
