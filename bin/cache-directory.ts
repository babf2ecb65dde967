import { join } from 'node:path'

/** This program's own directory in the user's cache (XDG base directories). */
export const cacheDirectory = ({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string =>
  join(XDG_CACHE_HOME ?? join(HOME ?? '/tmp', '.cache'), 'pex-pectations')
