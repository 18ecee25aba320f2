"""Makes facts.json: what Jinja2 3.1.6 makes of snippets and templates with transformers' settings.

Run with python3 (jinja2 3.1.6) in this folder; the tests read facts.json alone.
"""
import copy
import datetime
import json

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

NOW = datetime.datetime(2024, 7, 26, 13, 5, 9)


class Generation(jinja2.ext.Extension):
    """The block of transformers' AssistantTracker, with marks around what it writes."""

    tags = {"generation"}

    def parse(self, parser):
        lineno = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_write"), [], [], body).set_lineno(lineno)

    def _write(self, caller):
        return "\ufdd1" + caller() + "\ufdd2"


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def environment():
    env = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols])
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = NOW.strftime
    return env


def fact(template, variables):
    try:
        text = environment().from_string(template).render(**copy.deepcopy(variables))
        # What holds an address in memory cannot be the same twice.
        return {"error": "address", "message": ""} if " at 0x" in text else {"text": text}
    except jinja2.exceptions.TemplateError as error:
        kind = "raised" if type(error) is jinja2.exceptions.TemplateError else type(error).__name__
        return {"error": kind, "message": str(error)}
    except Exception as error:  # what Python itself raises
        return {"error": type(error).__name__, "message": str(error)}


DATA = {
    "s": "Hello, World",
    "u": "né 😀 x",
    "empty": "",
    "n": 7,
    "neg": -3,
    "f": 2.5,
    "t": True,
    "no": None,
    "words": ["pear", "Apple", "fig", "apple"],
    "nums": [3, 1, 2],
    "d": {"b": 1, "a": [1, "x", None], "items": "mine", "k k": {"deep": [10, 20]}},
    "users": [
        {"name": "ann", "age": 30, "tags": ["x"]},
        {"name": "Bob", "age": 25, "tags": []},
        {"name": "cy", "age": 30},
    ],
    "tree": [{"v": 1, "kids": [{"v": 2, "kids": []}, {"v": 3, "kids": [{"v": 4, "kids": []}]}]}],
    "big": 123456789012345678901234567890,
    "html": "<b>\"x\" & 'y'</b>",
}

from snippets import REFUSED, SNIPPETS  # noqa: E402
from shapes import SHAPES  # noqa: E402

facts = {"data": DATA, "now": NOW.isoformat(), "snippets": [], "shapes": []}
for snippet in SNIPPETS:
    facts["snippets"].append({"template": snippet, **fact(snippet, DATA)})
for snippet in REFUSED:
    facts["snippets"].append({"template": snippet, "error": "refused", "message": ""})
for name, template, cases in SHAPES:
    facts["shapes"].append({
        "name": name,
        "template": template,
        "cases": [{"variables": case, **fact(template, case)} for case in cases],
    })
with open("facts.json", "w", encoding="utf-8") as out:
    json.dump(facts, out, ensure_ascii=False, indent=1)
    out.write("\n")
print(len(facts["snippets"]), "snippets,", sum(len(s["cases"]) for s in facts["shapes"]), "conversations")
