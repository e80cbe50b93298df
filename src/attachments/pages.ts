import type { AttachmentRow } from '../db/case-tables.ts'
import type { Lang } from '../shared/actor.ts'
import { formatBytes } from '../shared/file-name.ts'
import { paths } from '../shared/paths.ts'
import { fileLimits } from '../shared/upload.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec } from '../web/fields.ts'

/** The field in which files are chosen; its name is what uploads and problems go by. */
export const filesField = (lang: Lang): FieldSpec => ({
  name: 'files',
  kind: 'files',
  label: t(lang, 'files.label'),
  hint: t(lang, 'files.hint', {
    files: fileLimits.files,
    size: formatBytes(fileLimits.fileBytes, lang),
  }),
  optional: true,
})

export type FileLine = { name: string; about: string; href: string }

/** The files of one message or answer, as links. */
export const fileLines = (
  files: AttachmentRow[],
  owner: { kind: AttachmentRow['owner_kind']; id: number },
  reference: string,
  lang: Lang,
): FileLine[] =>
  files
    .filter((f) => f.owner_kind === owner.kind && f.owner_id === owner.id)
    .map((f) => ({
      name: f.name,
      about: aboutFile(f, lang),
      href: paths.caseFile(reference, f.id),
    }))

/** What it is and how much it fills: `PDF, 1,2 MB`. */
export const aboutFile = (f: AttachmentRow, lang: Lang): string =>
  `${f.kind.toUpperCase()}, ${formatBytes(f.size_bytes, lang)}`
