"""Attackers, and the events that they watch: who pressed Send is known to them, and when, and at which table.

`crowd` makes people answer, `thief` reads files, `onlooker` reads what pages and files are made of, `twins` reads every
address over HTTP in two histories of one event, `reader` collects what was passed on. A new attack is a function of
what one of them has read, and a test that asks it about an event.
"""
