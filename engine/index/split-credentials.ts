/** Takes user name and password off a URL, which `fetch` refuses to see there, and makes the header of them (RFC 7617). */
export const splitCredentials = (url: string): { url: string; authorization: string | undefined } => {
  const parsed = new URL(url)
  const { username, password } = parsed
  if (username === '' && password === '') return { url: parsed.href, authorization: undefined }
  parsed.username = ''
  parsed.password = ''
  const bytes = new TextEncoder().encode(`${decoded(username)}:${decoded(password)}`)
  return { url: parsed.href, authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` }
}

/** A stray `%` stands for itself. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) return part
    throw error
  }
}
