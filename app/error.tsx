'use client'

import { ErrorState } from '@/components/ui/error-state'

/** A fault in rendering one page leaves the frame alive and offers another try. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="grid h-full place-items-center">
      <ErrorState title="This page stopped working" error={error} onRetry={reset} />
    </main>
  )
}
