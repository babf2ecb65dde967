import { PackagingError } from './packaging-error.ts'

const takingValue = [
  '--index-url', '--pypi-url', '--extra-index-url', '--constraint', '--requirement', '--editable', '--find-links', '--no-binary',
  '--only-binary', '--all-releases', '--only-final', '--trusted-host', '--use-feature', '--hash', '--config-settings',
] as const

const switches = ['--no-index', '--prefer-binary', '--require-hashes', '--no-require-hashes', '--pre'] as const

export type RequirementOptionName = (typeof takingValue)[number] | (typeof switches)[number]

/** An option of a line in a requirements file under its long name; `value` is empty for a switch. */
export interface RequirementOption {
  name: RequirementOptionName
  value: string
  /** As messages name it: as it was given, if short, else the long name. */
  shown: string
}

const long: readonly RequirementOptionName[] = [...takingValue, ...switches]

const short: Readonly<Record<string, RequirementOptionName>> = {
  '-i': '--index-url', '-c': '--constraint', '-r': '--requirement', '-e': '--editable', '-f': '--find-links', '-C': '--config-settings',
}

const refuse = (message: string): never => {
  throw new PackagingError(message, 'invalid-requirements-file')
}

/** A long name may be cut short as long as it is the only one that begins so. */
const longName = (given: string): RequirementOptionName => {
  const begun = long.filter(name => name.startsWith(given)).sort()
  const found = begun.find(name => name === given) ?? begun[0]
  if (found === undefined) return refuse(`no such option: ${given}`)
  if (begun.length > 1 && found !== given) refuse(`ambiguous option: ${given} (${begun.join(', ')}?)`)
  return found
}

/**
 * The options in the words of a line, read one by one as they are asked for, by the rules of Python's `optparse`: values behind `=`, in
 * the next word or, of a short option, right behind it. Words that are no options are passed over, and everything behind `--`.
 */
export const readRequirementOptions = function* (words: readonly string[]): Generator<RequirementOption, void> {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (word === '--') return
    if (!word.startsWith('-') || word === '-') continue
    const isLong = word.startsWith('--')
    const end = isLong ? (word + '=').indexOf('=') : 2
    const given = word.slice(0, end)
    const name = isLong ? longName(given) : short[given] ?? refuse(`no such option: ${given}`)
    const attached = end < word.length ? word.slice(isLong ? end + 1 : end) : undefined
    if (switches.some(each => each === name)) {
      if (attached !== undefined) refuse(`${name} option does not take a value`)
      yield { name, value: '', shown: name }
    } else {
      const shown = isLong ? name : given
      yield { name, value: attached ?? words[++i] ?? refuse(`${shown} option requires 1 argument`), shown }
    }
  }
}
