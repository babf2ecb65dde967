/** How many processors programs are told of: TypeScript commands share one thread, but each Python process has one of its own. */
export const processors = 4
