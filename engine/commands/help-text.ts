import { listOptions, type Description } from './options.ts'

/** The project's version, as package.json says it. */
const release = '0.1.0'
const explanationColumn = 29

/** A `--help` text in GNU's form, ending in a newline. `program` is argv[0]. */
export function helpText(description: Description, program: string): string {
  const usages = [description.usage].flat().map((usage, at) => `${at ? '  or: ' : 'Usage: '}${program} ${usage}`.trimEnd())
  const options = listOptions(description)
    .filter(([, explanation]) => explanation)
    .map(([form, explanation]) => {
      const left = form.startsWith('--') ? `      ${form}` : `  ${form}`
      const [first = '', ...more] = explanation.split('\n')
      const head =
        left.length > explanationColumn - 2 ? `${left}\n${' '.repeat(explanationColumn)}${first}` : left.padEnd(explanationColumn) + first
      return [head, ...more.map((line) => ' '.repeat(explanationColumn + 2) + line)].join('\n')
    })
  const details = description.details ? `\n${description.details}\n` : ''
  return `${usages.join('\n')}\n${description.summary}\n\n${options.join('\n')}\n${details}`
}

export const versionText = (description: Description) =>
  `${description.name} (pex-pectations) ${release}\n` +
  `Written for this machine; it behaves as the ${description.name} of a GNU/Linux system.\n`
