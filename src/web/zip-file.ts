import type { Response } from 'express'
import { Zip, ZipDeflate } from 'fflate'

/** One file of an archive, its bytes as they come. */
export type Packed = { name: string; at: string; parts: AsyncIterable<Uint8Array> | Uint8Array[] }

/**
 * Files as one archive to keep, written to the reader as they are read: no file is ever held whole.
 * `name` is what it is called, without its ending.
 */
export async function sendZip(res: Response, name: string, files: Packed[]): Promise<void> {
  res.attachment(`${name}.zip`).type('application/zip')
  const failed = new Promise<never>((_, reject) => res.once('close', () => reject(new Gone())))
  failed.catch(() => undefined)
  const zip = new Zip((error, chunk, isLast) => {
    if (error) res.destroy(error)
    else if (isLast) res.end(chunk)
    else res.write(chunk)
  })
  for (const { name: path, at, parts } of files) {
    const entry = new ZipDeflate(path, { level: 6 })
    entry.mtime = new Date(at)
    zip.add(entry)
    for await (const part of parts) {
      entry.push(part)
      if (res.writableNeedDrain) {
        await Promise.race([new Promise((resolve) => res.once('drain', resolve)), failed])
      }
    }
    entry.push(new Uint8Array(), true)
  }
  zip.end()
}

/** Whoever fetched it went away half-way: nobody is left to answer. */
class Gone extends Error {
  override readonly name = 'Gone'
}
