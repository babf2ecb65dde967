/** Text out of a file that nobody knows, as one line for a terminal: control characters, which could rewrite the screen, become U+FFFD. */
export const printable = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f]/g, '\ufffd')
