/** A file as it came, read and found good. */
export type Upload = { name: string; kind: string; bytes: Buffer; sha256: string }

/** What a form brings beside its words: files that are stored and wait for it to pass. */
export type FormFiles = { ids: number[]; names: string[] }

export const noFiles: FormFiles = { ids: [], names: [] }

export const fileLimits = {
  /** Bytes in one file. */
  fileBytes: 10 * 1024 * 1024,
  /** Files in one form. */
  files: 5,
  /** Bytes in all files that were sent in one case. */
  caseBytes: 500 * 1024 * 1024,
} as const
