import { fileSystemContract } from './file-system.contract.ts'
import { createTree } from './tree.ts'

let time = 1_700_000_000_000
fileSystemContract('tree', () => createTree({ now: () => time }), { pause: () => void (time += 1000) })
