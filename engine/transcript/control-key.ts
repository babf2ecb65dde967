/** The byte that a terminal sends for a key written as it echoes it (`^C`, `^Z`, `^\`; it echoes no `^D`); undefined where the text is anything else. */
export const controlKey = (text: string): string | undefined =>
  /^\^[CZ\\]$/.test(text) ? String.fromCharCode(text.charCodeAt(1) & 0x1f) : undefined
