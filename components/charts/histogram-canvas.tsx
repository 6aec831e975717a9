'use client'

import { useEffect, useMemo, useRef } from 'react'
import type { HistogramResponse } from '@/lib/api/search'
import type { Zone } from '@/lib/time/clock'
import { type ECharts, init } from './echarts'
import { groupToken } from './group-tone'
import { toOption } from './histogram-option'
import { useResolvedColors } from './use-resolved-colors'

interface HistogramCanvasProps {
  data: HistogramResponse
  zone: Zone
}

/** The bars and axes. The pointer belongs to the histogram around it. */
export function HistogramCanvas({ data, zone }: HistogramCanvasProps) {
  const host = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)
  const resolve = useResolvedColors()
  const option = useMemo(
    () =>
      resolve &&
      toOption(
        data,
        { group: (group) => resolve(groupToken(group)), axis: resolve('faint'), line: resolve('line') },
        zone,
      ),
    [data, resolve, zone],
  )
  useEffect(() => {
    if (!host.current) return
    const made = init(host.current)
    chart.current = made
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(host.current)
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])
  useEffect(() => {
    if (option) chart.current?.setOption(option, { notMerge: true })
  }, [option])
  return <div ref={host} aria-hidden className="pointer-events-none absolute inset-0" />
}
