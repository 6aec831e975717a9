'use client'

import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'

/** Nothing for a second; then how long it has run, and a way out. */
export function PendingNote({ label, onCancel }: { label: string; onCancel: () => void }) {
  const [started] = useState(() => Date.now())
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - started) / 1000)), 250)
    return () => clearInterval(timer)
  }, [started])
  if (seconds < 1) return null
  return (
    <span role="status" className="flex items-center gap-1.5 text-xs text-muted">
      {label} · {seconds} s
      <Button size="sm" variant="ghost" onClick={onCancel}>
        Cancel
      </Button>
    </span>
  )
}
