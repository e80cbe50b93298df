/** Where "now" comes from. Tests freeze it; nothing else in the program asks the system. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()

/** Now as UTC ISO text with milliseconds, the form of every `<past>_at` column. */
export const nowIso = (clock: Clock): string => clock().toISOString()
