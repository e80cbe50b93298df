/** A pattern for `like ? escape '\'`: the text anywhere, whatever signs are in it. */
export const containing = (text: string): string =>
  `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
