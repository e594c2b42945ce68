"""Reads a JUnit document from its input by the standard library's XML parser and prints what is in it as JSON."""

import json
import sys
import xml.etree.ElementTree as ElementTree

root = ElementTree.fromstring(sys.stdin.buffer.read())
assert root.tag == "testsuites"


def counts(element):
    return {name: element.get(name) for name in ("name", "tests", "failures", "skipped")}


def case(element):
    assert element.tag == "testcase"
    return {"class": element.get("classname"), "name": element.get("name"), "has": [child.tag for child in element]}


suites = [counts(suite) | {"cases": [case(element) for element in suite]} for suite in root]
print(json.dumps(counts(root) | {"suites": suites}))
