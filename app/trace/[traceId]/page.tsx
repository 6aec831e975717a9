import type { Metadata } from 'next'
import { Suspense } from 'react'
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
