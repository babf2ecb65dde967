/** What a stylesheet may name: `url(...)` and `@import "..."` (CSS Syntax 4.3.6, CSS Cascade 2). */
const reference = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^'")\s]+))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi

/** Replaces every address in `css` by what `load` answers for it, made absolute by `base`; undefined leaves it as it is. */
export async function rewriteCss(css: string, base: string, load: (url: string) => Promise<string | undefined>): Promise<string> {
  const found = [...css.matchAll(reference)].map(match => match.slice(1).find(part => part !== undefined) ?? '')
  const loaded = new Map<string, string | undefined>()
  for (const address of new Set(found))
    if (!/^(?:#|data:|blob:)/i.test(address) && URL.canParse(address, base)) loaded.set(address, await load(new URL(address, base).href))
  let index = 0
  return css.replace(reference, whole => {
    const url = loaded.get(found[index++]!)
    if (url === undefined) return whole
    return /^@import/i.test(whole) ? `@import "${url}"` : `url("${url}")`
  })
}
