/** Of an absolute path without a slash at its end. */
export const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'
