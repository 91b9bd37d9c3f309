/** Serves the built console from `dist/console`, and its first page for every address of its own. */
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from 'hono'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const packed = ['.html', '.js', '.css', '.json', '.map', '.svg']

const security = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

interface Asset {
  readonly plain: Buffer<ArrayBuffer>
  readonly gzipped: Buffer<ArrayBuffer> | undefined
  readonly type: string
  readonly etag: string
}

/** Where `npm run build` puts the console, seen from the sources and from `dist` alike. */
export function consoleFolder(): string {
  const isBuilt = import.meta.url.includes('/dist/src/')
  return fileURLToPath(new URL(isBuilt ? '../../console/' : '../../dist/console/', import.meta.url))
}

/** @returns the file, or the first page for a browser's address, or undefined when it is neither */
export function createConsole(folder: string): (context: Context) => Promise<Response | undefined> {
  const assets = new Map<string, Asset>()

  async function load(path: string): Promise<Asset | undefined> {
    const file = normalize(join(folder, path))
    const extension = extname(file)
    if (!file.startsWith(normalize(folder + sep)) || !types[extension]) return undefined
    const facts = await stat(file).catch(() => undefined)
    if (!facts?.isFile()) return undefined
    const etag = `"${facts.size.toString(36)}-${Math.floor(facts.mtimeMs).toString(36)}"`
    const known = assets.get(file)
    if (known?.etag === etag) return known
    const asset = await readAsset(file, etag)
    assets.set(file, asset)
    return asset
  }

  return async ({ req }) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return undefined
    const asset = req.path === '/' ? undefined : await load(req.path)
    if (asset) return answer(asset, req.raw, req.path.startsWith('/assets/'))
    const wantsPage = req.path === '/' || (req.header('accept') ?? '').includes('text/html')
    if (!wantsPage || req.path.startsWith('/v1/')) return undefined
    const page = await load('index.html')
    return page ? answer(page, req.raw, false) : notBuilt()
  }
}

async function readAsset(file: string, etag: string): Promise<Asset> {
  const extension = extname(file)
  const plain = await readFile(file)
  const gzipped = packed.includes(extension) ? await promisify(gzip)(plain) : undefined
  return { plain, gzipped, etag, type: types[extension] ?? '' }
}

/** Files under `assets/` carry a hash of their content in their name and never change. */
function answer(asset: Asset, request: Request, isHashed: boolean): Response {
  const headers: Record<string, string> = {
    ...security,
    'content-type': asset.type,
    etag: asset.etag,
    vary: 'Accept-Encoding',
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  if (request.headers.get('if-none-match')?.replace(/^W\//, '') === asset.etag) {
    return new Response(null, { status: 304, headers })
  }
  const isPacked = asset.gzipped && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
  if (isPacked) headers['content-encoding'] = 'gzip'
  return new Response(isPacked ? asset.gzipped : asset.plain, { headers })
}

function notBuilt(): Response {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Kith</title>
<body style="font: 16px/1.5 system-ui; max-width: 36rem; margin: 4rem auto; padding: 0 1rem">
<h1>The engine runs; its console is not built</h1>
<p>Run <code>npm run build</code> in the folder of Kith and load this page again. The API answers
meanwhile: <a href="/v1/openapi.json">/v1/openapi.json</a>.</p></body></html>`
  const headers = { ...security, 'content-type': types['.html'] ?? '', 'cache-control': 'no-store' }
  return new Response(page, { status: 503, headers: { ...headers, 'retry-after': '10' } })
}
