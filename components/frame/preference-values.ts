/** What a person set on this browser. It lives in a cookie so that the server renders it in the first byte. */
export const PREFERENCES_COOKIE = 'spanlight-preferences'

export interface Preferences {
  readonly theme: 'system' | 'dark' | 'light'
  readonly zone: 'local' | 'utc'
  /** Names beside the icons of the left rail. */
  readonly railOpen: boolean
  readonly facetsWidth: number
  readonly facetsOpen: boolean
  readonly drawerWidth: number
  /** Column of results → px. */
  readonly columnWidths: Readonly<Record<string, number>>
  readonly traceNameWidth: number
  readonly tracePanelWidth: number
}

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
