#!/usr/bin/python3
"""Compares every Wikidata item of config/gazetteer.tsv with the lists that it was copied from.

usage: check_gazetteer_qids.py FOLDER [GAZETTEER]

FOLDER holds lists *.tsv.gz with the columns name, type, qid, aliases, country, extra (such as are
made from Natural Earth, Wikidata's query results, ROR and OpenSanctions; share-alike lists,
*_ccbysa.tsv.gz, are not read). An item is sound when a row of a list, of the same kind, has it under
one of the entry's names, or under a piece of one for the same country ("Washington state", list:
"Washington"). Prints what is not sound; exit status 1 if there is any.
"""
import glob
import gzip
import os
import sys


def rows(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def names(row):
    return {row[0], *filter(None, row[3].split("|"))}


def kind(row):
    return "place" if row[1] in ("country", "state", "city", "place") else row[1]


def is_sound(entry, row):
    if kind(entry) != kind(row):
        return False
    if names(entry) & names(row):
        return True
    return entry[4] == row[4] and any(row[0] in name for name in names(entry))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    gazetteer = sys.argv[2] if len(sys.argv) == 3 else os.path.join(root, "config/gazetteer.tsv")
    stated = {}
    for path in glob.glob(os.path.join(sys.argv[1], "*.tsv.gz")):
        if "_ccbysa" not in path:
            for row in rows(path):
                stated.setdefault(row[2], []).append(row)
    entries = [row for row in rows(gazetteer) if row[2]]
    unsound = [e for e in entries if not any(is_sound(e, row) for row in stated.get(e[2], []))]
    for entry in unsound:
        print(f"{entry[0]}: no list has {entry[2]} under one of its names; there it is "
              f"{[row[0] for row in stated.get(entry[2], [])][:4]}")
    print(f"{len(entries)} items, {len(unsound)} unsound")
    return 1 if unsound else 0


if __name__ == "__main__":
    sys.exit(main())
