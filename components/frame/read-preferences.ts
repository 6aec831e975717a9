import * as z from 'zod'
import type { Preferences as Values } from './preference-values'

const width = (fallback: number, min: number, max: number) => z.number().min(min).max(max).catch(fallback)

/** Read on the server only, so that validation is no part of the page's code. */
const Preferences: z.ZodType<Values> = z.object({
  theme: z.enum(['system', 'dark', 'light']).catch('system'),
  zone: z.enum(['local', 'utc']).catch('local'),
  railOpen: z.boolean().catch(false),
  facetsWidth: width(260, 180, 480),
  facetsOpen: z.boolean().catch(true),
  drawerWidth: width(620, 380, 1400),
  /** Column of results → px. */
  columnWidths: z.record(z.string().max(256), z.number().min(40).max(2000)).catch({}),
  traceNameWidth: width(400, 200, 900),
  tracePanelWidth: width(420, 320, 1000),
})

/** Never throws: a cookie somebody else wrote gives the defaults. */
export function readPreferences(cookie: string | undefined): Values {
  let value: unknown = {}
  try {
    value = cookie ? JSON.parse(decodeURIComponent(cookie)) : {}
  } catch {
    value = {}
  }
  return Preferences.safeParse(value).data ?? Preferences.parse({})
}
