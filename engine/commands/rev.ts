import { decode, encodeIfNeeded } from '../shell/escapes.ts'
import { command } from './command.ts'
import { eachInput } from './each-input.ts'
import { report } from './report.ts'
import { reasonOf } from './report.ts'
import { records } from './records.ts'

export const rev = command(
  { name: 'rev', usage: '[options] [file ...]', summary: 'Reverse lines characterwise.', options: {} },
  (args, process) => eachInput(process, args.operands.length ? args.operands : ['-'], async (input) => {
    for await (const { text, ended } of records(input, decode)) {
      await process.stdout.write(encodeIfNeeded([...text].reverse().join('') + (ended ? '\n' : '')))
      await process.breathe()
    }
  }, (name, error) => report(process, `cannot open ${name}: ${reasonOf(error)}`)),
)
