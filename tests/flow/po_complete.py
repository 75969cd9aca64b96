#!/usr/bin/env python3
"""Every text a person may see has its Chinese, and the Chinese is fit for a terminal."""
import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

SOURCE = os.environ["XINFENG_SOURCE"]
CATALOGUE = os.path.join(SOURCE, "po/zh_CN.po")
# What a person types has to stand in the English sentence too.
CHINESE_INPUT = {"must be yes or no (是 or 否)"}
number = 0


def report(what, faults):
    global number
    number += 1
    print(f"{'not ok' if faults else 'ok'} {number} - {what}")
    for fault in faults:
        print(f"# {fault}")


def sources():
    for top in ("src", "ui", "sample-db"):
        for folder, _, names in os.walk(os.path.join(SOURCE, top)):
            for name in names:
                if name.endswith((".c", ".h")):
                    yield os.path.relpath(os.path.join(folder, name), SOURCE)


def extract(target):
    """The catalogue without translations that the sources ask for now."""
    command = ["xgettext", "--from-code=UTF-8", "--language=C", "--keyword=_", "--keyword=N_"]
    subprocess.run(command + ["--sort-by-file", "-o", target, *sorted(sources())], cwd=SOURCE, check=True)


def messages(path):
    """(msgid, msgstr, flags, places) of every entry in force; of a plural its first form."""
    with open(path, encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    for block in blocks:
        texts = {"msgid": "", "msgid_plural": "", "msgstr": ""}
        flags, places, key = "", [], None
        for line in block.splitlines():
            word = re.match(r'(msgid_plural|msgid|msgstr)(?:\[0\])? (".*")$', line)
            if line.startswith("#, "):
                flags += line
            elif line.startswith("#: "):
                places += line[3:].split()
            elif word:
                key = word[1]
                texts[key] += ast.literal_eval(word[2])
            elif line.startswith('"') and key:
                texts[key] += ast.literal_eval(line)
        if texts["msgid"]:
            yield texts["msgid"], texts["msgstr"], flags, places


def check_formats(wanted, folder):
    """What msgfmt says of formats, with the marks that xgettext has just set."""
    merged = os.path.join(folder, "merged.po")
    subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged, CATALOGUE, wanted], check=True)
    done = subprocess.run(["msgfmt", "--check", "-o", os.devnull, merged], capture_output=True, text=True)
    return done.stderr.splitlines() if done.returncode != 0 else []


def names_in(text):
    """The {names} that a text is filled in at."""
    return sorted(re.findall(r"\{([a-z_]+)\}", text))


def indent(text):
    return len(text) - len(text.lstrip(" "))


def is_chinese(text):
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def main():
    if shutil.which("xgettext") is None:
        print("1..0 # SKIP gettext is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        wanted_path = os.path.join(folder, "wanted.pot")
        extract(wanted_path)
        wanted = [entry[0] for entry in messages(wanted_path)]
        known = {entry[0]: entry for entry in messages(CATALOGUE)}
        report("texts are found in the sources", [] if len(wanted) > 100 else [f"only {len(wanted)}"])
        report("every text is in the catalogue (make update-po)", [repr(text) for text in wanted if text not in known])
        report("no text is left without its Chinese", [repr(entry[0]) for entry in known.values() if not entry[1]])
        report("nothing is fuzzy", [repr(entry[0]) for entry in known.values() if "fuzzy" in entry[2]])
        report("nothing is kept that no source asks for", [repr(text) for text in known if text not in set(wanted)])
        report("formats match", check_formats(wanted_path, folder))
        named = [entry for entry in known.values() if names_in(entry[0]) != names_in(entry[1])]
        report("names in braces match", [repr(entry[0]) for entry in named])
        report("English is the msgid", [t for t in wanted if is_chinese(t) and t not in CHINESE_INPUT])
        on_screen = [e[1] for e in known.values() if not all(place.startswith("src/report/") for place in e[3])]
        # Terminals differ in how wide they draw these; a workbook may have them.
        doubtful = [t for t in on_screen if any(unicodedata.east_asian_width(c) == "A" for c in t)]
        report("no glyph of ambiguous width on the screen", [repr(text) for text in doubtful])
        indents = [(e[0], e[1]) for e in known.values() if indent(e[0]) > 1 and indent(e[0]) != indent(e[1])]
        report("what is indented stays so", [repr(pair) for pair in indents])
    print(f"1..{number}")


sys.stdout.reconfigure(encoding="utf-8")
main()
