import type { ReactNode } from 'react'
import { TIMELINE_LEFT, TIMELINE_RIGHT } from './row-frame'

/** Right half of a row. Inside of it, 0 % and 100 % are the ends of the time window. */
export function TimelineCell({ children }: { children: ReactNode }) {
  return (
    <div className="relative min-w-0 flex-1 overflow-hidden">
      <div className="absolute inset-y-0" style={{ left: TIMELINE_LEFT, right: TIMELINE_RIGHT }}>
        {children}
      </div>
    </div>
  )
}
