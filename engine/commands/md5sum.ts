import { md5 } from '@noble/hashes/legacy.js'
import { digestCommand } from './digest.ts'

export const md5sum = digestCommand('md5sum', 'MD5', 128, () => md5.create())
