import { bytesAsSource } from '../archive/byte-source.ts'
import type { CoreMetadata } from '../packaging/core-metadata.ts'
import { compareCodePoints } from '../packaging/compare-code-points.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { belongsTo } from './belongs-to.ts'
import { checkHashes } from './check-hashes.ts'
import { createHttp } from './create-http.ts'
import { directFile, fileUrl, pathOfFileUrl } from './direct-file.ts'
import { download } from './download.ts'
import { fetchStored } from './fetch-stored.ts'
import { filesByProject } from './files-by-project.ts'
import { IndexError } from './index-error.ts'
import type { IndexHome, IndexSettings } from './index-settings.ts'
import { localBytes, localIndexFiles, localLinks, type Links } from './local-source.ts'
import type { PackageIndex, ProjectFile } from './package-index.ts'
import { metadataBytes, readMetadata } from './read-metadata.ts'
import { longestPage, pageTypes, readPage } from './read-page.ts'
import { recentBytes } from './recent-bytes.ts'
import { remoteBytes } from './remote-bytes.ts'
import { shownUrl } from './shown-url.ts'
import { splitCredentials } from './split-credentials.ts'
import { checkSecure } from './trusted-hosts.ts'

/** Wheels of up to so many bytes come whole for their metadata: it is one request, and all of it is checked. */
const smallWheel = 96 * 1024
/** Bytes of whole wheels that are held for whoever fetches them next. */
const mostRecent = 64 * 2 ** 20
/** Bytes of a METADATA file. */
const longestMetadata = 16 * 2 ** 20

const isLocal = (url: string): boolean => /^file:/i.test(url)

/** A place as a setting names it: a URL, or an absolute path. */
const urlOf = (place: string): string => (/^[a-z][a-z0-9+.-]*:/i.test(place) ? directFile(place).url : fileUrl(place))

const pageUrl = (indexUrl: string, project: string): string => {
  const url = new URL(indexUrl)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${project}/`
  return url.href
}

/**
 * Simple repositories, directories and pages as one index (PEP 503, 691; pip's order: the files of find-links by their URL, last first, what
 * its pages list, then the indexes as they are named). Everything is asked at most once, when it is first wanted. Throws IndexError, also where a setting names
 * something that cannot be asked.
 */
export const createIndex = (settings: IndexSettings, home: IndexHome): PackageIndex => {
  const { strategy = 'pip', trustedHosts = [] } = settings
  const { files, now = Date.now, warn = () => undefined } = home
  const store = settings.keepsAnswers === false ? undefined : home.store
  const http = createHttp(settings, home)
  const urlsOf = (named: Pick<IndexSettings, 'indexUrls' | 'findLinks'>) =>
    ({ indexUrls: [...new Set(named.indexUrls.map(urlOf))], places: [...new Set(named.findLinks.map(urlOf))] })
  const all = urlsOf(settings)
  for (const url of [...all.indexUrls, ...all.places]) {
    checkSecure(url, trustedHosts)
    if (isLocal(url) && !files) throw new IndexError('refused', `${shownUrl(url)}: files of this machine cannot be read here`, shownUrl(url))
  }
  const shownPlace = (place: string): string => {
    const name = settings.names?.get(place)
    return name === undefined ? shownUrl(place) : `${name} (${shownUrl(place)})`
  }
  const stored = (wanted: Parameters<typeof fetchStored>[3]) => fetchStored(http, store, now, wanted)

  const readRemotePage = async (url: string): Promise<ProjectFile[] | undefined> => {
    const shown = shownUrl(url)
    const page = await stored({ url, kind: 'page', accept: pageTypes, most: longestPage })
    return page && readPage(page.body, page.contentType, page.url, shown)
  }

  const remoteLinks = async (url: string): Promise<Links | undefined> => {
    const file = directFile(url)
    if (/\.(?:whl|zip|tar\.[a-z0-9]+|tgz|tbz|txz)$/i.test(file.fileName)) return { files: [file], listed: [] }
    const listed = await readRemotePage(url)
    return listed && { files: [], listed }
  }
  const links = remembered(async (url: string) => {
    const found = await (isLocal(url) ? localLinks(files!, url) : remoteLinks(url))
    if (!found) warn(`--find-links ${shownUrl(url)} is passed over: there is nothing of that name`)
    return { files: filesByProject(found?.files ?? []), listed: filesByProject(found?.listed ?? []) }
  })

  const inIndex = async (indexUrl: string, project: string): Promise<ProjectFile[] | undefined> => {
    if (isLocal(indexUrl)) return localIndexFiles(files!, indexUrl, project)
    const found = await readRemotePage(pageUrl(indexUrl, project))
    return found?.filter(({ fileName }) => belongsTo(project, fileName))
  }

  const inIndexes = async (project: string, indexUrls: readonly string[]): Promise<(readonly ProjectFile[])[]> => {
    const known: (readonly ProjectFile[])[] = []
    if (strategy === 'first-index') {
      for (const url of indexUrls) {
        const found = await inIndex(url, project)
        if (found) return [found]
      }
      return known
    }
    const answers = await Promise.all(indexUrls.map(url => inIndex(url, project)))
    for (const found of answers) {
      if (found) known.push(strategy === 'unsafe-first-match' ? found.map(file => ({ ...file, rank: known.length })) : found)
    }
    return known
  }

  const project = remembered(async (_key: string, name: string, { indexUrls, places }: typeof all): Promise<readonly ProjectFile[] | undefined> => {
    const [linked, indexed] = await Promise.all([Promise.all(places.map(links)), inIndexes(name, indexUrls)])
    const own = linked.flatMap(({ files }) => files(name)).sort((a, b) => compareCodePoints(b.url, a.url))
    const listed = linked.flatMap(({ listed }) => listed(name))
    return own.length + listed.length + indexed.length === 0 ? undefined : [...own, ...listed, ...indexed.flat()]
  })

  /** Files that came whole for their metadata; who fetches them takes them from here. */
  const whole = recentBytes(mostRecent)
  const bytesOf = async (file: ProjectFile, options?: Parameters<PackageIndex['fetchFile']>[1]): Promise<Uint8Array> => {
    const bytes = whole.take(file.url) ?? (isLocal(file.url) ? await localBytes(files, file.url) : undefined)
    if (!bytes) return download(http, store, now, file, options)
    await checkHashes(bytes, file.hashes, file.fileName)
    options?.progress?.(bytes.length, bytes.length)
    return bytes
  }

  /** The `.metadata` file (PEP 658); undefined where the listing promises one that is not there. */
  const metadataBeside = async ({ fileName, url }: ProjectFile, hashes: Readonly<Record<string, string>>): Promise<Uint8Array | undefined> => {
    const beside = `${url}.metadata`
    if (!isLocal(url)) return (await stored({ url: beside, kind: 'metadata', accept: '*/*', hashes, most: longestMetadata }))?.body
    const bytes = await files?.readFile(pathOfFileUrl(beside))
    if (bytes) await checkHashes(bytes, hashes, `${fileName}.metadata`)
    return bytes
  }

  const metadataOf = async (file: ProjectFile): Promise<Uint8Array> => {
    const { fileName, url } = file
    if (!fileName.endsWith('.whl')) {
      throw new IndexError('bad-metadata', `${fileName} is a source distribution: only a build would tell its metadata`, fileName)
    }
    const beside = file.metadata && await metadataBeside(file, file.metadata)
    if (beside) return beside
    // Whoever names the same hash names the same file; so does what the system tells files apart by.
    const hashes = Object.values(file.hashes).join(' ')
    const identity = hashes === '' && isLocal(url) ? await files?.identity?.(pathOfFileUrl(url)) : hashes
    const key = `inside ${splitCredentials(url).url} ${identity}`
    const kept = identity ? await store?.read(key) : undefined
    if (kept?.whole) return kept.body
    const body = await (isLocal(url) ? metadataInLocal(file) : metadataInside(file))
    if (identity) {
      await store?.write(key, { url: shownUrl(url), contentType: '', etag: undefined, lastModified: undefined, freshUntil: Infinity, whole: true, body })
    }
    return body
  }

  const metadataInLocal = async (file: ProjectFile): Promise<Uint8Array> => {
    const parts = Object.keys(file.hashes).length === 0 ? await files?.openFile?.(pathOfFileUrl(file.url)) : undefined
    return metadataBytes(file.fileName, parts ?? bytesAsSource(await bytesOf(file)))
  }

  const metadataInside = async (file: ProjectFile): Promise<Uint8Array> => {
    const isSmall = file.size !== undefined && file.size <= smallWheel
    const source = isSmall ? undefined : await remoteBytes(http, file)
    if (source) return metadataBytes(file.fileName, source)
    const bytes = await bytesOf(file)
    whole.put(file.url, bytes)
    return metadataBytes(file.fileName, bytesAsSource(bytes))
  }
  const metadata = remembered(async (_key: string, file: ProjectFile): Promise<CoreMetadata> => readMetadata(file.fileName, await metadataOf(file)))

  return {
    places: [...new Set([...settings.indexUrls, ...settings.findLinks].map(shownPlace))],
    project: (name, among) => {
      const urls = among ? urlsOf(among) : all
      const normal = normalizeName(name)
      return project([normal, ...urls.indexUrls, '', ...urls.places].join('\n'), normal, urls)
    },
    metadata: file => metadata(`${file.url} ${Object.values(file.hashes).join(' ')}`, file),
    fetchFile: async (file, options) => bytesAsSource(await bytesOf(file, options)),
  }
}

/** One answer for each key; a failure is forgotten, so that it may go better the next time. */
const remembered = <Rest extends unknown[], T>(ask: (key: string, ...rest: Rest) => Promise<T>) => {
  const answers = new Map<string, Promise<T>>()
  return (key: string, ...rest: Rest): Promise<T> => {
    const known = answers.get(key)
    if (known) return known
    const answer = ask(key, ...rest)
    answers.set(key, answer)
    answer.catch(() => answers.delete(key))
    return answer
  }
}
