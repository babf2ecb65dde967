import type { Json } from '../install/python-json.ts'

/** JSON's value, or undefined where the text is none. */
export const jsonValue = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
