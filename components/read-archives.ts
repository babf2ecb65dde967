/** What reads the files in a zip, for whom they are asked: in one module, because its part of the deck, fflate with it, comes only then. */
export { mapPex } from '../engine/pex/map-pex.ts'
export { machineDifference } from './machine-difference.ts'
