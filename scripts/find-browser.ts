/**
 * A Chromium to test and export with: $CHROME_PATH, a system Chromium or Chrome, playwright's, one that an npm package carries,
 * or (as root on Debian) apt's. What is found is all that is used; nothing is installed where one is there.
 */
import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { chromium } from 'playwright-chromium'
import { root } from './root.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const macOS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']
const run = promisify(execFile)

export async function findBrowser(): Promise<string> {
  const found = installed() ?? (await byPlaywright()) ?? (await byPackage()) ?? (await byApt())
  if (found) return found
  throw new Error('no Chromium found and none could be installed: install Chromium or Chrome, or set CHROME_PATH to one')
}

function installed(): string | undefined {
  const given = process.env.CHROME_PATH
  if (given && !existsSync(given)) throw new Error(`CHROME_PATH is ${given}, and there is no such file`)
  const onPath = (process.env.PATH ?? '').split(':').flatMap(directory => names.map(name => join(directory, name)))
  return [given, ...onPath, ...macOS, chromium.executablePath()].find(path => path && existsSync(path))
}

async function byPlaywright(): Promise<string | undefined> {
  say('no Chromium or Chrome here; asking playwright for one')
  await loud('npx', ['playwright-core', 'install', 'chromium'], 10)
  return [chromium.executablePath()].find(path => existsSync(path))
}

/** The last release of @sparticuz/chromium that this Node can run; its own arguments are for Lambda and not used. */
async function byPackage(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const version = Number(process.versions.node.split('.')[0]) >= 22 ? '153' : '143'
  const prefix = join(root, '.cache', 'browser')
  say('playwright has none; trying the one in the npm package @sparticuz/chromium')
  await mkdir(prefix, { recursive: true })
  await loud('npm', ['install', '--no-save', '--no-package-lock', '--prefix', prefix, `@sparticuz/chromium@${version}`], 10)
  const packaged = join(prefix, 'node_modules', '@sparticuz', 'chromium')
  if (!existsSync(packaged)) return undefined
  const { module, main } = JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8')) as { module?: string; main?: string }
  const { default: packed } = (await import(pathToFileURL(join(packaged, module ?? main ?? '')).href)) as { default: { executablePath(): Promise<string> } }
  const path = await packed.executablePath()
  const runs = await run(path, ['--version']).then(() => true, () => false)
  return runs ? path : undefined
}

async function byApt(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  say('installing Debian\'s chromium')
  await loud('apt-get', ['update', '-qq'], 10)
  await loud('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], 20)
  return installed()
}

const say = (what: string) => process.stdout.write(`browser: ${what}\n`)

/** Runs with its output shown; a failure or a hang only means that the next way is tried. */
function loud(command: string, args: string[], minutes: number): Promise<void> {
  return new Promise(resolve => {
    const child = spawn(command, args, { stdio: 'inherit', timeout: minutes * 60_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    child.on('error', () => resolve())
    child.on('exit', () => resolve())
  })
}
