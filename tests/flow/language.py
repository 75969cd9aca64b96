#!/usr/bin/env python3
"""The language a person gets: Chinese when the locale says nothing, English where it asks for it."""
import os
import subprocess

from story import PROGRAM, tell

CHINESE = ({}, {"LC_ALL": "C"}, {"LANG": "POSIX"}, {"LC_CTYPE": "C.UTF-8"}, {"LANG": "C.UTF-8"}, {"LANG": "zh_CN.UTF-8"},
           {"LANG": "en_US.UTF-8", "LC_ALL": "C.UTF-8"})
ENGLISH = ({"LANG": "en_US.UTF-8"}, {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}, {"LC_ALL": "en_GB"})


def first_line(environment, *words):
    kept = {key: os.environ[key] for key in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS") if key in os.environ}
    done = subprocess.run([PROGRAM, *words, "--help"], env={**kept, **environment}, capture_output=True, check=True)
    return done.stdout.decode("utf-8").splitlines()[0]


def story(story):
    for environment in CHINESE:
        story.check("工作站" in first_line(environment), f"{environment} gives Chinese")
        story.check("workstation" in first_line(environment, "--lang", "en"), f"{environment} gives English when told to")
    for environment in ENGLISH:
        story.check("workstation" in first_line(environment), f"{environment} gives English")
        story.check("工作站" in first_line(environment, "--lang", "zh"), f"{environment} gives Chinese when told to")


tell(story)
