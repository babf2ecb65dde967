"""Records what Linux's own terminal does with typed bytes, into test/recorded/terminal.json, which line-discipline.test.ts replays.

Run: python3 scripts/record-terminal.py (needs Linux; no tools). Each case: modes switched off and on, what is typed, what the
terminal shows of it, and what reads of `length` bytes get. A step of text is typed; a step of modes is set by the program between.
"""
import fcntl
import json
import os
import pathlib
import pty
import random
import termios
import time

LONG = "x" * 5000
CASES = [
    ("a line", [], [], ["hello\r"], 100),
    ("no line yet", [], [], ["hello"], 100),
    ("two lines, one read each", [], [], ["one\rtwo\r"], 100),
    ("a line in short reads", [], [], ["hello\r"], 3),
    ("erase", [], [], ["helo\x7flo\r"], 100),
    ("erase in an empty line", [], [], ["\x7f\x7fa\r"], 100),
    ("erase UTF-8", [], [], ["h\u00e9\u4e16\x7f\x7fi\r"], 100),
    ("erase UTF-8 without IUTF8", ["IUTF8"], [], ["h\u00e9\x7fi\r"], 100),
    ("erase a control character", [], [], ["a\x01\x7fb\r"], 100),
    ("erase a tab", [], [], ["ab\tc\x7f\x7fd\r"], 100),
    ("erase two tabs", [], [], ["\t\t\x7f\x7fd\r"], 100),
    ("erase without ECHOE", ["ECHOE"], [], ["ab\x7fc\r"], 100),
    ("kill", [], [], ["hello\x15bye\r"], 100),
    ("kill without ECHOKE", ["ECHOKE"], [], ["hello\x15bye\r"], 100),
    ("kill without ECHOKE and ECHOK", ["ECHOKE", "ECHOK"], [], ["hello\x15bye\r"], 100),
    ("word erase", [], [], ["one two_3\x17\r"], 100),
    ("word erase over punctuation", [], [], ["one a.b, \x17\x17c\r"], 100),
    ("word erase of UTF-8", [], [], ["a \u00e9t\u00e9\x17b\r"], 100),
    ("end of file", [], [], ["\x04"], 100),
    ("end of file after text", [], [], ["abc\x04"], 100),
    ("end of file twice after text", [], [], ["abc\x04\x04"], 100),
    ("end of file, then a line", [], [], ["\x04more\r"], 100),
    ("literal next", [], [], ["a\x16\x03b\r"], 100),
    ("literal newline and erase", [], [], ["a\x16\x0ab\x16\x7fc\r"], 100),
    ("literal end of file", [], [], ["a\x16\x04\r"], 100),
    ("control characters", [], [], ["\x01\x1b[A\x0c\r"], 100),
    ("control characters without ECHOCTL", ["ECHOCTL"], [], ["a\x01b\r"], 100),
    ("reprint", [], [], ["abc\x12d\r"], 100),
    ("interrupt drops the line", [], [], ["one\rtwo\x03three\r"], 100),
    ("interrupt with NOFLSH", [], ["NOFLSH"], ["one\rtwo\x03three\r"], 100),
    ("quit", [], [], ["two\x1cthree\r"], 100),
    ("suspend", [], [], ["two\x1athree\r"], 100),
    ("without ISIG", ["ISIG"], [], ["a\x03b\r"], 100),
    ("without ECHO", ["ECHO"], [], ["secret\x7f\x15again\r"], 100),
    ("without ECHO, with ECHONL", ["ECHO"], ["ECHONL"], ["secret\r"], 100),
    ("without ICRNL", ["ICRNL"], [], ["a\rb\n"], 100),
    ("INLCR", ["ICRNL"], ["INLCR"], ["a\nb\r\x04"], 100),
    ("IGNCR", [], ["IGNCR"], ["a\rb\n"], 100),
    ("ISTRIP", ["IUTF8"], ["ISTRIP"], ["h\u00e9\r"], 100),
    ("without IEXTEN", ["IEXTEN"], [], ["one two\x17\x16\x12\r"], 100),
    ("stop and start are no input", [], [], ["a\x13\x11b\r"], 100),
    ("without IXON", ["IXON"], [], ["a\x13\x11b\r"], 100),
    ("without OPOST", ["OPOST"], [], ["a\r"], 100),
    ("without ONLCR", ["ONLCR"], [], ["a\r"], 100),
    ("raw", ["ICANON", "ECHO", "ISIG", "ICRNL", "IEXTEN", "IXON"], [], ["a\x03\r\x7f\x04"], 100),
    ("raw with echo", ["ICANON", "ISIG"], [], ["a\x03\r\x7f"], 100),
    ("raw, signals on", ["ICANON"], [], ["ab\x03c"], 100),
    ("typed ahead, then raw", [], [], ["one\rtw", {"off": ["ICANON", "ECHO"]}, "o"], 100),
    ("typed raw, then canonical", ["ICANON"], [], ["one", {"on": ["ICANON"]}, "two\r"], 100),
    ("typed raw and finished canonically", ["ICANON"], [], ["one\r", {"on": ["ICANON"]}, "two\r"], 100),
    ("too long a line", ["ECHO"], [], [LONG + "\r"], 10000),
]
# Random typing, the same at every run. ^C and tabs come apart: where a tab after a ^C goes depends on whether echo was still under way.
TYPED = ["a", "b ", "_1", "\u00e9", "\u4e16", ". ", "\x7f", "\x7f\x7f", "\x15", "\x17", "\x04", "\x16", "\x12", "\x01", "\x1b", "\r", "\n"]
SWITCHED_OFF = ["ECHO", "ECHOE", "ECHOKE", "ECHOCTL", "IUTF8", "IEXTEN", "ISIG", "ICRNL", "ICANON"]
chance = random.Random(8)
for number in range(100):
    typed = "".join(chance.choices([*TYPED, "\x03" if number % 2 else "\t"], k=30))
    CASES.append((f"random {number}", chance.sample(SWITCHED_OFF, chance.choice([0, 0, 1, 2])), [], [typed], chance.choice([4, 100])))
WHERE = {
    0: ["ISTRIP", "INLCR", "IGNCR", "ICRNL", "IXON", "IUTF8"],
    1: ["OPOST", "ONLCR"],
    3: ["ISIG", "ICANON", "ECHO", "ECHOE", "ECHOK", "ECHONL", "NOFLSH", "ECHOCTL", "ECHOKE", "IEXTEN"],
}
# Not in this Python's termios module.
NUMBERS = {"IUTF8": 0o40000, "ECHOCTL": 0o1000, "ECHOKE": 0o4000, "IEXTEN": 0o100000}


def switch(fd, off, on):
    modes = termios.tcgetattr(fd)
    for index, names in WHERE.items():
        for name in names:
            bit = NUMBERS.get(name) or getattr(termios, name)
            if name in off:
                modes[index] &= ~bit
            if name in on:
                modes[index] |= bit
    termios.tcsetattr(fd, termios.TCSANOW, modes)


def drain(fd, length):
    parts = []
    while True:
        try:
            parts.append(os.read(fd, length))
        except BlockingIOError:
            return parts


def record(name, off, on, steps, length):
    master, slave = pty.openpty()
    for fd in master, slave:
        fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK)
    switch(slave, [], ["IUTF8"])
    switch(slave, off, on)
    for step in steps:
        if isinstance(step, str):
            os.write(master, step.encode())
        else:
            switch(slave, step.get("off", []), step.get("on", []))
        time.sleep(0.02)
    shown = b"".join(drain(master, 65536))
    reads = []
    try:
        reads = [part.hex() for part in drain(slave, length)[:40]]
    finally:
        os.close(slave)
        os.close(master)
    return {"name": name, "off": off, "on": on, "steps": steps, "length": length, "shown": shown.hex(), "reads": reads}


if __name__ == "__main__":
    target = pathlib.Path(__file__).parent.parent / "test/recorded/terminal.json"
    cases = [record(*case) for case in CASES]
    target.write_text(json.dumps(cases, indent=1) + "\n")
    print(f"{len(cases)} cases in {target.name}")
