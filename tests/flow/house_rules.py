#!/usr/bin/env python3
"""The rules of ARCHITECTURE.md that can be read off the sources."""
import collections
import os
import re
import sys

SOURCE = os.environ["XINFENG_SOURCE"]
LAYERS = "base book store guard registry policy intake score draw plan watch insight learn report".split()
MOST_LINES = 700
MOST_TEST_LINES = 900
PRINTING = re.compile(r"\b(?:printf|vprintf|puts|putchar|putwchar|wprintf|perror)\s*\(|\b(?:stdout|stderr)\b")
PAINTING = re.compile(
    r"\b(?:mv)?w?(?:add(?:n?w?str|ch|ch(?:n)?str|_wch|_wchn?str)|ins(?:n?str|_n?wstr|ch|_wch)|printw)\s*\("
)
WRITING = re.compile(r"\b(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|DELETE\s+FROM|UPDATE(?:\s+OR\s+\w+)?)\s+(\w+)")
number = 0


def report(what, faults):
    global number
    number += 1
    faults = list(faults)
    print(f"{'not ok' if faults else 'ok'} {number} - {what}")
    for fault in faults:
        print(f"# {fault}")


def read_sources():
    """{path: text} of every C file of the project."""
    texts = {}
    for top in ("src", "ui", "sample-db", "tests"):
        for folder, _, names in os.walk(os.path.join(SOURCE, top)):
            for name in names:
                if name.endswith((".c", ".h")):
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8") as file:
                        texts[os.path.relpath(path, SOURCE)] = file.read()
    return texts


def without_comments(text):
    """The code, its string literals emptied too: what the compiler acts on."""
    token = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
    return token.sub(lambda m: '""' if m[0][0] == '"' else " ", text)


def includes(text):
    return re.findall(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', text, re.M)


def sql_of(text):
    """String literals, those that follow one another joined."""
    return [
        "".join(re.findall(r'"((?:\\.|[^"\\\n])*)"', run))
        for run in re.findall(r'(?:"(?:\\.|[^"\\\n])*"\s*)+', re.sub(r"/\*.*?\*/", " ", text, flags=re.S))
    ]


def layer_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] == "src" and len(parts) > 2 else None


def check_arrows(texts):
    def wrong():
        for path, text in texts.items():
            layer = layer_of(path)
            if layer is None:
                continue
            if layer not in LAYERS:
                yield f"{path}: src/{layer} has no place in the order of layers"
                continue
            for name in includes(text):
                folder = name.split("/")[0] if "/" in name else None
                if folder in ("ui", "sample-db", "tests"):
                    yield f"{path} includes {name}"
                elif folder in LAYERS and LAYERS.index(folder) > LAYERS.index(layer):
                    yield f"{path} includes {name}, which lies above it"

    report("arrows in src point down: " + " ".join(LAYERS), wrong())


def check_includes(texts):
    def wrong(among, names, spared=()):
        for path, text in texts.items():
            if path.startswith(among) and not path.startswith(tuple(spared)):
                yield from (f"{path} includes {name}" for name in includes(text) if re.fullmatch(names, name))

    report("no curses in src", wrong(("src/", "sample-db/"), r"n?curses.*|panel\.h|term\.h"))
    report("SQLite in src/store alone", wrong(("src/", "ui/", "sample-db/"), r"sqlite3.*", ["src/store/"]))
    formats = r"(?:xlsxwriter|zip|zlib|expat).*"
    report("formats of workbooks in src/book alone", wrong(("src/", "ui/", "sample-db/"), formats, ["src/book/"]))

    def kit():
        for path, text in texts.items():
            if path.startswith("ui/kit/"):
                for name in includes(text):
                    if "/" in name and not name.startswith(("base/", "ui/kit/", "sys/")):
                        yield f"{path} includes {name}"

    report("the kit knows src/base and itself only", kit())


def check_output(texts):
    code = {path: without_comments(text) for path, text in texts.items()}

    def found(among, pattern, spared=()):
        for path, text in code.items():
            if path.startswith(among) and path not in spared:
                yield from (f"{path}: {hit.strip()}" for hit in pattern.findall(text))

    report("nothing in src prints", found(("src/", "sample-db/"), PRINTING))
    report("text reaches the screen in ui/kit/paint.c alone", found("ui/", PAINTING, ["ui/kit/paint.c"]))


def check_tables(texts):
    tables = set()
    store = os.path.join(SOURCE, "src/store")
    for name in os.listdir(store):
        if re.fullmatch(r"schema-\d+\.sql", name):
            with open(os.path.join(store, name), encoding="utf-8") as file:
                tables.update(re.findall(r"CREATE\s+(?:VIRTUAL\s+)?TABLE\s+(\w+)", file.read()))
    writers = collections.defaultdict(set)
    for path, text in texts.items():
        if path.startswith(("src/", "ui/", "sample-db/")) and path.endswith(".c"):
            for sql in sql_of(text):
                for table in set(WRITING.findall(sql)) & tables:
                    writers[table].add("/".join(path.split("/")[:2]))
    report("the schema and its writers are found", [] if len(tables) > 10 and len(writers) > 10 else [repr(writers)])
    report(
        "a table is written by one module",
        (f"{table}: {', '.join(sorted(folders))}" for table, folders in sorted(writers.items()) if len(folders) > 1),
    )
    for table in sorted(writers):
        print(f"# {table}: {', '.join(sorted(writers[table]))}")


def check_files(texts):
    def own_header():
        for path, text in texts.items():
            header = path[:-2] + ".h"
            if path.endswith(".c") and header in texts:
                first = (includes(text) or [""])[0]
                if not header.endswith(first):
                    yield f"{path} includes {first} first"

    def guards():
        seen = {}
        for path, text in texts.items():
            if path.endswith(".h"):
                guard = re.search(r"^#ifndef (\w+_H)\n#define \1\n", text, re.M)
                if guard is None or not text.rstrip().endswith("#endif"):
                    yield f"{path} has no include guard"
                elif guard[1] in seen:
                    yield f"{path} has the guard of {seen[guard[1]]}"
                else:
                    seen[guard[1]] = path

    report("a source includes its own header first", own_header())
    report("every header is guarded by a name of its own", guards())

    def long_files():
        for path, text in texts.items():
            if text.count("\n") > (MOST_TEST_LINES if path.startswith("tests/") else MOST_LINES):
                yield f"{path}: {text.count(chr(10))}"

    report(f"no file over {MOST_LINES} lines, no test over {MOST_TEST_LINES}", long_files())
    marks = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
    report("nothing is put off in a comment", (path for path, text in texts.items() if marks.search(text)))


def main():
    texts = read_sources()
    report("the sources are found", [] if len(texts) > 100 else [f"only {len(texts)} files under {SOURCE}"])
    check_arrows(texts)
    check_includes(texts)
    check_output(texts)
    check_tables(texts)
    check_files(texts)
    print(f"1..{number}")


sys.stdout.reconfigure(encoding="utf-8")
main()
