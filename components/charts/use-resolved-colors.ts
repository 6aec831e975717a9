'use client'

import { useEffect, useState } from 'react'
import { usePreferences } from '@/components/frame/preferences'

/** Canvas cannot read CSS variables: gives the tokens as colours, again whenever the theme changes. */
export function useResolvedColors(): ((token: string) => string) | null {
  const { preferences } = usePreferences()
  const [system, setSystem] = useState(0)
  const [resolve, setResolve] = useState<((token: string) => string) | null>(null)
  useEffect(() => {
    const media = window.matchMedia('(prefers-color-scheme: dark)')
    const onChange = () => setSystem((count) => count + 1)
    media.addEventListener('change', onChange)
    return () => media.removeEventListener('change', onChange)
  }, [])
  useEffect(() => {
    void preferences.theme
    void system
    const probe = document.createElement('span')
    probe.hidden = true
    document.body.append(probe)
    const cache = new Map<string, string>()
    setResolve(() => (token: string) => {
      const known = cache.get(token)
      if (known) return known
      probe.style.color = `var(--color-${token})`
      const color = getComputedStyle(probe).color
      cache.set(token, color)
      return color
    })
    return () => probe.remove()
  }, [preferences.theme, system])
  return resolve
}
