'use client'

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { PREFERENCES_COOKIE, type Preferences, writePreferences } from './preference-values'

interface PreferencesContext {
  readonly preferences: Preferences
  readonly setPreference: <K extends keyof Preferences>(name: K, value: Preferences[K]) => void
}

const Context = createContext<PreferencesContext | null>(null)

export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial)
  const setPreference = useCallback<PreferencesContext['setPreference']>((name, value) => {
    setPreferences((before) => {
      const after = { ...before, [name]: value }
      writeCookie(after)
      return after
    })
    if (name === 'theme') applyTheme(value as Preferences['theme'])
  }, [])
  const context = useMemo(() => ({ preferences, setPreference }), [preferences, setPreference])
  return <Context value={context}>{children}</Context>
}

export function usePreferences(): PreferencesContext {
  const context = useContext(Context)
  if (!context) throw new Error('usePreferences needs a PreferencesProvider above it')
  return context
}

function applyTheme(theme: Preferences['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

function writeCookie(preferences: Preferences): void {
  const value = writePreferences(preferences)
  // Not the Cookie Store API: it needs a secure context, and a laptop's LAN address is none.
  const text = `${PREFERENCES_COOKIE}=${value}; path=/; max-age=31536000; samesite=lax`
  Object.assign(document, { cookie: text })
}
