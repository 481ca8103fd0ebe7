"""Exactly once, at least once: what stays true through kills, take-overs, pauses and broker restarts."""
import random
import time

import pytest

import articles
from workspace import by_story, essence, spread

pytestmark = pytest.mark.long

# A static member that is killed gets its partitions back at once when it returns under its name.
STATIC = {"instance": {"id": "one"}}


def small_batches(count):
    return {"batch": {"max_records": count}}


def kill_at_random_points(workspace, daemon, kills, seed):
    """kill -9 at so many random points of the run, each measured by committed progress; then to the end.

    Every second one waits for an open transaction, since on an idle machine chance may miss them all. A
    few more kills hit the start: joining, reading the state topic, the first batch.
    """
    dice = random.Random(seed)
    total = sum(workspace.counts)
    points = sorted(dice.randint(1, total - 200) for _ in range(kills))
    for number, point in enumerate(points):
        if number % 5 == 4:
            daemon.start()
            time.sleep(dice.uniform(0.02, 0.6))
            daemon.kill()
        daemon.start()
        workspace.wait_progress(point, [daemon])
        if number % 2 == 0 or not workspace.wait_open_transaction(timeout=0.5):
            time.sleep(dice.uniform(0, 0.03))
        assert daemon.running(), daemon.tail()
        daemon.kill()
    daemon.start()
    workspace.wait_drained(daemon)
    assert daemon.terminate() == 0, daemon.tail()


def check_every_record_left_its_mark(workspace):
    """Each input record has exactly one state record, published or dropped."""
    keys = [record.key for record in workspace.cluster.read(workspace.state)]
    assert len(keys) == sum(workspace.counts)
    assert len(set(keys)) == len(keys)


def test_twenty_kills_related_articles_in_one_partition(workspace):
    """Every article exactly once, none lost, every decision as in an uninterrupted run."""
    workspace.create_input()
    sent = workspace.produce_articles(articles.stories(5000, seed=41), by_story)
    daemon = workspace.daemon(**STATIC, **small_batches(60))
    kill_at_random_points(workspace, daemon, kills=20, seed=41)
    assert workspace.aborted_records() > 0, "no kill hit a transaction: the test proved nothing"
    published = workspace.published_once()
    dropped = set()
    for partition in range(workspace.partitions):
        for offset, expected in enumerate(workspace.uninterrupted(daemon.config_file, partition)):
            at = partition, offset
            if expected["wire"]["dropped"]:
                dropped.add(at)
                assert at not in published, f"{at} is published, an uninterrupted run drops it"
            else:
                assert at in published, f"{at} is lost"
                assert essence(published[at]) == essence(expected)
    assert set(published) | dropped == set(sent)
    assert dropped == {at for at, article in sent.items() if article.kind == "resend"}
    check_every_record_left_its_mark(workspace)


def test_twenty_kills_related_articles_spread_over_partitions(workspace):
    """Lost 0, duplicated 0, at least one member of each story published."""
    workspace.create_input()
    sent = workspace.produce_articles(articles.stories(5000, seed=42), spread)
    daemon = workspace.daemon(**STATIC, **small_batches(60))
    kill_at_random_points(workspace, daemon, kills=20, seed=42)
    assert workspace.aborted_records() > 0, "no kill hit a transaction: the test proved nothing"
    published = workspace.published_once()
    assert set(published) <= set(sent)
    assert {sent[at].story for at in published} == {article.story for article in sent.values()}
    for at, article in sent.items():
        assert at in published or article.kind in ("original", "resend"), f"{article.kind} at {at} was dropped"
    check_every_record_left_its_mark(workspace)


def test_kill_between_produce_and_commit_is_not_seen(workspace):
    """The moment is watched for: records stand beyond the last stable offset, then the daemon is killed."""
    workspace.create_input()
    sent = workspace.produce_articles(articles.distinct(1500, seed=43), spread)
    daemon = workspace.daemon(**STATIC, **small_batches(100))
    daemon.start()
    workspace.wait_progress(100, [daemon])
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if workspace.has_open_transaction():
            daemon.kill()
            if workspace.has_open_transaction():
                break
            daemon.start()  # the commit was on its way already
    else:
        pytest.fail("no kill between produce and commit within 30 s")
    # Only now, with the transaction open and nobody to end it, a reader must see nothing of it.
    before = {at for at, _, _ in workspace.published()}
    assert len(before) == workspace.progress()
    daemon.start()
    workspace.wait_drained(daemon)
    assert daemon.terminate() == 0
    assert set(workspace.published_once()) == set(sent)
    assert workspace.aborted_records() > 0


@pytest.mark.parametrize("static", [False, True], ids=["dynamic", "static"])
def test_two_instances_one_killed(workspace, static):
    workspace.create_input()
    fast = {"kafka": {"consumer": {"session.timeout.ms": 6000}, "producer": {"transaction.timeout.ms": 6000}},
            **small_batches(25)}
    first, second = (workspace.daemon(name, **fast, **({"instance": {"id": name}} if static else {}))
                     for name in ("first", "second"))
    first.start(), second.start()
    first.wait_ready(), second.wait_ready()
    deadline = time.monotonic() + 20
    while workspace.cluster.group(workspace.group) != ("Stable", 2):
        assert time.monotonic() < deadline, workspace.cluster.group(workspace.group)
        time.sleep(0.1)
    sent = workspace.produce_articles(articles.stories(3000, seed=44), by_story)
    workspace.wait_progress(600, [first, second])
    first.kill()
    workspace.wait_drained(second, timeout=60)
    assert second.terminate() == 0
    published = workspace.published_once()
    assert {sent[at].story for at in published} == {article.story for article in sent.values()}
    assert set(published) == {at for at, article in sent.items() if article.kind != "resend"}
    check_every_record_left_its_mark(workspace)


def test_an_instance_joins_and_leaves_under_load(workspace):
    workspace.create_input()
    first, second = (workspace.daemon(name, **small_batches(25)) for name in ("first", "second"))
    first.start().wait_ready()
    sent = workspace.produce_articles(articles.stories(3000, seed=45), by_story)
    workspace.wait_progress(300, [first])
    second.start().wait_ready()
    workspace.wait_progress(workspace.progress() + 300, [first, second])
    assert second.terminate() == 0
    workspace.wait_drained(first)
    assert first.terminate() == 0
    assert set(workspace.published_once()) == {at for at, article in sent.items() if article.kind != "resend"}
    check_every_record_left_its_mark(workspace)


def test_sigterm_under_load(workspace):
    workspace.create_input()
    sent = workspace.produce_articles(articles.distinct(6000, seed=46), spread)
    daemon = workspace.daemon(**small_batches(100))
    for point in (500, 1500, 2500):
        daemon.start()
        workspace.wait_progress(point, [daemon])
        began = time.monotonic()
        assert daemon.terminate(timeout=20) == 0, daemon.tail()
        assert time.monotonic() - began < 20
        assert workspace.progress() < len(sent), "everything was done before SIGTERM: no load"
        # The group was left: nobody waits for a member that is gone.
        assert workspace.cluster.group(workspace.group)[1] == 0
    daemon.start()
    workspace.wait_drained(daemon)
    assert daemon.terminate() == 0
    assert set(workspace.published_once()) == set(sent)
    assert workspace.aborted_records() == 0, "SIGTERM finishes the batch, it does not abort it"


def test_at_least_once_loses_nothing(workspace):
    workspace.create_input()
    sent = workspace.produce_articles(articles.distinct(3000, seed=47), spread)
    daemon = workspace.daemon(delivery="at_least_once", **STATIC, **small_batches(60))
    kill_at_random_points(workspace, daemon, kills=6, seed=47)
    published = workspace.published()
    assert {at for at, _, _ in published} == set(sent)
    assert len(published) == len(workspace.published("read_uncommitted")), "no transactions here"


def test_a_paused_instance_does_no_harm(workspace):
    """A zombie: stopped longer than its session and its transaction live, then awake again.

    It may end (a supervisor restarts it) or find its way back; what it must not do is publish twice.
    """
    workspace.create_input()
    short = {"kafka": {"consumer": {"session.timeout.ms": 6000}, "producer": {"transaction.timeout.ms": 4000}},
             **small_batches(25)}
    zombie, other = (workspace.daemon(name, **short) for name in ("zombie", "other"))
    sent = workspace.produce_articles(articles.stories(3000, seed=48), by_story)
    zombie.start()
    workspace.wait_progress(500, [zombie])
    zombie.pause()
    other.start()
    time.sleep(8)
    zombie.resume()
    workspace.wait_drained(other, timeout=60)
    time.sleep(2)
    if zombie.running():
        assert zombie.terminate() == 0
    else:
        assert zombie.exit_status > 0, f"{zombie.exit_status}: a fenced instance ends by itself, with a status"
    assert other.terminate() == 0
    assert set(workspace.published_once()) == {at for at, article in sent.items() if article.kind != "resend"}
    check_every_record_left_its_mark(workspace)


def supervised_progress(workspace, daemon, wanted):
    """Waits as systemd would: a daemon that ends by itself with status 70 is started again."""
    restarts, deadline = 0, time.monotonic() + 90
    while (done := workspace.progress()) < wanted:
        assert time.monotonic() < deadline, f"{done} of {wanted} after 90 s: {daemon.tail()}"
        if not daemon.running():
            assert daemon.exit_status == 70, f"{daemon.exit_status}: {daemon.tail()}"
            restarts += 1
            assert restarts <= 3, daemon.tail()
            daemon.start()
        time.sleep(0.05)


def test_the_broker_restarts(workspace, broker):
    """The daemon waits for the broker and goes on; where its transaction did not live through that, it ends
    with 70 and a supervisor starts it again. In either case nothing is lost or doubled."""
    workspace.create_input()
    sent = workspace.produce_articles(articles.stories(3000, seed=49), by_story)
    daemon = workspace.daemon(**small_batches(25)).start()
    workspace.wait_progress(300, [daemon])
    broker.restart()
    supervised_progress(workspace, daemon, 900)
    broker.kill()
    broker.start()
    supervised_progress(workspace, daemon, len(sent))
    assert daemon.terminate() == 0
    assert set(workspace.published_once()) == {at for at, article in sent.items() if article.kind != "resend"}
    check_every_record_left_its_mark(workspace)


def test_the_daemon_starts_before_its_broker(workspace, broker):
    workspace.create_input()
    sent = workspace.produce_articles(articles.distinct(50, seed=50), spread)
    broker.stop()
    try:
        daemon = workspace.daemon().start()
        time.sleep(3)
        assert daemon.running(), daemon.tail()
        assert daemon.get("/readyz")[0] != 200
        assert workspace.cluster.bootstrap in daemon.tail(), "it says what it waits for"
    finally:
        broker.start()
    workspace.wait_drained(daemon)
    assert daemon.terminate() == 0
    assert set(workspace.published_once()) == set(sent)
