'use client'

import { useEffect, useRef } from 'react'

/** The first batches come thick and fast: the page looks again after these pauses, then leaves it to the person. */
const PAUSES_MS = [0, 1000, 2000, 4000, 8000, 15_000]

/**
 * Searches again when the first record of a source arrives: what was found before is about a time when nothing was
 * there. `hasData` undefined: not known yet.
 */
export function useArrival(source: string, hasData: boolean | undefined, rerun: () => void): void {
  const wasEmpty = useRef<string | null>(null)
  useEffect(() => {
    if (hasData === false) wasEmpty.current = source
    if (!hasData || wasEmpty.current !== source) return
    wasEmpty.current = null
    let at = 0
    const timers = PAUSES_MS.map((pause) => {
      at += pause
      return setTimeout(rerun, at)
    })
    return () => timers.forEach(clearTimeout)
  }, [source, hasData, rerun])
}
