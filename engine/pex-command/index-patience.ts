import type { IndexSettings } from '../index/index-settings.ts'
import type { Arguments } from './parse-arguments.ts'

/** `--retries` and `--timeout`. */
export const indexPatience = (options: Arguments): Pick<IndexSettings, 'retries' | 'timeout'> => {
  const [retries, seconds] = [options.value('retries'), options.value('timeout')].map(value => (value === undefined ? undefined : Number(value)))
  return { ...(retries === undefined ? {} : { retries }), ...(seconds === undefined ? {} : { timeout: seconds * 1000 }) }
}
