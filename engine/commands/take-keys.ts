import type { SystemCalls } from '../machine/system-calls.ts'
import { cc, iflag, lflag } from '../machine/termios.ts'

/** Sets the terminal to give each key at once, unechoed; with `all`, those too that would be signals or stop the output. Resolves with what sets it back. */
export async function takeKeys(system: SystemCalls, keyboard: number, all = false): Promise<() => Promise<void>> {
  const before = await system.tcgetattr(keyboard)
  await system.tcsetattr(keyboard, 'now', {
    ...before,
    iflag: before.iflag & ~(all ? iflag.IXON | iflag.ICRNL : 0),
    lflag: before.lflag & ~(lflag.ICANON | lflag.ECHO | (all ? lflag.ISIG | lflag.IEXTEN : 0)),
    cc: before.cc.map((value, at) => (at === cc.VMIN ? 1 : at === cc.VTIME ? 0 : value)),
  })
  return async () => system.tcsetattr(keyboard, 'now', before)
}
