import { sha256 } from '@noble/hashes/sha2.js'
import { digestCommand } from './digest.ts'

export const sha256sum = digestCommand('sha256sum', 'SHA256', 256, () => sha256.create())
