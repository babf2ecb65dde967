import type { SystemCalls } from '../machine/system-calls.ts'
import { readTextFile } from './read-text-file.ts'

/** Owners' names by number, from /etc/passwd and /etc/group; a number without a name shows as the number. */
export interface Accounts {
  user(uid: number): string | undefined
  group(gid: number): string | undefined
  uid(name: string): number | undefined
  gid(name: string): number | undefined
}

export async function readAccounts(system: SystemCalls): Promise<Accounts> {
  const users = await readTable(system, '/etc/passwd')
  const groups = await readTable(system, '/etc/group')
  const nameOf = (rows: string[][], id: number) => rows.find((row) => Number(row[2]) === id)?.[0]
  const idOf = (rows: string[][], name: string) => {
    const row = rows.find((one) => one[0] === name)
    return row ? Number(row[2]) : /^\d+$/.test(name) ? Number(name) : undefined
  }
  return {
    user: (uid) => nameOf(users, uid),
    group: (gid) => nameOf(groups, gid),
    uid: (name) => idOf(users, name),
    gid: (name) => idOf(groups, name),
  }
}

/** Rows of colon-separated fields (passwd(5), group(5)); no rows where the file cannot be read. */
async function readTable(system: SystemCalls, path: string): Promise<string[][]> {
  const text = (await readTextFile(system, path)) ?? ''
  return text.split('\n').filter(Boolean).map((line) => line.split(':'))
}
