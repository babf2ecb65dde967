/** Python's `shlex.quote`. */
export const shellQuote = (text: string): string => {
  if (text === '') return "''"
  return /[^\w@%+=:,./-]/.test(text) ? `'${text.replaceAll("'", `'"'"'`)}'` : text
}
