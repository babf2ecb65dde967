/** The form of test/recorded/python.json, and the one place where a real Python's own paths become the machine's. */
export interface RecordedPython {
  /** What recorded it. */
  version: string
  cases: RecordedPythonCase[]
}
export interface RecordedPythonCase {
  line: string
  stdout: string
  stderr: string
  status: number
}

export function asOnTheMachine(text: string, paths: { demo: string; bin: string; python: string; home: string }): string {
  const prefix = paths.python.replace(/\/bin\/[^/]*$/, '')
  return text
    .replaceAll(paths.demo, '/home/user/demo')
    .replaceAll(`${paths.bin}/python3`, '/opt/bin/python3')
    .replaceAll(`${paths.bin}/python`, '/opt/bin/python3')
    .replaceAll(`${prefix}/lib/python313.zip`, '/opt/lib/python314.zip')
    .replaceAll(`${prefix}/lib/python3.13`, '/opt/lib/python3.14')
    .replaceAll(`${prefix}/bin/python3.13`, '/opt/bin/python3.14')
    .replaceAll(paths.home, '/home/user')
}
