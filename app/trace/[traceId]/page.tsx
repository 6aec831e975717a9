import type { Metadata } from 'next'
import { Suspense } from 'react'
import { preload } from 'react-dom'
import { TracePage } from '@/components/trace/trace-page'
import { TraceLoading } from '@/components/trace/trace-states'

interface PageProps {
  params: Promise<{ traceId: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { traceId } = await params
  return { title: `Trace ${traceId.slice(0, 8)}` }
}

export default async function Page({ params }: PageProps) {
  const { traceId } = await params
  const id = traceId.toLowerCase()
  // The browser asks for the spans while it still loads the page's code, with the very request that this makes.
  if (/^[0-9a-f]{32}$/.test(id))
    preload(`/api/v1/traces/${id}?view=skeleton`, { as: 'fetch', crossOrigin: 'anonymous' })
  return (
    <Suspense fallback={<TraceLoading />}>
      <TracePage traceId={decode(traceId)} />
    </Suspense>
  )
}

/** Next gives the segment as it stands in the address; a broken escape is shown as it is. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
