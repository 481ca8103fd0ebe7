"""Poison, oversized and misdated records land where they should, bytes intact, and the partition goes on."""
import hashlib
import json
import time

import pytest

import articles
from cluster import Record

SOUND = articles.distinct(400, seed=31)
YEAR_1987, YEAR_2100 = 536_457_600_000, 4_102_444_800_000


def sound(number):
    return SOUND[number].text.encode()


def run_one_partition(workspace, values, **changes):
    """Each value between two sound articles in partition 0; returns ({offset: message}, {offset: dead letter})."""
    records = [Record(sound(0))]
    for number, value in enumerate(values):
        records.append(value if isinstance(value, Record) else Record(value))
        records.append(Record(sound(number + 1)))
    workspace.produce(records)
    workspace.run_to_end(**changes)
    messages = {offset: message for (_, offset), message in workspace.published_once().items()}
    letters = {}
    for letter in workspace.dead_letters():
        offset = int(letter.headers["wiredesk-source-offset"])
        assert offset not in letters
        letters[offset] = letter
    for offset in range(0, len(records), 2):
        assert offset in messages, f"the sound article at {offset} is missing"
    return messages, letters


def check_letter(workspace, letter, offset, stage, reason):
    headers = {name: value.decode() for name, value in letter.headers.items()}
    assert headers["wiredesk-stage"] == stage
    assert headers["wiredesk-reason"] == reason
    assert headers["wiredesk-detail"]
    assert headers["wiredesk-source-topic"] == workspace.raw
    assert headers["wiredesk-source-partition"] == "0"
    assert headers["wiredesk-source-offset"] == str(offset)
    assert abs(int(headers["wiredesk-time"]) - time.time() * 1000) < 120_000


@pytest.mark.parametrize("value, reason", [
    (b"KOLVIK, March 3 (Reuters) - bytes \xff\xfe\xfd that are no text", "not_utf8"),
    (b"\xed\xa0\x80 a surrogate half", "not_utf8"),
    (b"", "empty"),
    (None, "empty"),
    (b" \n\t \n", "empty"),
    (b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_deep"),
    (b'{"text": "cut off', "not_json"),
    (b'{"headline": "no text at all"}', "no_text"),
], ids=["invalid_utf8", "surrogate", "empty", "tombstone", "white_space", "deep_json", "cut_json", "json_without_text"])
def test_poison_becomes_a_dead_letter(workspace, value, reason):
    workspace.create_input()
    headers = (("x-feed", b"north"),)
    messages, letters = run_one_partition(workspace, [Record(value, key=b"k1", headers=headers)])
    assert set(letters) == {1}
    check_letter(workspace, letters[1], 1, "decode", reason)
    assert letters[1].value == value
    assert letters[1].key == b"k1"
    assert set(messages) == {0, 2}


def test_odd_but_sound_articles_are_messages_or_dead_letters(workspace):
    """NUL bytes, one line of 1 MB, control characters, a lone BOM: each record lands in exactly one place."""
    workspace.create_input()
    line = b"word " * 200_000
    values = [sound(100).replace(b" ", b"\0", 40), line, b"\xef\xbb\xbf", b"\xef\xbb\xbf" + sound(101),
              b"\x01\x02\x03\x1b[31m" + sound(102), b"x", b"(Xinhua) --", "\u202eabc\u0000".encode(),
              b"{}", b"[]", b"null", b"\n" * 100_000 + sound(103), b"((((" * 50_000, b"-- " * 50_000]
    messages, letters = run_one_partition(workspace, values)
    for number, value in enumerate(values):
        offset = 2 * number + 1
        assert (offset in messages) != (offset in letters), f"record {number} at {offset}: {value[:40]!r}"
        if offset in letters:
            assert letters[offset].value == value
    assert 7 in messages, "a sound article after a BOM is a sound article"


def test_input_above_the_limit(workspace):
    workspace.create_input()
    limit = 64 << 10
    exact = (b"word " * limit)[:limit - 1] + b"."
    messages, letters = run_one_partition(workspace, [exact, exact + b"x", b"\xff" * (3 << 20)],
                                          decode={"max_bytes": "64KiB"})
    assert 1 in messages
    assert set(letters) == {3, 5}
    check_letter(workspace, letters[3], 3, "decode", "too_large")
    assert letters[3].value == exact + b"x"


def test_output_above_the_topics_limit(workspace):
    """An article whose message would not fit becomes a dead letter with the original bytes."""
    workspace.create_input()
    workspace.cluster.create(workspace.enriched, 1, max_message_bytes=40_000)
    value = articles.Writer(32).article("AFP", [articles.Writer(n).sentence() for n in range(400)]).encode()[:39_500]
    assert len(value) == 39_500
    messages, letters = run_one_partition(workspace, [value], kafka={"producer": {"compression.type": "none"}})
    assert set(letters) == {1}
    check_letter(workspace, letters[1], 1, "publish", "output_too_large")
    assert letters[1].value == value
    assert set(messages) == {0, 2}


def test_a_strict_topic_takes_many_small_messages(workspace):
    """A topic's limit holds for a whole message set: one of small messages must not be refused either."""
    workspace.create_input()
    workspace.cluster.create(workspace.enriched, 1, max_message_bytes=20_000)
    workspace.produce([Record(sound(number)) for number in range(300)])
    daemon = workspace.run_to_end(kafka={"producer": {"compression.type": "none"}})
    assert len(workspace.published_once()) == 300
    assert workspace.aborted_records() == 0, daemon.tail()


@pytest.mark.parametrize("megabytes", [1, 3])
def test_large_articles_where_the_topics_take_them(workspace, megabytes):
    """Above librdkafka's own limit of a message, below the topics': published."""
    workspace.create_input()
    workspace.cluster.create(workspace.enriched, 1, max_message_bytes=20_000_000)
    value = b"word " * (megabytes * 200_000)
    messages, letters = run_one_partition(workspace, [value])
    assert letters == {}
    assert messages[1]["item"]["bodies"][0]["value"].encode().count(b"word") == megabytes * 200_000


def test_dead_letter_above_its_topics_limit_keeps_position_size_and_hash(workspace):
    workspace.create_input()
    workspace.cluster.create(workspace.dead, 1, max_message_bytes=50_000, message_timestamp_type="LogAppendTime")
    value = b"\xff" + hashlib.shake_256(b"noise").digest(200_000)
    messages, letters = run_one_partition(workspace, [value])
    assert set(messages) == {0, 2} and set(letters) == {1}
    check_letter(workspace, letters[1], 1, "decode", "not_utf8")
    assert len(letters[1].value or b"") < 50_000
    headers = {name: text.decode() for name, text in letters[1].headers.items()}
    assert headers["wiredesk-source-size"] == str(len(value))
    assert headers["wiredesk-source-sha256"] == hashlib.sha256(value).hexdigest()


def test_timestamps_of_1987_and_2100(workspace):
    """Both are published; the output's time is never ahead; the window is not emptied by the future."""
    workspace.create_input()
    original, later = articles.distinct(2, seed=33)
    values = [Record(original.text.encode(), timestamp=YEAR_1987), Record(later.text.encode(), timestamp=YEAR_2100),
              Record(sound(0), timestamp=YEAR_2100 + 1)]
    messages, letters = run_one_partition(workspace, values)
    assert letters == {}
    assert set(messages) == {0, 1, 2, 3, 4, 6}, "the re-send at 5 is dropped: its original is still in the window"
    assert messages[1]["wire"]["source"]["timestamp"] == YEAR_1987
    assert messages[3]["wire"]["source"]["timestamp"] == YEAR_2100
    now = time.time() * 1000
    for record in workspace.cluster.read(workspace.enriched):
        assert record.timestamp <= now + 60_000
    assert len(workspace.cluster.read(workspace.state)) == 7


def test_misdated_poison_is_a_dead_letter(workspace):
    workspace.create_input()
    values = [Record(b"\xff", timestamp=YEAR_2100), Record(b"\xfe", timestamp=YEAR_1987)]
    _, letters = run_one_partition(workspace, values)
    assert {offset: letter.value for offset, letter in letters.items()} == {1: b"\xff", 3: b"\xfe"}


def test_many_bad_records_do_not_stop_a_feed(workspace):
    workspace.create_input()
    records = [Record(b"\xff bad %d" % n if n % 2 else sound(n), n % workspace.partitions) for n in range(400)]
    workspace.produce(records)
    workspace.run_to_end(batch={"max_records": 30})
    assert len(workspace.published_once()) == 200
    letters = workspace.dead_letters()
    assert sorted(letter.value for letter in letters) == sorted(b"\xff bad %d" % n for n in range(1, 400, 2))
    for letter in letters:
        json.dumps({name: value.decode() for name, value in letter.headers.items()})
