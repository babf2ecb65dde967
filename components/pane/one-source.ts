/** One size is enough for a pane: the last candidate of `srcset`, most often the finest. */
export function oneSource(element: Element): void {
  const candidates = (element.getAttribute('srcset') ?? '').split(/,\s+/).map(each => each.trim().split(/\s+/)[0] ?? '').filter(each => each !== '')
  const best = candidates.at(-1)
  element.removeAttribute('srcset')
  element.removeAttribute('sizes')
  if (best !== undefined) element.setAttribute(element.matches('picture source') ? 'srcset' : 'src', best)
}
