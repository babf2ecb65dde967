/** The strings of a list in a PEX-INFO, which may hold anything. */
export const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [])

/** A string in a PEX-INFO; undefined for anything else, and for no text. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Which pex made a PEX, as its PEX-INFO says. */
export const madeByOf = ({ build_properties: properties }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof properties === 'object' && properties !== null ? textOf((properties as Record<string, unknown>).pex_version) : undefined
