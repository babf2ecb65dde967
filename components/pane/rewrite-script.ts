/** Property names of Location that a script may ask for or set. */
const parts = 'href|assign|replace|reload|pathname|search|hash|host|hostname|origin|port|protocol|toString'
/** Not part of another name or property, and not being declared. */
const location = new RegExp(
  String.raw`(?<![\w$.'"\`]|\b(?:var|let|const|function)\s+)(?:(?:window|document|self|globalThis|top|parent)\s*\.\s*)*location(?=\s*=(?![=>])|\s*\.\s*(?:${parts})\b)`,
  'g',
)

/**
 * `location`, where a script sets it or asks for its parts, becomes the bridge's: no browser lets a document stand in for it, and one
 * without an origin is not told where it is. A reading of the text, not of its grammar: what hides the name is not found, and is then
 * stopped by the pane's policy.
 */
export const rewriteScript = (script: string): string => script.replace(location, 'bridgedWindow.location')
