const plain =
  /^[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_+-])?@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/i

/** Whether a mail may go to this text: one bare ASCII address, no quotes, lists or names in it. */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 && plain.test(text) && !text.includes('..')
