'use client'

import { useCallback, useEffect, useRef } from 'react'

/** The same function for ever, doing what the newest one does: for callbacks given to memoised rows. */
export function useStableCallback<Args extends readonly unknown[]>(
  callback: (...args: Args) => void,
): (...args: Args) => void {
  const latest = useRef(callback)
  useEffect(() => {
    latest.current = callback
  })
  return useCallback((...args: Args) => latest.current(...args), [])
}
