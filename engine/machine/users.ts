/** The machine's two accounts, as /etc/passwd has them. */
import type { Credentials } from './stat.ts'

export const root: Credentials = { uid: 0, gid: 0 }
export const user: Credentials = { uid: 1000, gid: 1000 }
