import { decodeSource } from '../packaging/decode-source.ts'
import { parseScriptMetadata } from '../packaging/script-metadata.ts'
import type { Arguments } from './parse-arguments.ts'
import type { ScriptRequest } from './request.ts'

/** What a script asks for in its PEP 723 block, if that is to be read. `path` is for messages. Throws PackagingError. */
export const scriptRequest = (bytes: Uint8Array, path: string, options: Arguments): ScriptRequest => {
  const metadata = options.isOn('enable_script_metadata', true) ? parseScriptMetadata(decodeSource(bytes, path)) : undefined
  const requires = metadata?.requiresPython
  return { dependencies: metadata?.dependencies ?? [], constraints: requires ? [requires] : [] }
}
