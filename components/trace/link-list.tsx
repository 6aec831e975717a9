import Link from 'next/link'
import type { TraceLink } from '@/lib/api/trace'
import { AttributeKey } from './attribute-key'
import { keyed } from './keyed'
import { LongText } from './long-text'
import { traceHref } from './search-links'

/** Spans that this one is linked with, usually in other traces. */
export function LinkList({ links, traceId }: { links: readonly TraceLink[]; traceId: string }) {
  return (
    <ul className="mt-2 space-y-2">
      {keyed(links, (link) => link.traceId + link.spanId).map(({ key, item: link }) => (
        <li key={key} className="rounded-md border px-2.5 py-1.5 text-xs">
          <Link
            href={traceHref(link.traceId, link.spanId)}
            prefetch={false}
            className="font-mono break-all text-accent hover:underline"
          >
            {link.traceId === traceId ? 'this trace' : link.traceId} · {link.spanId}
          </Link>
          <dl className="mt-1">
            {Object.entries(link.attributes).map(([key, value]) => (
              <div key={key} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3 py-0.5 font-mono">
                <dt className="break-words text-muted">
                  <AttributeKey name={key} />
                </dt>
                <dd className="min-w-0 break-words">
                  <LongText text={value} limit={300} />
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}
