'use client'

import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'

interface SqlDialogProps {
  onClose: () => void
  statements: readonly { title: string; sql: string }[]
}

/** The SQL behind what is on screen: every number can be explained. */
export function SqlDialog({ onClose, statements }: SqlDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="SQL that ran" wide>
      <div className="flex flex-col gap-4 overflow-auto p-4">
        {statements.map(({ title, sql }) => (
          <section key={title}>
            <div className="mb-1 flex items-center justify-between">
              <h3 className="text-xs font-semibold text-muted">{title}</h3>
              <CopyButton text={sql} label={`Copy SQL of ${title.toLowerCase()}`} />
            </div>
            <pre className="overflow-x-auto rounded-md border bg-canvas p-3 text-xs break-words whitespace-pre-wrap">
              {sql}
            </pre>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
