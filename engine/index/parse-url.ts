/** `new URL` for text from outside: undefined where it is none. (`URL.parse` is not in every browser and Node that runs this.) */
export const parseUrl = (text: string, base?: string): URL | undefined => {
  try {
    return new URL(text, base)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
