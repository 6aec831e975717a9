import { describe, expect, it } from 'vitest'
import type { HistogramResponse } from '@/lib/api/search'
import { bucketAt, bucketLabel, bucketLeft, groupsOf, PLOT, toOption } from './histogram-option'

const colors = { group: (group: string) => `color of ${group}`, axis: 'axis', line: 'line' }
const buckets: HistogramResponse['buckets'] = [
  { time: '2026-11-20T09:00:00.000000000Z', counts: { Unset: 5, Error: 1 } },
  { time: '2026-11-20T09:01:00.000000000Z', counts: {} },
  { time: '2026-11-20T09:02:00.000000000Z', counts: { Unset: 2, Ok: 3 } },
]

describe('toOption', () => {
  const option = toOption({ buckets, intervalSeconds: 60 }, colors, 'utc')
  it('stacks one series a group, errors at the bottom line of sight, nothing drawn where a bucket has none', () => {
    expect(option.series.map((series) => [series.name, series.data])).toEqual([
      ['Error', [1, '-', '-']],
      ['Ok', ['-', '-', 3]],
      ['Unset', [5, '-', 2]],
    ])
    expect(option.series.map((series) => series.itemStyle.color)).toEqual([
      'color of Error',
      'color of Ok',
      'color of Unset',
    ])
  })
  it('labels buckets on the clock of the zone', () => {
    expect(option.xAxis.data).toEqual(['09:00', '09:01', '09:02'])
    expect(bucketLabel(buckets[0]!.time, 5, 'utc')).toBe('09:00:00')
    expect(bucketLabel(buckets[0]!.time, 7200, 'utc')).toBe('20 Nov 09:00')
    expect(bucketLabel(buckets[0]!.time, 86_400, 'utc')).toBe('20 Nov')
  })
  it('copes with groups named as an object has', () => {
    const odd = toOption(
      { buckets: [{ time: buckets[0]!.time, counts: { constructor: 1 } }, buckets[1]!], intervalSeconds: 1 },
      colors,
      'utc',
    )
    expect(odd.series[0]!.data).toEqual([1, '-'])
  })
})

it('orders severities from bad to good', () => {
  const counts = { INFO: 1, ERROR: 1, debug: 1, WARN: 1, '': 1 }
  expect(groupsOf([{ time: '', counts }])).toEqual(['ERROR', 'WARN', 'INFO', 'debug', ''])
})

it('maps the pointer to buckets and back', () => {
  const width = PLOT.left + PLOT.right + 300
  expect(bucketAt(PLOT.left + 1, width, 3)).toBe(0)
  expect(bucketAt(PLOT.left + 150, width, 3)).toBe(1)
  expect(bucketAt(9999, width, 3)).toBe(2)
  expect(bucketAt(-5, width, 3)).toBe(0)
  expect(bucketLeft(1, width, 3)).toBe(PLOT.left + 100)
})
