import type { WayOut } from './bridge-ask.ts'

/** Modules that are asked for while the page runs: what they import is put into one more import map (HTML 8.1.6.2). Answers the module's address. */
export function createModuleWay({ ask }: WayOut): (name: string, base: string) => Promise<string> {
  const mapped = new Set(Object.keys((JSON.parse(document.querySelector('script[type=importmap]')?.textContent ?? '{}') as { imports?: object }).imports ?? {}))
  return async (name, base) => {
    const { url, imports } = await ask('modules', { name, base })
    const added = Object.entries(imports).filter(([each]) => !mapped.has(each))
    if (added.length > 0) {
      const map = document.createElement('script')
      map.type = 'importmap'
      map.textContent = JSON.stringify({ imports: Object.fromEntries(added) })
      document.head.append(map)
      for (const [each] of added) mapped.add(each)
    }
    return imports[url] ?? url
  }
}
