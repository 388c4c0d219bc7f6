"""Flows to be edited."""

MAIN = """\
flow: main
title: Main line
start: ask
steps:
  ask:
    menu:
      say: For the news, press 1.
      options: {"1": news}
      noinput: bye
  news: {say: "Here is the news.", next: bye}
  bye: {hangup: "Goodbye."}
tests:
  - {name: a caller hears the news, keys: ["1"], hears: [Here is the news, Goodbye], ends: bye}
"""
CHANGED = MAIN.replace("For the news", "To hear the news")
BROKEN = MAIN.replace("noinput: bye", "noinput: bey")
FAILING = MAIN.replace("Here is the news.", "Nothing is new.")
