import { CopyButton } from '@/components/ui/copy-button'
import type { WholeRecord } from './record'

export function JsonTab({ record }: { record: WholeRecord }) {
  const text = JSON.stringify(record, null, 2)
  return (
    <div className="relative p-4">
      <CopyButton text={text} label="Copy JSON" className="absolute top-5 right-5 bg-panel" />
      <pre className="rounded-md border bg-canvas p-3 pr-10 text-xs break-words whitespace-pre-wrap">
        {text}
      </pre>
    </div>
  )
}
