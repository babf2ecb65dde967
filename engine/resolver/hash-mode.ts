import { normalizeName } from '../packaging/project-name.ts'
import type { Target } from '../packaging/target.ts'
import { isPin } from './admissions.ts'
import { appliesTo, dependenciesOf } from './dependencies.ts'
import type { Resolved, Resolving, Root } from './resolution.ts'
import { askedFrom, ResolutionError, shownRequirement, type Ask } from './resolution-error.ts'

const projectOf = ({ requirement }: Pick<Ask, 'requirement'>): string => normalizeName(requirement.name)

/** The first requirement on each project, from the roots on. */
const firstAsks = (distributions: readonly Resolved[], roots: readonly Root[], target: Target, resolving: Resolving): Map<string, Ask> => {
  const byName = new Map(distributions.map(each => [normalizeName(each.name), each]))
  const asks = new Map<string, Ask>()
  const queue: Ask[] = roots.map(root => ({ requirement: root.requirement, path: [], root }))
  for (const ask of queue) {
    const resolved = byName.get(projectOf(ask))
    if (resolved === undefined || asks.has(projectOf(ask))) continue
    asks.set(projectOf(ask), ask)
    const path = [ask.requirement, ...ask.path]
    queue.push(...[[], ...resolved.extras.map(extra => [extra])]
      .flatMap(extras => dependenciesOf(resolved.metadata, target, resolving, extras))
      .map(requirement => ({ requirement, path, root: ask.root })))
  }
  return asks
}

const shown = (ask: Ask): string => {
  const from = askedFrom(ask)
  return `    ${shownRequirement(ask.requirement)}${from === undefined ? '' : ` (from ${from})`}`
}

/**
 * pip's hash mode (`--require-hashes`, which a single `--hash` brings about): every distribution must be asked for with `==` or a URL, and
 * with hashes. Throws ResolutionError with those that are not.
 */
export const checkHashMode = (distributions: readonly Resolved[], target: Target, resolving: Resolving): void => {
  const hashed = [...resolving.roots, ...resolving.constraints].filter(({ hashes }) => hashes.length > 0)
  if (hashed.length === 0) return
  const withHashes = new Set(hashed.map(projectOf))
  const roots = resolving.roots.filter(({ requirement }) => appliesTo(requirement, target))
  const asks = [...firstAsks(distributions, roots, target, resolving).values()]
  const isPinned = ({ requirement }: Ask): boolean => requirement.url !== undefined || requirement.specifier.specifiers.some(isPin)
  const isHashed = (ask: Ask): boolean => withHashes.has(projectOf(ask)) || /#.*\b(?:sha256|sha384|sha512)=/.test(ask.requirement.url ?? '')
  const unpinned = asks.filter(ask => !isPinned(ask))
  const unhashed = asks.filter(ask => isPinned(ask) && !isHashed(ask))
  if (unpinned.length > 0) {
    const message = 'In --require-hashes mode, all requirements must have their versions pinned with ==. These do not:'
    throw new ResolutionError([message, ...unpinned.map(shown)].join('\n'), target, { kind: 'unpinned', asks: unpinned })
  }
  if (unhashed.length > 0) {
    const message = 'Hashes are required in --require-hashes mode, but they are missing from some requirements:'
    throw new ResolutionError([message, ...unhashed.map(shown)].join('\n'), target, { kind: 'unhashed', asks: unhashed })
  }
}
