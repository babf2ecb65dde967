import { formatVersion } from '../packaging/version.ts'
import { parseWheelName } from '../packaging/wheel-name.ts'
import type { PexHome } from './pex-home.ts'

/** The version of pex that this program is: that of the runtime which it puts into PEXes. */
export const versionOfWheel = async (home: PexHome): Promise<string> => formatVersion(parseWheelName((await home.pexWheel()).fileName).version)
