/** The strings of a list in a PEX-INFO, which may hold anything. */
export const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [])

/** A string in a PEX-INFO; undefined for anything else, and for no text. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
