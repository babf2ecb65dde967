import type { IndexSettings } from '../index/index-settings.ts'
import type { Arguments } from './parse-arguments.ts'
import { absolutePath } from './paths.ts'
import type { PexHome } from './pex-home.ts'

export type ConnectionSettings = Pick<IndexSettings, 'retries' | 'timeout' | 'proxy' | 'cert' | 'clientCert'>

/** `--retries`, `--timeout`, `--proxy`, `--cert` and `--client-cert`. Throws FileProblem where a certificate cannot be read. */
export const connectionSettings = async (options: Arguments, home: PexHome): Promise<ConnectionSettings> => {
  const number = (name: string) => {
    const value = options.value(name)
    return value === undefined ? undefined : Number(value)
  }
  const certificate = async (name: string) => {
    const value = options.value(name)
    if (value === undefined) return undefined
    const path = absolutePath(value, home.directory)
    await home.files.read(path)
    return path
  }
  const seconds = number('timeout')
  return {
    retries: number('retries'),
    timeout: seconds === undefined ? undefined : seconds * 1000,
    proxy: options.value('proxy'),
    cert: await certificate('cert'),
    clientCert: await certificate('client_cert'),
  }
}
