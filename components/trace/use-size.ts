'use client'

import { type RefCallback, useCallback, useState } from 'react'

/** Width and height of an element, followed as they change; 0 until it is there. */
export function useSize(): { ref: RefCallback<HTMLElement>; width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, ...size }
}
