/** What is typed into the REPL of rich.pex (scripts/pex-run-cases.ts), on a real CPython and in the machine. */
export const replLines: string[] = [
  'import rich, sys\r', 'rich.__name__, sys.argv\r', 'for n in range(2):\r', '    print(n)\r', '\r', 'import click\r', 'from rich.text import Text\r', 'print(Text("it runs"))\r',
  'nonsense(\r', ')\r', 'pex\r', 'exit\r',
]
