#!/usr/bin/python3
"""Compares every Wikidata item of config/gazetteer.tsv with the lists that it was copied from.

usage: check_gazetteer_qids.py FOLDER [GAZETTEER]

FOLDER holds lists *.tsv.gz with the columns name, type, qid, aliases, country, extra (such as are
made from Natural Earth, Wikidata's query results, ROR and OpenSanctions; share-alike lists,
*_ccbysa.tsv.gz, are not read). An item is sound when a row of a list has it under one of the
entry's names. Prints what is not sound; exit status 1 if there is any.
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


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    gazetteer = sys.argv[2] if len(sys.argv) == 3 else os.path.join(root, "config/gazetteer.tsv")
    stated = {}
    for path in glob.glob(os.path.join(sys.argv[1], "*.tsv.gz")):
        if "_ccbysa" in path:
            continue
        for row in rows(path):
            if row[2].startswith("Q"):
                stated.setdefault(row[2], set()).update(names(row))
    checked, unsound = 0, []
    for row in rows(gazetteer):
        if row[2]:
            checked += 1
            if not names(row) & stated.get(row[2], set()):
                unsound.append(row)
    for row in unsound:
        print(f"{row[0]}: no list has {row[2]} under one of its names; the item's names there are "
              f"{sorted(stated.get(row[2], []))[:4]}")
    print(f"{checked} items, {len(unsound)} unsound")
    return 1 if unsound else 0


if __name__ == "__main__":
    sys.exit(main())
