import type { NamedTarget } from './named-target.ts'
import { printable } from './printable.ts'
import { shellQuote } from './shell-quote.ts'
import type { Obstacle, Verdict } from './will-it-run.ts'

const linesOf = ({ requirement, requiredBy, distributions }: Obstacle): string[] => {
  const wanted = requiredBy.length ? `${requirement}, for ${requiredBy.join(', ')}` : requirement
  const there = distributions.map(({ fileName, hindrance }) => `    ${fileName} ${hindrance}`)
  return [`  ${wanted}:${there.length ? '' : ' not in this PEX'}`, ...there]
}

/** What to do about it: nothing where it runs, and where no build for the target would help. */
const remedy = ({ runs, obstacles, constraints, tooNew }: Verdict, { flags, assumed }: NamedTarget): string[] => {
  if (runs === 'perhaps') return ['A complete platform tells more: pex3 interpreter inspect --markers --tags writes one there.']
  if (tooNew && !obstacles.length) return [`Build it again with a newer pex, or start it with Python ${tooNew.newest}.`]
  if (constraints.length && !obstacles.length) return ['Start it with an interpreter that they admit, or build it without them.']
  if (runs === 'yes' || !obstacles.length) return []
  if (!flags.length) return ['Build it on this machine, with this Python.']
  const build = `Build it with ${flags.map(shellQuote).join(' ')}, once for each place where it is to run.`
  return assumed === undefined ? [build] : [build, assumed]
}

/** A verdict for people: its answer in the first line, then each requirement that cannot be met and why, then what to pass to pex. */
export const formatVerdict = (name: string, verdict: Verdict, named: NamedTarget): string => {
  const { runs, target, obstacles, constraints, tooNew, pexPath, excluded, undecided } = verdict
  const answer = { yes: 'runs', no: 'does not run', perhaps: 'may run' }[runs]
  return [
    `${name} ${answer} on ${target}`,
    ...(constraints.length ? [`  the interpreter has to be ${constraints.join(' or ')}`] : []),
    ...(tooNew ? [`  its runtime, of pex ${tooNew.pex}, starts on Python ${tooNew.newest} at most`] : []),
    ...obstacles.flatMap(linesOf),
    ...undecided.map((text) => `  ${text}`),
    ...remedy(verdict, named),
    ...(runs !== 'no' && excluded.length ? [`It was built without ${excluded.join(', ')}, which has to come from elsewhere.`] : []),
    ...(runs !== 'no' && pexPath.length ? [`It also loads ${pexPath.join(', ')}, which is not looked into here.`] : []),
    '',
  ].map(printable).join('\n')
}
