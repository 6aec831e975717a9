import type { ReactNode } from 'react'

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-[18px] min-w-[18px] place-items-center rounded-sm border border-strong bg-panel px-1 text-2xs leading-none text-muted">
      {children}
    </kbd>
  )
}
