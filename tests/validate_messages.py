#!/usr/bin/python3
"""Validates messages (one JSON value a line of FILE) against the schemas of config/schema.

Every `item` (or, with --ninjs, every line) is checked against the official ninjs 3.1 schema, every
whole value against message.schema.json. Says each fault; exit status 1 if there is one.
"""

import json
import pathlib
import re
import sys

import jsonschema

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent / "config" / "schema"
NINJS_ID = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"

formats = jsonschema.FormatChecker(formats=())


@formats.checks("uri")
def is_uri(value):
    allowed = r"[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
    return not isinstance(value, str) or re.fullmatch(allowed, value) is not None


@formats.checks("date-time")
def is_date_time(value):
    shape = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
    return not isinstance(value, str) or re.fullmatch(shape, value) is not None


def load(name):
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def validators():
    ninjs = load("ninjs-schema_3.1.json")
    message = load("message.schema.json")
    known = {NINJS_ID: ninjs, ninjs["$id"]: ninjs, message["$id"]: message}

    def make(schema):
        jsonschema.Draft202012Validator.check_schema(schema)
        resolver = jsonschema.RefResolver.from_schema(schema, store=known)
        return jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=formats)

    return make(ninjs), make(message)


def faults(line, ninjs, message, only_ninjs):
    value = json.loads(line)
    if only_ninjs:
        yield from ninjs.iter_errors(value)
        return
    yield from ninjs.iter_errors(value.get("item"))
    yield from message.iter_errors(value)


def main(arguments):
    only_ninjs = "--ninjs" in arguments
    path = [each for each in arguments if each != "--ninjs"][0]
    ninjs, message = validators()
    count = bad = 0
    with open(path, encoding="utf-8", newline="\n") as lines:
        for count, line in enumerate(lines, 1):
            for fault in faults(line, ninjs, message, only_ninjs):
                bad += 1
                print(f"{path}:{count}: {fault.json_path}: {fault.message[:300]}")
    print(f"{count} messages, {bad} faults")
    return 1 if bad or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
