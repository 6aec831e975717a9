import { cn } from '@/components/ui/cn'
import type { TraceLog } from '@/lib/api/trace'
import { formatDuration } from '@/lib/format/duration'
import { offsetReader } from '@/lib/trace/offset'
import { severityLabel, severityTone, TONE_TEXT } from './severity'

interface SpanLogsProps {
  logs: readonly TraceLog[]
  startIso: string
  onPick: (logId: string) => void
}

/** Logs of one span; a click opens the record. */
export function SpanLogs({ logs, startIso, onPick }: SpanLogsProps) {
  const offsetOf = offsetReader(startIso)
  return (
    <ol className="mt-1">
      {logs.map((log) => (
        <li key={log.id} className="border-b border-line/60">
          <button
            type="button"
            className="block w-full py-1.5 text-left hover:bg-hover/60"
            onClick={() => onPick(log.id)}
          >
            <span className="flex gap-2 text-2xs">
              <span className="font-mono text-faint">+{formatDuration(offsetOf(log.time))}</span>
              <span
                className={cn('font-medium', TONE_TEXT[severityTone(log.severityNumber, log.severityText)])}
              >
                {severityLabel(log.severityNumber, log.severityText)}
              </span>
              {log.eventName ? <span className="text-faint">{log.eventName}</span> : null}
            </span>
            <span className="line-clamp-3 font-mono text-xs break-words whitespace-pre-wrap">
              {log.body.slice(0, 1000)}
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}
