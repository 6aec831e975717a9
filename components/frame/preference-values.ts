import * as z from 'zod'

/** What a person set on this browser. It lives in a cookie so that the server renders it in the first byte. */
export const PREFERENCES_COOKIE = 'spanlight-preferences'

const width = (fallback: number, min: number, max: number) => z.number().min(min).max(max).catch(fallback)

export const Preferences = z.object({
  theme: z.enum(['system', 'dark', 'light']).catch('system'),
  zone: z.enum(['local', 'utc']).catch('local'),
  facetsWidth: width(260, 180, 480),
  facetsOpen: z.boolean().catch(true),
  drawerWidth: width(620, 380, 1400),
  /** Column of results → px. */
  columnWidths: z.record(z.string().max(256), z.number().min(40).max(2000)).catch({}),
  traceNameWidth: width(400, 200, 900),
  tracePanelWidth: width(420, 320, 1000),
})
export type Preferences = z.infer<typeof Preferences>

/** A cookie holds 4 KB: the widths set longest ago are forgotten first. */
export function writePreferences(preferences: Preferences): string {
  let widths = Object.entries(preferences.columnWidths)
  for (;;) {
    const text = encodeURIComponent(
      JSON.stringify({ ...preferences, columnWidths: Object.fromEntries(widths) }),
    )
    if (text.length < 3500 || widths.length === 0) return text
    widths = widths.slice(1)
  }
}

/** Never throws: a cookie somebody else wrote gives the defaults. */
export function readPreferences(cookie: string | undefined): Preferences {
  let value: unknown = {}
  try {
    value = cookie ? JSON.parse(decodeURIComponent(cookie)) : {}
  } catch {
    value = {}
  }
  return Preferences.safeParse(value).data ?? Preferences.parse({})
}
