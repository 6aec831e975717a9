import type { ReactNode } from 'react'

/** Nothing to show, said plainly, with the next step below it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex max-w-xl flex-col items-center gap-2 p-6 text-center">
      <h2 className="text-base font-semibold">{title}</h2>
      <div className="flex flex-col items-center gap-3 text-muted">{children}</div>
    </div>
  )
}
