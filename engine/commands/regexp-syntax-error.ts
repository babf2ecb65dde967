/** A pattern that is no regular expression; the message is glibc's (regcomp(3), regerror(3)). */
export class RegExpSyntaxError extends Error {}
