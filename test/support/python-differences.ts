/** Where CPython 3.14 differs from the 3.13 that was recorded: line by line, with the reason, and what is left to compare. */
interface Difference {
  reason: string
  /** Takes out what differs, from both. */
  without: RegExp
}
interface Output {
  stdout: string
  stderr: string
  status: number
}

const lineNumbers = (where: string): Difference => ({ reason: `3.14's ${where} has other line numbers`, without: /(?<=python3\.14\/\S+", )line \d+/g })
const noSource: Difference = { reason: "3.14 keeps a command's source by code object, where warnings do not look", without: /^ {2}(?:import|print).*\n/gm }

export const differences: Record<string, Difference> = {
  'python3 -b -c "print(b\'x\' == 1)"': noSource,
  'python3 -c "import warnings; warnings.warn(\'w\')"': noSource,
  'python3 -c "for i in range(100000): print(i)" | head -n 1': {
    reason: "3.14's stream buffers are larger: one still holds output when the interpreter ends, and says so",
    without: /Exception ignored while flushing sys\.stdout:\nBrokenPipeError.*\n/g,
  },
  'python3 --nope; echo $?': { reason: '3.14 begins the message with a capital and has a colon', without: /^[Uu]nknown option:?/gm },
  'python3 json_error.py': lineNumbers('json'),
  'python3 -m json.tool nope.json; echo $?': lineNumbers('json.tool'),
  'python3 -m zipfile; echo $?': { reason: '3.14 names a module run with -m as it was asked for', without: /(?:__main__\.py|python3 -m zipfile)| {2,}/g },
  'python3 -m zipapp nope; echo $?': lineNumbers('zipapp'),
  'python3 -c "import subprocess; subprocess.run([\'ls\'], cwd=\'nope\')"': lineNumbers('subprocess'),
}

export function sameButFor({ without }: Difference, output: Output): Output {
  return { ...output, stdout: output.stdout.replace(without, ''), stderr: output.stderr.replace(without, '') }
}
