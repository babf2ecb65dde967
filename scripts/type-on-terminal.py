"""Runs a program on a terminal of its own and types a line at each prompt; prints what the terminal showed.

Usage: type-on-terminal.py LINES.json PROGRAM [ARGUMENT...], LINES.json being a list of lines; the end of input is typed after them.
"""
import json
import os
import pty
import sys

lines = json.load(open(sys.argv[1])) + ['\x04']
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
screen, seen = b'', 0
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    screen += part
    if screen[seen:].endswith((b'>>> ', b'... ')):
        seen = len(screen)
        os.write(terminal, lines.pop(0).encode())
sys.stdout.write(screen.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
