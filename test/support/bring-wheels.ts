/** Before the tests: brings the wheels that they are about, once for all workers. */
import { fetchOlderPexes, fetchWheels } from '../../scripts/fetch-wheels.ts'

/** Where no index can be reached most tests run all the same; those that need a wheel fail with the line that is printed here. */
export default function setup() {
  for (const bring of [fetchWheels, () => fetchWheels('deck-wheels.txt'), fetchOlderPexes]) {
    try {
      bring()
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
}
