import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's top directory. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))
