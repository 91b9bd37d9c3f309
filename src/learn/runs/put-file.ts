/** A file that appears whole or not at all, also when the machine stops on the way. */
import { open, rename } from 'node:fs/promises'

/** In place of what was there; readable by its owner alone. */
export async function putFile(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}
