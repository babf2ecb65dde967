import { belongsTo } from './belongs-to.ts'
import { directFile, fileUrl, pathOfFileUrl } from './direct-file.ts'
import { IndexError } from './index-error.ts'
import type { LocalFiles } from './index-settings.ts'
import type { ProjectFile } from './package-index.ts'
import { readHtmlPage } from './read-html-page.ts'

const isHtml = (name: string): boolean => /\.html?$/i.test(name)

const pageOf = (body: Uint8Array, path: string): ProjectFile[] => readHtmlPage(new TextDecoder().decode(body), fileUrl(path), path)

/** A project's files in an index that is a directory on this machine: `<directory>/<project>/index.html`. undefined: it has none. */
export const localIndexFiles = async (files: LocalFiles, directoryUrl: string, project: string): Promise<ProjectFile[] | undefined> => {
  const path = `${pathOfFileUrl(directoryUrl).replace(/\/+$/, '')}/${project}/index.html`
  const body = await files.readFile(path)
  return body && pageOf(body, path).filter(({ fileName }) => belongsTo(project, fileName))
}

/** What a place of --find-links offers, whatever its project: files that are there themselves, and those that its pages link to. */
export interface Links {
  readonly files: readonly ProjectFile[]
  readonly listed: readonly ProjectFile[]
}

/** What a directory, a page or a file on this machine offers. undefined: there is nothing of that name. */
export const localLinks = async (files: LocalFiles, url: string): Promise<Links | undefined> => {
  const path = pathOfFileUrl(url).replace(/(?<=.)\/+$/, '')
  const names = await files.listDirectory(path)
  if (!names) {
    const body = isHtml(path) ? await files.readFile(path) : undefined
    if (body) return { files: [], listed: pageOf(body, path) }
    return await files.readFile(path) ? { files: [directFile(url)], listed: [] } : undefined
  }
  const directory = path === '/' ? '' : path
  const inDirectory = names.filter(name => !isHtml(name)).map(name => ({ ...directFile(fileUrl(`${directory}/${name}`)), listedBy: path }))
  const pages = await Promise.all(names.filter(isHtml).sort().map(async name => {
    const body = await files.readFile(`${directory}/${name}`)
    return body ? pageOf(body, `${directory}/${name}`) : []
  }))
  return { files: inDirectory, listed: pages.flat() }
}

/** The bytes of a file on this machine. Throws IndexError 'not-found'. */
export const localBytes = async (files: LocalFiles | undefined, url: string): Promise<Uint8Array> => {
  const path = pathOfFileUrl(url)
  const bytes = await files?.readFile(path)
  if (bytes) return bytes
  throw new IndexError('not-found', `${path} is not there`, path)
}
