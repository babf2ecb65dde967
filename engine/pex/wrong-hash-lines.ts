import { isWrong, type CheckedHash } from './check-hashes.ts'

/** Lines beyond this many say nothing new. */
const most = 40

/** Of checked hashes those that are wrong, a line each. */
export const wrongHashLines = (hashes: readonly CheckedHash[]): string[] =>
  hashes.filter(isWrong).slice(0, most).map(({ of, recorded, found }) => {
    const instead = found === undefined ? 'which is not in the file' : `the content gives ${found}`
    return `${of} is wrong: it says ${recorded}, ${instead}`
  })
